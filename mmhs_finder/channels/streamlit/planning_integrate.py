"""Planning, the Integrate guide: need, staff, savings, screening, and what joined-up care is.

Every number is a row of `data/facts/` or worked out from some. Not for: the sums
(`planning.integrate`), the staff of an area (`planning_workforce`), or the checklist
(`planning_checklist`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from mmhs_finder.channels.streamlit import planning_parts as parts
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.planning.facts import Figure, checklist, figures
from mmhs_finder.planning.integrate import GuideList, UnmetNeed, elements, unmet_need
from mmhs_finder.planning.workforce import (
    ENGLAND_BIRTHS,
    PER,
    printed,
    published,
    workforce,
)
from mmhs_finder.render.html.case_study import examples_html
from mmhs_finder.views.case_study import case_study_views
from mmhs_finder.words import say

_EMPTY: Final = Markup("")
_TOPICS: Final = ("integrate_need", "integrate_staff", "integrate_cost", "integrate_screening")


def show() -> None:
    parts.heading(say("planning_integrate.heading"), say("planning_integrate.intro"))
    of = figures()
    _need(of)
    _staff(of)
    _cost(of)
    _screening(of)
    _joined_up()
    parts.heading(say("planning_integrate.examples"), say("planning_integrate.examples_text"))
    render(examples_html(case_study_views()))
    render(parts.closed(say("planning_integrate.figures"), _every_figure()))
    parts.source(of["integrate_unmet"])


def _where(*shown: Figure) -> None:
    """Where in the guide some figures stand."""
    _places(figure.where for figure in shown)


def _places(places: Iterable[str]) -> None:
    """Places in the guide, each once."""
    each = dict.fromkeys(one for place in places for one in place.split("; "))
    parts.small(say("planning_integrate.where", where="; ".join(each)))


def _printed(births: int) -> Mapping[str, float]:
    return {p.name: p.value for p in printed(births)}


def _per_cent(share: float) -> str:
    return parts.number(share * 100, 1)


# --- need -----------------------------------------------------------------------------------------


def _need(of: Mapping[str, Figure]) -> None:
    need = unmet_need()
    reached, unmet = of["integrate_reached"], of["integrate_unmet"]
    parts.heading(
        say("planning_integrate.need"),
        say(
            "planning_integrate.need_text",
            reached=parts.number(reached.value),
            unmet=parts.number(unmet.value),
        ),
    )
    header = (
        say("planning_integrate.step"),
        say("planning_integrate.exact"),
        say("planning_integrate.printed"),
    )
    caption = say("planning_integrate.need_caption")
    render(parts.table_html(caption, header, need_rows(need), narrow=True))
    parts.text(
        say(
            "planning_integrate.need_rounded",
            any=parts.number(_printed(ENGLAND_BIRTHS)["with_any_difficulty"]),
            reached=parts.number(need.reached),
            rounded=parts.number(need.rounded),
            unmet=parts.number(need.unmet),
            over=parts.number(unmet.value),
        )
    )
    _where(reached, unmet)
    _two_shares(of, need)


def need_rows(need: UnmetNeed) -> list[tuple[str, str, str]]:
    """Each step of the guide's sum: what it is, exactly, and as the guide prints it."""
    guide, unmet = _printed(ENGLAND_BIRTHS), figures()["integrate_unmet"].value
    factor = need.adjusted_births / need.births

    def about(value: float) -> str:
        return say("planning_integrate.about", value=parts.number(value))

    return [
        (
            say("planning_integrate.step_births"),
            parts.number(need.births),
            about(ENGLAND_BIRTHS),
        ),
        (
            say("planning_integrate.step_adjusted_births", factor=parts.number(factor, 4)),
            parts.number(need.adjusted_births),
            about(guide["adjusted_births"]),
        ),
        (
            say("planning_integrate.step_with_any", share=_per_cent(published().prevalence_any)),
            parts.number(need.with_any),
            about(guide["with_any_difficulty"]),
        ),
        (
            say("planning_integrate.step_reached"),
            f"− {parts.number(need.reached)}",
            parts.number(need.reached),
        ),
        (
            say("planning_integrate.step_unmet"),
            parts.number(need.unmet),
            say("planning_integrate.over", value=parts.number(unmet)),
        ),
    ]


def _two_shares(of: Mapping[str, Figure], need: UnmetNeed) -> None:
    guide = published()
    shares = {"any": _per_cent(guide.prevalence_any), "common": _per_cent(guide.prevalence)}
    severe, any_, common = (of[f"integrate_{name}"] for name in ("severe", "any", "common"))
    parts.heading(
        say("planning_integrate.shares"),
        say("planning_integrate.shares_text", severe=parts.number(severe.value), **shares),
        say("planning_integrate.shares_use", people=parts.number(need.with_common), **shares),
        say(
            "planning_integrate.shares_ours",
            unmet=parts.number(need.unmet),
            common=parts.number(need.with_common),
            # Of the two as they are printed, so that a reader who adds them up is not one out.
            beyond=parts.number(round(need.unmet) - round(need.with_common)),
        ),
        say(
            "planning_integrate.shares_uk",
            any=parts.number(any_.value),
            common=parts.number(common.value),
        ),
        level=3,
    )
    _where(severe, of["integrate_unmet"])


