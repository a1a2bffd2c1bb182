"""Planning, the 2024 picture: figures of the national survey, beside what the directory knows.

What the reports say and what the directory knows stand apart and are never in one chart or table.
Not for: the figures (`facts`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import planning_parts as parts
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import in_words
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    DevolvedService,
    Pathway,
    PathwayOffer,
    ServiceKind,
    helps_with,
)
from mmhs_finder.directory.named import PATHWAY, nation_words
from mmhs_finder.nation import Nation
from mmhs_finder.planning.facts import Figure, Unit, destinations, figures, topic
from mmhs_finder.render.html import cards
from mmhs_finder.views.line import devolved_view
from mmhs_finder.words import date_words, kept, say, texts

_EMPTY = Markup("")
_HEADING: Final = texts(
    "planning_picture.{}",
    ("pathways", "partners", "funding", "staffing", "training", "equity"),
)


def show(coverage: Coverage, where: Where) -> None:
    """where: of what the directory knows; the figures of the reports are for England."""
    found = figures()
    parts.heading(
        say("planning_picture.heading"),
        say(
            "planning_picture.intro",
            found=parts.number(found["mmhs_identified"].value),
            answered=parts.number(found["mmhs_responded"].value),
            closed=parts.number(found["mmhs_closed"].value),
        ),
        say("planning_picture.today"),
    )
    parts.source(found["mmhs_identified"])
    texts = picture_texts()
    _side_by_side(lambda: _part("pathways", texts["pathways"]), lambda: _waits(texts["waits"]))
    for one, other in (("partners", "funding"), ("staffing", "equity")):
        _side_by_side(partial(_part, one, texts[one]), partial(_part, other, texts[other]))
    _side_by_side(partial(_part, "training", texts["training"]), _signposting)
    _nations(coverage.directory)
    _pathways_today(coverage, where)


def _side_by_side(one: Callable[[], None], other: Callable[[], None]) -> None:
    """Two parts beside each other; on a narrow screen the other one below."""
    for column, part in zip(st.columns(2, gap="medium"), (one, other), strict=True):
        with column:
            part()


def picture_texts() -> Mapping[str, str]:
    """Each part of the picture in words: what its chart shows."""
    value = {key: parts.number(figure.value) for key, figure in figures().items()}
    count = round(figures()["mmhs_responded"].value)
    return {
        "pathways": say(
            "planning_picture.pathways_text",
            count=count,
            **{each.value: value[f"pathway_{each.value}"] for each in Pathway},
        ),
        "waits": say(
            "planning_picture.waits_text",
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
            "planning_picture.partners_text",
            any=value["partners_any"],
            signposting=value["partners_signposting"],
            assessment=value["partners_assessment"],
            join=value["partners_join"],
            couples=value["couples_therapy"],
        ),
        "funding": say(
            "planning_picture.funding_text",
            current=value["funding_current"],
            expansion=value["funding_expansion"],
            unknown=value["funding_unknown"],
            closed=value["funding_closed"],
        ),
        "staffing": say(
            "planning_picture.staffing_text",
            no_admin=value["no_admin"],
            peer=value["peer_worker"],
        ),
        "training": say(
            "planning_picture.training_text",
            maternity=value["training_maternity"],
            other=value["training_other"],
            none=value["training_none"],
            time=value["training_time"],
        ),
        "equity": say(
            "planning_picture.equity_text",
            orientation=value["no_orientation_data"],
            gender=value["no_gender_reassignment_data"],
        ),
    }


def _part(name: str, text: str) -> None:
    """One topic: its heading, its text, the chart (as shares of 100) and the closed table."""
    rows = topic(name)
    heading = _HEADING(name)
    parts.heading(heading, text, level=3)
    shares = [(f.label, f.percent, parts.figure_words(f)) for f in rows if f.percent is not None]
    if len(shares) > 1:
        parts.draw(_bars(tuple(shares), f"{heading}. {text}"), name)
    _closed_table(heading, *_topic_table(rows))


@kept(16)
def _bars(shares: tuple[tuple[str, float, str], ...], description: str) -> str:
    return parts.written(parts.bars(shares, 100, description))


@kept(1)
def _waits_bars(description: str) -> str:
    return parts.written(waits_chart(description))


def _closed_table(heading: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The figures of a chart as a table. Closed: the text and the chart's numbers say the same."""
    summary = say("planning.table", what=heading)
    narrow = len(header) <= parts.MOST_NARROW
    render(parts.closed(summary, parts.table_html(heading, header, rows, narrow=narrow)))


