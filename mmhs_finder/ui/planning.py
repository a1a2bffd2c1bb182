"""The page for planners: figures of the 2024 survey, the workforce model, the checklist.

What the reports say and what the directory knows stand apart and are never in one chart or table.
Every chart has its text before it and its table under it, and draws in one dark colour with numbers
beside the marks, so that it reads in greyscale. Not for: the sums (`workforce`, `facts`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st
from markupsafe import Markup

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import DevolvedService, Nation, Pathway, ServiceKind, YesNo
from mmhs_finder.facts import (
    Extent,
    Figure,
    checklist,
    checklist_areas,
    destinations,
    figures,
    standing,
    topic,
)
from mmhs_finder.referral import csv_bytes
from mmhs_finder.ui import cards, html
from mmhs_finder.words import say
from mmhs_finder.workforce import (
    ENGLAND_BIRTHS,
    MOST_BIRTHS,
    PER,
    About,
    Assumptions,
    Births,
    Workforce,
    about,
    births_by_area,
    printed,
    workforce,
)

VIEWS: Final = ("picture", "workforce", "practice")

_EMPTY = Markup("")
_DARK, _PALE, _INK = "#005A6E", "#C9D6D8", "#1E2A2E"
_FONT = 15
_ROW = 58  # pixels for a bar with its words above it


def show(directory: Directory) -> None:
    view = st.segmented_control(
        say("professional_planning.view_label"),
        VIEWS,
        default=VIEWS[0],
        required=True,
        format_func=lambda v: say(f"professional_planning.view_{v}"),
        key="planning_view",
        persist_state="session",
    )
    if view == "workforce":
        _workforce(directory)
    elif view == "practice":
        _practice()
    else:
        _picture(directory)


# --- small parts ----------------------------------------------------------------------------------


def _heading(text: str, *texts: str, level: int = 2) -> None:
    """A heading and the text under it."""
    head = Markup("<h{level}>{text}</h{level}>").format(level=level, text=text)
    html.render(head + _paragraphs(texts))


def _text(*texts: str) -> None:
    html.render(_paragraphs(texts))


def _paragraphs(texts: Sequence[str]) -> Markup:
    return _EMPTY.join(Markup('<p class="measure">{}</p>').format(t) for t in texts)


def _small(text: str) -> None:
    html.render(Markup('<p class="muted small measure">{}</p>').format(text))


def _source(figure: Figure) -> None:
    _small(say("professional_planning.source", source=figure.source))


def table_html(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """A table whose first column names each row; on a phone each row is a card."""
    head = _EMPTY.join(
        Markup('<th scope="col" role="columnheader">{}</th>').format(h) for h in header
    )
    body = _EMPTY.join(_table_row(header, row) for row in rows)
    return Markup(
        '<table class="data-table" role="table"><caption>{}</caption>'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table>'
    ).format(caption, head, body)


_LONGEST_UNBROKEN = 12  # characters: figures such as "14.625" never break over two lines


def _table_row(header: Sequence[str], row: Sequence[str]) -> Markup:
    cells = _EMPTY.join(
        Markup('<td role="cell"><span class="cell-name">{}</span>{}</td>').format(name, _cell(cell))
        for name, cell in zip(header[1:], row[1:], strict=True)
    )
    return Markup('<tr role="row"><th scope="row" role="rowheader">{}</th>{}</tr>').format(
        row[0], cells
    )


def _cell(text: str) -> Markup:
    whole = len(text) <= _LONGEST_UNBROKEN
    css = Markup(' style="white-space:nowrap"') if whole else _EMPTY
    return Markup("<span{}>{}</span>").format(css, text)


def number(value: float, digits: int = 0) -> str:
    """1234.5 as "1,234.5"; without zeros at the end. Halves go up, as in the guide."""
    shown = f"{value + 1e-9:,.{digits}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _shown(figure: Figure) -> str:
    if figure.out_of:
        return say(
            "professional_planning.services_of", value=number(figure.value), count=figure.out_of
        )
    return say("professional_planning.percent", value=number(figure.value))


# --- charts ---------------------------------------------------------------------------------------


def bars(rows: Sequence[tuple[str, float, str]], most: float, description: str) -> Any:
    """Bars with their words above and their number beside them. rows: label, value, number shown.

    The words are inside the chart, so that it needs no room at its left on a phone.
    """
    data = pd.DataFrame(rows, columns=["label", "value", "shown"]).assign(start=0.0, most=most)
    data["spoken"] = data["label"] + ": " + data["shown"]
    base = alt.Chart(data).encode(y=alt.Y("label:N", sort=None, axis=None))
    scale = alt.Scale(domain=[0, most * 1.28], nice=False)
    x = alt.X("value:Q", scale=scale, axis=None)
    track = base.mark_bar(size=18, color="#E9EEEF", aria=False).encode(
        x=alt.X("most:Q", scale=scale, axis=None)
    )
    bar = base.mark_bar(size=18, color=_DARK).encode(x=x, description="spoken:N")
    words = base.mark_text(align="left", dy=-21, fontSize=_FONT, color=_INK, aria=False).encode(
        x=alt.X("start:Q", scale=scale), text="label:N"
    )
    count = base.mark_text(
        align="left", dx=6, fontSize=_FONT, fontWeight="bold", color=_INK, aria=False
    ).encode(x=alt.X("most:Q", scale=scale), text="shown:N")
    return _finished(track + bar + words + count, len(rows) * _ROW, description)


def waits_chart(description: str) -> Any:
    """Each wait as its range (pale bar), mean (dot) and what NICE asks for (upright line)."""
    rows = [_wait(each) for each in ("assessment", "therapy")]
    data = pd.DataFrame(rows)
    base = alt.Chart(data).encode(y=alt.Y("label:N", sort=None, axis=None))
    scale = alt.Scale(domain=[0, 54], nice=False)
    axis = alt.Axis(
        title=say("professional_planning.weeks", value="").strip(),
        values=[0, 13, 26, 39, 52],
        labelFontSize=_FONT,
        titleFontSize=_FONT,
        labelColor=_INK,
        titleColor=_INK,
        grid=True,
        gridColor="#E3EAEB",
    )
    span = base.mark_bar(size=20, color=_PALE, aria=False).encode(
        x=alt.X("shortest:Q", scale=scale, axis=axis), x2="longest:Q"
    )
    mean = base.mark_point(size=190, filled=True, opacity=1, color=_DARK).encode(
        x=alt.X("mean:Q", scale=scale), description="spoken:N"
    )
    asked = base.mark_tick(thickness=4, size=38, color=_INK, aria=False).encode(
        x=alt.X("standard:Q", scale=scale)
    )
    words = base.mark_text(align="left", dy=-32, fontSize=_FONT, color=_INK, aria=False).encode(
        x=alt.X("zero:Q", scale=scale), text="label:N"
    )
    value = base.mark_text(
        align="left", dx=12, fontSize=_FONT, fontWeight="bold", color=_INK, aria=False
    ).encode(x=alt.X("mean:Q", scale=scale), text="shown:N")
    return _finished(span + asked + mean + words + value, 250, description)


def _wait(which: str) -> dict[str, object]:
    found = figures()
    mean = found[f"wait_{which}_mean"]
    return {
        "label": mean.label.rpartition(",")[0],
        "zero": 0.0,
        "spoken": f"{mean.label}: {number(mean.weeks)}",
        "shortest": found[f"wait_{which}_min"].weeks,
        "mean": mean.weeks,
        "longest": found[f"wait_{which}_max"].weeks,
        "standard": found[f"nice_{which}"].weeks,
        "shown": say("professional_planning.weeks", value=number(mean.weeks)),
    }


def _finished(chart: Any, height: int, description: str) -> Any:
    return (
        chart.properties(height=height, description=description)
        .configure(font="inherit", padding={"left": 2, "right": 8, "top": 8, "bottom": 8})
        .configure_view(stroke=None)
    )


def _chart_and_table(
    chart: Any, key: str, caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """The chart with its table beside it, or under it on a narrow screen."""
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.altair_chart(chart, width="stretch", theme=None, key=f"chart-{key}")
    with right:
        html.render(table_html(caption, header, rows))


# --- the 2024 picture -----------------------------------------------------------------------------


def _picture(directory: Directory) -> None:
    found = figures()
    _heading(
        say("professional_picture.heading"),
        say(
            "professional_picture.intro",
            found=number(found["mmhs_identified"].value),
            answered=number(found["mmhs_responded"].value),
            closed=number(found["mmhs_closed"].value),
        ),
        say("professional_picture.today"),
    )
    _source(found["mmhs_identified"])
    texts = picture_texts()
    _part("pathways", texts["pathways"])
    _pathways_today(directory)
    _waits(texts["waits"])
    for name in ("partners", "funding", "staffing", "training", "equity"):
        _part(name, texts[name])
    _signposting()
    _nations(directory)


def picture_texts() -> Mapping[str, str]:
    """Each part of the picture in words: what its chart shows."""
    value = {key: number(figure.value) for key, figure in figures().items()}
    count = value["mmhs_responded"]
    return {
        "pathways": say(
            "professional_picture.pathways_text",
            count=count,
            **{each.value: value[f"pathway_{each.value}"] for each in Pathway},
        ),
        "waits": say(
            "professional_picture.waits_text",
            assessment=value["wait_assessment_mean"],
            assessment_min=value["wait_assessment_min"],
            assessment_max=value["wait_assessment_max"],
            therapy=value["wait_therapy_mean"],
            therapy_min=value["wait_therapy_min"],
            therapy_max=value["wait_therapy_max"],
            nice_assessment=value["nice_assessment"],
            nice_therapy=value["nice_therapy"],
        ),
        "partners": say(
            "professional_picture.partners_text",
            any=value["partners_any"],
            signposting=value["partners_signposting"],
            assessment=value["partners_assessment"],
            join=value["partners_join"],
            couples=value["couples_therapy"],
        ),
        "funding": say(
            "professional_picture.funding_text",
            current=value["funding_current"],
            expansion=value["funding_expansion"],
            unknown=value["funding_unknown"],
            closed=value["funding_closed"],
        ),
        "staffing": say(
            "professional_picture.staffing_text",
            no_admin=value["no_admin"],
            peer=value["peer_worker"],
        ),
        "training": say(
            "professional_picture.training_text",
            count=count,
            maternity=value["training_maternity"],
            other=value["training_other"],
            none=value["training_none"],
            time=value["training_time"],
        ),
        "equity": say(
            "professional_picture.equity_text",
            orientation=value["no_orientation_data"],
            gender=value["no_gender_reassignment_data"],
        ),
    }


def _part(name: str, text: str) -> None:
    """One topic: its heading, its text, the chart (as shares of 100) and the table."""
    rows = topic(name)
    heading = say(f"professional_picture.{name}")
    _heading(heading, text, level=3)
    header, cells = _topic_table(rows)
    _chart_and_table(
        bars([(f.label, f.percent, _shown(f)) for f in rows], 100, f"{heading}. {text}"),
        name,
        say("professional_planning.table"),
        header,
        cells,
    )


def _topic_table(rows: Sequence[Figure]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and cells; the column of counts only where the report prints some."""
    what, share = say("professional_planning.measure"), say("professional_planning.share")
    counted = any(f.out_of for f in rows)
    cells = []
    for f in rows:
        label = f"{f.label} ({f.note})" if f.note else f.label
        count = (_shown(f) if f.out_of else "–",) if counted else ()
        percent = say("professional_planning.percent", value=number(f.percent))
        cells.append((label, *count, percent))
    return (what, *((say("professional_planning.value"),) if counted else ()), share), cells


