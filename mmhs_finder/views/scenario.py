"""A scenario in words: what is assumed, what it changes, and which steps would close a gap.

`scenario_view` is for a page and a report alike; `result_view` and `step_view` are for the page.
Not for: what it changes (`coverage.scenario`, `coverage.closing`), or drawing (`render`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mmhs_finder.coverage.closing import GapStep, ScenarioChange, difference, unconfirmed
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import HELP_MEASURES, Measure
from mmhs_finder.coverage.rows import Shares
from mmhs_finder.coverage.scenario import (
    MOST,
    Assumed,
    FittedScenario,
    LeftOut,
    Scenario,
    WhyLeftOut,
)
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import (
    in_words,
    measure_in_sentence,
    measure_words,
    percent_words,
)
from mmhs_finder.directory import Directory
from mmhs_finder.directory.named import area_words
from mmhs_finder.views.wording import first_of
from mmhs_finder.words import join_words, number, say

_TOLD: Final = (*HELP_MEASURES, Measure.MMHS)
"""The measures of which a report says how they change."""

_MOST_NAMES: Final = 12


@dataclass(frozen=True)
class AssumedLine:
    """One thing that is assumed. key: as of `Assumed`; name: of the service, or of the ICB."""

    key: str
    name: str
    text: str


@dataclass(frozen=True)
class ScenarioView:
    """A scenario in finished sentences. name: what it is called, with the word "scenario"."""

    name: str
    notice: str
    assumed: tuple[AssumedLine, ...]
    changes: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """What is assumed, then what it changes."""
        return (*(line.text for line in self.assumed), *self.changes)

    @property
    def in_one_line(self) -> str:
        """That it is one, and what is assumed: for each row of a file."""
        return " ".join((f"{say('what_if.label')}.", *(line.text for line in self.assumed)))


def scenario_view(
    today: Coverage, then: Coverage, scenario: Scenario, where: Where = ENGLAND
) -> ScenarioView:
    """today, then: coverage without and with the scenario. where: the place it is told of."""
    changes = tuple(
        _change(measure, where, found)
        for measure in _TOLD
        if (found := difference(today, then, measure, where)).turned
    )
    return ScenarioView(
        say("what_if.name", where=where.name or say("coverage.where_england")),
        f"{say('what_if.label')}. {say('what_if.notice')}",
        (
            *(_of_service(today.directory, each) for each in scenario.services),
            *(_of_added(today.directory, each) for each in scenario.added),
        ),
        changes or (say("what_if.change_none", where=in_words(where)),),
    )


def _change(measure: Measure, where: Where, found: ScenarioChange) -> str:
    return say(
        "what_if.change",
        measure=measure_words(measure),
        where=in_words(where),
        before=_yes(found.before),
        after=_yes(found.after),
    )


def _yes(shares: Shares) -> str:
    return percent_words(shares.rounded()[Value.YES])


def _of_service(directory: Directory, each: Assumed) -> AssumedLine:
    name = directory.services[each.key].name
    text = say("what_if.assumed_service", name=name, what=offers_words(each.offers))
    return AssumedLine(each.key, name, text)


def _of_added(directory: Directory, each: Assumed) -> AssumedLine:
    icb = directory.icbs[each.key]
    if not each.offers:
        return AssumedLine(each.key, icb, say("what_if.assumed_added_nothing", icb=icb))
    text = say("what_if.assumed_added", icb=icb, what=offers_words(each.offers))
    return AssumedLine(each.key, icb, text)


def offers_words(offers: Iterable[Measure]) -> str:
    """ "help after birth trauma and self-referral"."""
    return join_words([measure_in_sentence(each) for each in offers])


def left_out_lines(fitted: FittedScenario, *, is_whole: bool) -> tuple[str, ...]:
    """What of a link is not assumed, and why. is_whole: as of `ScenarioText`."""
    lines = [_left_out(each) for each in fitted.left_out]
    if not is_whole:
        lines.append(say("what_if.left_unknown"))
    return tuple(dict.fromkeys(lines))


def _left_out(each: LeftOut) -> str:
    if each.why is WhyLeftOut.NOT_RUNNING:
        return say("what_if.left_not_running", name=each.name)
    if each.why is WhyLeftOut.ALREADY:
        return say("what_if.left_already", name=each.name, what=offers_words(each.offers))
    return say("what_if.left_unknown")


# --- on the page ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class ResultView:
    """What a scenario changes of the measure that is looked at."""

    heading: str
    figure: str
    lines: tuple[str, ...]


def result_view(found: ScenarioChange, where: Where) -> ResultView:
    before, after = _yes(found.before), _yes(found.after)
    lines = []
    if found.births:
        lines.append(say("what_if.result_births", births=number(found.births)))
    if found.turned:
        names = [area_words(row.name) for row in found.turned]
        areas = first_of(names, _MOST_NAMES)
        lines.append(say("what_if.result_turned", count=len(names), areas=areas))
    if found.left:
        lines.append(say("what_if.result_left", count=len(found.left)))
    else:
        lines.append(say("what_if.result_all"))
    return ResultView(
        say(
            "what_if.result_heading",
            where=in_words(where),
            measure=measure_in_sentence(found.before.measure),
        ),
        say("what_if.result", before=before, after=after)
        if found.births
        else say("what_if.result_same", after=after),
        tuple(lines),
    )


@dataclass(frozen=True)
class GapStepView:
    """A step of `what_it_takes`: what to assume, what it gains, and whom to ask before."""

    text: str
    gain: str
    first: str = ""


def step_view(today: Coverage, place: int, step: GapStep) -> GapStepView:
    """place: in the list, from 1."""
    after = _yes(step.after)
    gain = (
        say("what_if.step_gain", births=number(step.births), after=after)
        if step.births
        else say("what_if.step_gain_part", after=after)
    )
    for each in step.assumed.services:
        name = today.directory.services[each.key].name
        what = offers_words(each.offers)
        return GapStepView(say("what_if.step_service", number=place, name=name, what=what), gain)
    (added,) = step.assumed.added
    icb = Where(Level.ICB, added.key, today.directory.icbs[added.key])
    names = [service.name for service in unconfirmed(today, icb)]
    return GapStepView(
        say("what_if.step_added", number=place, icb=icb.name, what=offers_words(added.offers)),
        gain,
        say("what_if.step_unconfirmed", names=join_words(names)) if names else "",
    )


def steps_end(steps: Sequence[GapStep], every: Scenario, now: Shares) -> str:
    """Where the steps lead: to a yes everywhere, or as far as they go.

    every: the scenario with all of them. now: the shares without any.
    """
    after = steps[-1].after if steps else now
    if after.by_value[Value.YES] == after.births:
        return say("what_if.steps_all") if steps else say("what_if.steps_done")
    if MOST in (len(every.services), len(every.added)):
        return say("what_if.steps_full", most=MOST)
    return say("what_if.steps_none")