def _topic_table(rows: Sequence[Figure]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and cells; the column of counts only where the report prints some."""
    what, share = say("planning.measure"), say("planning.share")
    counted = any(f.unit is Unit.SERVICES for f in rows)
    cells = []
    for f in rows:
        label = f"{f.label} ({f.note})" if f.note else f.label
        count = (parts.figure_words(f) if f.unit is Unit.SERVICES else "–",) if counted else ()
        shown = None if f.percent is None else parts.number(f.percent)
        percent = say("planning.percent", value=shown) if shown else "–"
        cells.append((label, *count, percent))
    return (what, *((say("planning.value"),) if counted else ()), share), cells


def pathways_today(coverage: Coverage, where: Where = ENGLAND) -> list[tuple[str, ...]]:
    """For each pathway: how many services of a place say yes, no, or publish nothing."""
    services = coverage.services_in(where, ServiceKind.MMHS)
    criteria = coverage.directory.criteria
    rows = []
    for pathway in Pathway:
        states = [helps_with(criteria.get(s.id), pathway) for s in services]
        rows.append(
            (
                PATHWAY(pathway),
                *(str(states.count(state)) for state in PathwayOffer),
            )
        )
    return rows


def _pathways_today(coverage: Coverage, where: Where) -> None:
    """Last and alone: beside the survey's counts it would be compared with them."""
    with st.container(key="card-planning-today"):
        parts.heading(
            say("planning_picture.today_heading"),
            say(
                "planning_picture.today_text",
                where=in_words(where),
                count=len(coverage.services_in(where, ServiceKind.MMHS)),
                date=date_words(coverage.date),
            ),
        )
        render(
            parts.table_html(
                say("planning_picture.today_caption"),
                (
                    say("planning_picture.help"),
                    say("tag.yes"),
                    say("tag.no"),
                    say("tag.not_listed"),
                    say("tag.unknown"),
                ),
                pathways_today(coverage, where),
            )
        )


def _waits(text: str) -> None:
    heading = say("planning_picture.waits")
    parts.heading(heading, text, say("planning_picture.waits_legend"), level=3)
    weeks = [_wait(each) for each in ("assessment", "therapy")]
    standards = _standards()
    parts.draw(_waits_bars(f"{heading}. {text}"), "waits")
    header = (
        say("planning.wait"),
        say("planning.shortest"),
        say("planning.mean"),
        say("planning.longest"),
        say("planning.standard"),
    )
    rows = [
        (
            str(row["label"]),
            *(
                say("planning.weeks", value=parts.number(float(str(row[each]))))
                for each in ("shortest", "mean", "longest")
            ),
            standard,
        )
        for row, standard in zip(weeks, standards, strict=True)
    ]
    _closed_table(heading, header, rows)
    note = figures()["nice_assessment"].note
    parts.small(say("planning_picture.waits_nice", guideline=note))
    parts.small(say("planning_picture.waits_month"))


def _standards() -> tuple[str, str]:
    """What NICE asks for, of each wait."""
    weeks = parts.number(figures()["nice_assessment"].value)
    return say("planning.weeks", value=weeks), say("planning.month")


def _signposting() -> None:
    parts.heading(
        say("planning_picture.signposting"),
        say("planning_picture.signposting_text"),
        level=3,
    )
    items = _EMPTY.join(
        Markup("<li>{}</li>").format(
            Markup("<strong>{}</strong>").format(d.label) if d.most_common else d.label
        )
        for d in destinations()
    )
    render(Markup("<ul>{}</ul>").format(items))
    parts.small(say("planning.source", source=destinations()[0].source))


def known_devolved(directory: Directory, nation: Nation) -> tuple[DevolvedService, ...]:
    """The services found in a nation; rows that say that nothing was found are left out."""
    return tuple(row for row in directory.devolved if row.nation is nation and row.names_a_service)


def _nations(directory: Directory) -> None:
    boards = figures()["scotland_mnpi_boards"]
    texts = {
        Nation.SCOTLAND: say(
            "planning_picture.nation_scotland",
            boards=parts.number(boards.value),
            all=boards.out_of,
        ),
        Nation.WALES: say("planning_picture.nation_wales"),
        Nation.NORTHERN_IRELAND: say("planning_picture.nation_northern_ireland"),
    }
    parts.heading(say("planning_picture.nations"), level=3)
    for nation, text in texts.items():
        render(
            Markup('<h4>{}</h4><p class="measure"><strong>{}:</strong> {}</p>').format(
                nation_words(nation), say("planning_picture.nations_report"), text
            )
        )
        known = known_devolved(directory, nation)
        with st.expander(say("planning_picture.nations_today", count=len(known))):
            render(cards.rows(devolved_view(row) for row in known))
    parts.source(boards)


def waits_chart(description: str) -> Any:
    """Each wait as its range (bar), mean (dot) and what NICE asks for (upright line)."""
    rows = [_wait(each) for each in ("assessment", "therapy")]
    data = pd.DataFrame(rows).assign(
        asked=[say("planning_picture.nice_mark", time=time) for time in _standards()]
    )
    base = alt.Chart(data).encode(y=alt.Y("label:N", sort=None, axis=None))
    scale = alt.Scale(domain=[0, 54], nice=False)
    axis = alt.Axis(
        title=say("planning.weeks", value="").strip(),
        values=[0, 13, 26, 39, 52],
        labelFontSize=parts.FONT,
        titleFontSize=parts.FONT,
        labelColor=parts.INK,
        titleColor=parts.INK,
        grid=True,
        gridColor=parts.FAINT,
    )
    span = base.mark_bar(size=20, color=parts.PALE, aria=False).encode(
        x=alt.X("shortest:Q", scale=scale, axis=axis), x2="longest:Q"
    )
    mean = base.mark_point(size=190, filled=True, opacity=1, color=parts.DARK).encode(
        x=alt.X("mean:Q", scale=scale), description="spoken:N"
    )
    asked = base.mark_tick(thickness=4, size=38, color=parts.INK, aria=False).encode(
        x=alt.X("standard:Q", scale=scale)
    )
    asked_words = base.mark_text(
        align="left", dx=-2, dy=30, fontSize=parts.FONT, color=parts.INK, aria=False
    ).encode(x=alt.X("standard:Q", scale=scale), text="asked:N")
    words = base.mark_text(
        align="left", dy=-32, fontSize=parts.FONT, color=parts.INK, aria=False
    ).encode(x=alt.X("zero:Q", scale=scale), text="label:N")
    value = base.mark_text(
        align="left", dx=12, fontSize=parts.FONT, fontWeight="bold", color=parts.INK, aria=False
    ).encode(x=alt.X("mean:Q", scale=scale), text="shown:N")
    return parts.finished(span + asked + mean + words + value + asked_words, 270, description)


def _wait(which: str) -> dict[str, object]:
    found = figures()
    mean = found[f"wait_{which}_mean"]
    return {
        "label": mean.label.rpartition(",")[0],
        "zero": 0.0,
        "spoken": f"{mean.label}: {parts.number(mean.weeks)}",
        "shortest": found[f"wait_{which}_min"].weeks,
        "mean": mean.weeks,
        "longest": found[f"wait_{which}_max"].weeks,
        "standard": found[f"nice_{which}"].weeks,
        "shown": say("planning.weeks", value=parts.number(mean.weeks)),
    }