def pathways_today(directory: Directory) -> list[tuple[str, ...]]:
    """For each pathway: how many services of the directory say yes, no, or publish nothing."""
    services = directory.services_of(ServiceKind.MMHS)
    rows = []
    for pathway in Pathway:
        states = [cards.offers(directory.criteria.get(s.id), pathway) for s in services]
        rows.append(
            (
                say(f"pathway.{pathway.value}"),
                *(str(states.count(state)) for state in (YesNo.YES, YesNo.NO, YesNo.UNKNOWN)),
            )
        )
    return rows


def _pathways_today(directory: Directory) -> None:
    with st.container(key="card-planning-today"):
        _heading(
            say("professional_picture.today_heading"),
            say(
                "professional_picture.today_text",
                count=len(directory.services_of(ServiceKind.MMHS)),
                date=cards.plain_date(directory.newest_check.isoformat()),
            ),
            level=4,
        )
        html.render(
            table_html(
                say("professional_picture.today_caption"),
                (
                    say("professional_picture.help"),
                    say("tag.yes"),
                    say("tag.no"),
                    say("tag.unknown"),
                ),
                pathways_today(directory),
            )
        )


def _waits(text: str) -> None:
    heading = say("professional_picture.waits")
    _heading(heading, text, say("professional_picture.waits_legend"), level=3)
    weeks = [_wait(each) for each in ("assessment", "therapy")]
    standards = (
        say("professional_planning.weeks", value=number(figures()["nice_assessment"].value)),
        say("professional_planning.month"),
    )
    _chart_and_table(
        waits_chart(f"{heading}. {text}"),
        "waits",
        say("professional_planning.table"),
        tuple(
            say(f"professional_planning.{each}")
            for each in ("wait", "shortest", "mean", "longest", "standard")
        ),
        [
            (
                str(row["label"]),
                *(
                    say("professional_planning.weeks", value=number(float(str(row[each]))))
                    for each in ("shortest", "mean", "longest")
                ),
                standard,
            )
            for row, standard in zip(weeks, standards, strict=True)
        ],
    )
    _small(say("professional_picture.waits_month"))
    _small(say("professional_picture.waits_today"))