# --- staff, cost, screening -----------------------------------------------------------------------


def _staff(of: Mapping[str, Figure]) -> None:
    people = of["integrate_practitioners"]
    visitors, units = of["integrate_specialist_health_visitors"], of["integrate_midwife_units"]
    parts.heading(
        say("planning_integrate.staff"),
        say(
            "planning_integrate.staff_text",
            wte=parts.number(_printed(ENGLAND_BIRTHS)["total_wte"]),
            per=parts.number(_printed(PER)["total_wte"], 1),
            births=parts.number(PER),
            times=parts.number(ENGLAND_BIRTHS / PER, 1),
            exact=parts.number(workforce(ENGLAND_BIRTHS).wte, 1),
        ),
        say("planning_integrate.staff_foreword", people=parts.number(people.value)),
        say(
            "planning_integrate.staff_today",
            visitors=parts.number(visitors.value),
            units=parts.number(units.value),
        ),
    )
    _where(of["integrate_unmet"], people, visitors)


def _cost(of: Mapping[str, Figure]) -> None:
    savings, nhs = of["integrate_savings"], of["integrate_savings_nhs"]
    parts.heading(
        say("planning_integrate.cost"),
        say(
            "planning_integrate.cost_text",
            savings=parts.number(savings.value),
            nhs=parts.number(nhs.value),
        ),
        say("planning_integrate.cost_covers"),
        say("planning_integrate.cost_not", wte=parts.number(_printed(ENGLAND_BIRTHS)["total_wte"])),
    )
    _where(savings)


def _screening(of: Mapping[str, Figure]) -> None:
    not_asked, unknown = of["integrate_not_asked"], of["integrate_not_recorded"]
    left = parts.number(100 - not_asked.value - unknown.value)
    shares = [parts.number(not_asked.value), parts.number(unknown.value), left]
    parts.heading(
        say("planning_integrate.screening"),
        say(
            "planning_integrate.screening_text",
            not_asked=shares[0],
            not_recorded=shares[1],
            left=left,
        ),
    )
    words = (
        say("planning_integrate.asked_not"),
        say("planning_integrate.asked_unknown"),
        say("planning_integrate.asked_left"),
    )
    rows = [
        (word, say("planning.percent", value=share))
        for word, share in zip(words, shares, strict=True)
    ]
    header = (say("planning_integrate.figures_what"), say("planning_integrate.share"))
    caption = say("planning_integrate.screening_caption")
    render(parts.table_html(caption, header, rows, narrow=True))
    _where(not_asked)


# --- what joined-up care is -----------------------------------------------------------------------


def _joined_up() -> None:
    parts.heading(say("planning_integrate.joined"), say("planning_integrate.joined_text"))
    parts.heading(say("planning_integrate.ladder"), level=3)
    render(ladder_html([one.text for one in elements(GuideList.LADDER)]))
    for heading, lines in (
        (say("planning_integrate.practice"), elements(GuideList.PRACTICE)),
        (say("planning_integrate.example"), elements(GuideList.EXAMPLE)),
    ):
        parts.heading(heading, level=3)
        render(_list([one.text for one in lines]))
    parts.heading(say("planning_integrate.gold"), say("planning_integrate.gold_text"), level=3)
    render(_list(_checked("gold")))
    render(
        parts.closed(
            say("planning_integrate.board"), _list([one.text for one in elements(GuideList.BOARD)])
        )
    )
    parts.heading(say("planning_integrate.enablers"), level=3)
    render(_list(_checked("enablers")))
    shown = [one.where for group in GuideList for one in elements(group)]
    shown += [line.where for line in checklist() if line.area in ("gold", "enablers")]
    _places(where.partition(":")[0] for where in shown)


def _checked(area: str) -> list[str]:
    return [line.text for line in checklist() if line.area == area]


def _list(lines: Sequence[str]) -> Markup:
    items = _EMPTY.join(Markup("<li>{}</li>").format(line) for line in lines)
    return Markup('<ul class="measure">{}</ul>').format(items)


def ladder_html(steps: Sequence[str]) -> Markup:
    """The kinds of integration as a list of steps, in order, with what its ends are called."""
    items = _EMPTY.join(Markup("<li>{}</li>").format(step) for step in steps)
    return Markup(
        '<div class="ladder"><p aria-hidden="true"><span>{start}</span><span>{end}</span></p>'
        "<ol>{items}</ol></div>"
    ).format(
        start=say("planning_integrate.ladder_from"),
        end=say("planning_integrate.ladder_to"),
        items=items,
    )


def _every_figure() -> Markup:
    header = (
        say("planning_integrate.figures_what"),
        say("planning_integrate.figure"),
        say("planning_integrate.figures_note"),
        say("planning_integrate.figures_where"),
    )
    rows = [
        (f.label, parts.figure_words(f), f.note or "–", f.where)
        for f in figures().values()
        if f.topic in _TOPICS
    ]
    return parts.table_html(say("planning_integrate.figures"), header, rows)