def _signposting() -> None:
    _heading(
        say("professional_picture.signposting"),
        say("professional_picture.signposting_text"),
        level=3,
    )
    items = _EMPTY.join(
        Markup("<li>{}</li>").format(
            Markup("<strong>{}</strong>").format(d.label) if d.most_common else d.label
        )
        for d in destinations()
    )
    html.render(Markup("<ul>{}</ul>").format(items))
    _small(say("professional_planning.source", source=destinations()[0].source))


def known_devolved(directory: Directory, nation: Nation) -> tuple[DevolvedService, ...]:
    """The services found in a nation; rows that say that nothing was found are left out."""
    return tuple(
        row
        for row in directory.devolved
        if row.nation is nation and not row.service_name.startswith("(")
    )


def _nations(directory: Directory) -> None:
    boards = figures()["scotland_mnpi_boards"]
    texts = {
        Nation.SCOTLAND: say(
            "professional_picture.nation_scotland", boards=number(boards.value), all=boards.out_of
        ),
        Nation.WALES: say("professional_picture.nation_wales"),
        Nation.NORTHERN_IRELAND: say("professional_picture.nation_northern_ireland"),
    }
    _heading(say("professional_picture.nations"), level=3)
    for nation, text in texts.items():
        html.render(
            Markup('<h4>{}</h4><p class="measure"><strong>{}:</strong> {}</p>').format(
                nation.value, say("professional_picture.nations_report"), text
            )
        )
        known = known_devolved(directory, nation)
        with st.expander(say("professional_picture.nations_today", count=len(known))):
            rows = _EMPTY.join(Markup("<li>{}</li>").format(cards.devolved_row(r)) for r in known)
            html.render(Markup('<ul class="rows">{}</ul>').format(rows))
    _source(boards)


# --- workforce ------------------------------------------------------------------------------------

_GUIDE, _ENGLAND = "guide", "england"


def _workforce(directory: Directory) -> None:
    _heading(say("professional_workforce.heading"), say("professional_workforce.intro"))
    areas = {each.code: each for each in births_by_area(directory)}
    _births_input(areas)
    assumptions = _assumptions_input()
    result = workforce(float(st.session_state["workforce_births"]), assumptions)
    _show_result(result)


def _births_input(areas: Mapping[str, Births]) -> None:
    names = {
        _GUIDE: say("professional_workforce.area_guide"),
        _ENGLAND: say("professional_workforce.area_england"),
        **{code: each.name for code, each in areas.items()},
    }

    def fill() -> None:
        chosen = st.session_state["workforce_area"]
        known = {_GUIDE: PER, _ENGLAND: ENGLAND_BIRTHS}
        if chosen in known:
            st.session_state["workforce_births"] = known[chosen]
        elif chosen in areas:
            st.session_state["workforce_births"] = areas[chosen].births

    left, right = st.columns([3, 2], gap="large")
    with left:
        chosen = st.selectbox(
            say("professional_workforce.area"),
            list(names),
            index=None,
            format_func=lambda code: names[code],
            placeholder=say("professional_workforce.area_none"),
            filter_mode="contains",
            key="workforce_area",
            on_change=fill,
            persist_state="session",
        )
    with right:
        st.session_state.setdefault("workforce_births", PER)
        births = st.number_input(
            say("professional_workforce.births"),
            min_value=0,
            max_value=MOST_BIRTHS,
            step=100,
            key="workforce_births",
            persist_state="session",
        )
    area = areas.get(chosen or "")
    if area and births == area.births:
        councils = (
            say("professional_workforce.area_council")
            if area.councils == 1
            else say("professional_workforce.area_councils", count=area.councils)
        )
        _small(
            say(
                "professional_workforce.area_births",
                name=area.name,
                births=number(area.births),
                councils=councils,
            )
            + " "
            + say("professional_workforce.area_old")
        )


def _times(one: About) -> float:
    return 100.0 if one.is_share else 1.0


def _key(one: About) -> str:
    return f"workforce_set_{one.name}"


def _assumptions_input() -> Assumptions:
    """Every assumption as a field; shares as per cent."""
    for one in about().values():
        st.session_state.setdefault(_key(one), round(one.value * _times(one), 6))

    def reset() -> None:
        for one in about().values():
            st.session_state[_key(one)] = round(one.value * _times(one), 6)

    with st.expander(say("professional_workforce.assumptions")):
        for one in about().values():
            _assumption_input(one)
        st.button(say("professional_workforce.reset"), on_click=reset, key="workforce_reset")
    return Assumptions(
        **{
            one.name: round(float(st.session_state[_key(one)]) / _times(one), 8)
            for one in about().values()
        }
    )


def _assumption_input(one: About) -> None:
    times = _times(one)
    unit = one.unit.replace("share", "%", 1) if one.is_share else one.unit
    left, right = st.columns([2, 3], gap="medium", vertical_alignment="center")
    with left:
        st.number_input(
            f"{one.label} ({unit})",
            min_value=one.least * times,
            max_value=one.most * times,
            step=1.0 if times > 1 or one.most > 100 else 0.5,
            format="%g",
            key=_key(one),
            persist_state="session",
        )
    with right:
        _small(
            say(
                "professional_workforce.assumption_help",
                value=number(one.value * times, 3) + (" %" if one.is_share else ""),
                note=one.note,
                source=one.source,
            )
        )


def _show_result(result: Workforce) -> None:
    posts = {band.id: band for band in result.bands}
    text = say(
        "professional_workforce.result_text",
        cases=number(result.cases),
        hours=number(result.total_hours),
        wte=number(result.wte, 1),
        **{key: number(band.wte, 1) for key, band in posts.items()},
    )
    heading = say("professional_workforce.result", births=number(result.births))
    html.render(Markup('<h2>{}</h2><p class="measure" role="status">{}</p>').format(heading, text))
    changed = result.assumptions.changed()
    if changed:
        _text(say("professional_workforce.changed_text", count=len(changed)))
    rows = [
        (
            say(f"professional_workforce.post_{band.id}"),
            number(band.patients),
            number(band.wte, 2),
            number(band.guide_wte, 1),
        )
        for band in result.bands
    ]
    rows.append(
        (
            say("professional_workforce.post_all"),
            number(sum(band.patients for band in result.bands)),
            number(result.wte, 2),
            number(result.guide_wte, 1),
        )
    )
    _chart_and_table(
        bars(
            [
                (say(f"professional_workforce.post_{b.id}"), b.wte, number(b.wte, 1))
                for b in result.bands
            ],
            max([b.wte for b in result.bands] + [0.001]),
            say(
                "professional_workforce.chart",
                **{key: number(band.wte, 1) for key, band in posts.items()},
            ),
        ),
        "posts",
        say("professional_workforce.result_caption"),
        tuple(
            say(f"professional_workforce.{each}")
            for each in ("post", "patients", "wte", "guide_wte")
        ),
        rows,
    )
    _text(say("professional_workforce.rounding"), say("professional_workforce.twice"))
    with st.expander(say("professional_workforce.steps")):
        html.render(_steps_table(result))
    st.download_button(
        say("professional_workforce.download"),
        workforce_csv(result),
        file_name="workforce.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    _small(say("professional_planning.source", source=next(iter(about().values())).source))


def _digits(name: str) -> int:
    return 3 if name.startswith("hours_per_") else 2 if name.endswith("_wte") else 0


def step_rows(result: Workforce) -> list[tuple[str, str, str, str]]:
    """Each step: exact, as the guide prints it for these births, and why the two differ."""
    unchanged = not result.assumptions.changed()
    guide = {p.name: p for p in printed(result.births)} if unchanged else {}
    rows = []
    for name, value in result.figures().items():
        print_ = guide.get(name)
        rows.append(
            (
                say(f"professional_workforce.step_{name}"),
                number(value, _digits(name)),
                number(print_.value, 3) if print_ else "–",
                print_.note if print_ else "–",
            )
        )
    return rows


def _steps_table(result: Workforce) -> Markup:
    header = tuple(
        say(f"professional_workforce.{each}") for each in ("step", "exact", "printed", "why")
    )
    rows = step_rows(result)
    if all(row[2] == "–" for row in rows):
        return table_html(
            say("professional_workforce.not_printed"),
            header[:2],
            [row[:2] for row in rows],
        )
    return table_html(say("professional_workforce.steps_caption"), header, rows)


def workforce_csv(result: Workforce) -> bytes:
    """The result and what it assumes, for a spreadsheet."""
    header = (
        say("professional_workforce.csv_kind"),
        say("professional_workforce.step"),
        say("professional_workforce.exact"),
        say("professional_workforce.printed"),
        say("professional_workforce.csv_unit"),
        say("professional_workforce.csv_note"),
        say("professional_workforce.csv_source"),
    )
    source = next(iter(about().values())).source
    guide = {} if result.assumptions.changed() else {p.name: p for p in printed(result.births)}
    rows: list[Sequence[object]] = [
        (
            say("professional_workforce.csv_result"),
            say("professional_workforce.births"),
            result.births,
            *[""] * 4,
        )
    ]
    for name, value in result.figures().items():
        p = guide.get(name)
        rows.append(
            (
                say("professional_workforce.csv_result"),
                say(f"professional_workforce.step_{name}"),
                round(value, 6),
                p.value if p else "",
                p.unit if p else "",
                p.note if p else "",
                source,
            )
        )
    for one in about().values():
        value = getattr(result.assumptions, one.name)
        rows.append(
            (
                say("professional_workforce.csv_assumption"),
                one.label,
                value,
                one.value,
                one.unit,
                one.note,
                one.source,
            )
        )
    return csv_bytes(header, rows)


# --- good practice --------------------------------------------------------------------------------


def _practice() -> None:
    _heading(say("professional_practice.heading"), say("professional_practice.intro"))
    asked, summary = st.columns([3, 2], gap="large")
    with asked:
        for area in checklist_areas():
            _heading(say(f"professional_practice.area_{area}"), level=3)
            for item in checklist():
                if item.area == area:
                    _consideration(item.id, item.text)
    answers = _answers()
    with summary:
        _practice_summary(answers)


def _consideration(id_: str, text: str) -> None:
    st.radio(
        text,
        list(Extent),
        index=None,
        format_func=lambda extent: say(f"professional_practice.{extent.value}"),
        horizontal=True,
        key=f"practice_{id_}",
        persist_state="session",
    )


def _answers() -> dict[str, Extent]:
    given = {item.id: st.session_state.get(f"practice_{item.id}") for item in checklist()}
    return {key: Extent(value) for key, value in given.items() if value}


def _practice_summary(answers: Mapping[str, Extent]) -> None:
    _heading(say("professional_practice.summary"))
    html.render(Markup('<p role="status">{}</p>').format(practice_text(answers).splitlines()[0]))
    html.render(
        table_html(
            say("professional_practice.caption"),
            (
                say("professional_practice.area"),
                *(say(f"professional_practice.{e.value}") for e in reversed(Extent)),
                say("professional_practice.open"),
            ),
            [
                (
                    say(f"professional_practice.area_{each.area}"),
                    *(str(each.answers[e]) for e in reversed(Extent)),
                    str(each.unanswered),
                )
                for each in standing(answers)
            ],
        )
    )

    def clear() -> None:
        for item in checklist():
            st.session_state[f"practice_{item.id}"] = None

    files: tuple[tuple[str, Callable[[Mapping[str, Extent]], bytes | str], str, str], ...] = (
        (say("professional_practice.csv"), practice_csv, "good-practice.csv", "text/csv"),
        (say("professional_practice.text"), practice_text, "good-practice.txt", "text/plain"),
    )
    with st.container(horizontal=True, gap="small"):
        for label, make, name, mime in files:
            st.download_button(
                label,
                make(answers),
                file_name=name,
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
            )
        st.button(say("professional_practice.clear"), on_click=clear, key="practice_clear")
    _small(say("professional_planning.source", source=checklist()[0].source))


def _answer_words(answers: Mapping[str, Extent], id_: str) -> str:
    given = answers.get(id_)
    return (
        say(f"professional_practice.{given.value}") if given else say("professional_practice.open")
    )


def practice_csv(answers: Mapping[str, Extent]) -> bytes:
    """The checklist with its answers, for a spreadsheet."""
    header = tuple(say(f"professional_practice.{each}") for each in ("area", "line", "answer"))
    return csv_bytes(
        header,
        [
            (
                say(f"professional_practice.area_{item.area}"),
                item.text,
                _answer_words(answers, item.id),
            )
            for item in checklist()
        ],
    )


def practice_text(answers: Mapping[str, Extent]) -> str:
    """The checklist with its answers as plain text; its first line is the summary."""
    counts = {e.value: list(answers.values()).count(e) for e in Extent}
    lines = [
        say(
            "professional_practice.summary_text",
            answered=len(answers),
            count=len(checklist()),
            **counts,
        )
    ]
    for area in checklist_areas():
        lines += ["", say(f"professional_practice.area_{area}")]
        lines += [
            f"- {item.text}: {_answer_words(answers, item.id)}"
            for item in checklist()
            if item.area == area
        ]
    lines += ["", say("professional_planning.source", source=checklist()[0].source), ""]
    return "\n".join(lines)
