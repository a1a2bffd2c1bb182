"""The strip of urgent help in words, for one nation or while none is known; and an emergency today.

Not for: which lines a nation has (`answers.urgent`), or markup (`render.html.urgent`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mmhs_finder.answers.urgent import LISTENING, OWN, UrgentLine, always_open, strip_lines
from mmhs_finder.directory.models import NationalSupport, UrgentStrip
from mmhs_finder.directory.named import nation_words
from mmhs_finder.directory.ways import Way, WayKind, line_ways, voices
from mmhs_finder.nation import Nation
from mmhs_finder.views.ways import WayView
from mmhs_finder.words import join_words, say, texts

_GAP: Final = "\x1f"
_SENTENCE: Final = texts("urgent_strip.{}", LISTENING)
_SENTENCE_IN: Final = texts(
    "urgent_strip.{}_in", (UrgentStrip.MENTAL_HEALTH_LINE, UrgentStrip.NATION_LINE)
)


@dataclass(frozen=True)
class StripButton:
    """A number that is big enough for a thumb, or a sentence where there is no number to press.

    spoken: what somebody hears before it who does not see the colour and the place of the button.
    way: the number with its link; its text may name what to press then. below: when and for whom
    it is, in a few words; "" for a sentence.
    """

    spoken: str
    way: WayView
    below: str = ""


@dataclass(frozen=True)
class StripView:
    """The strip: what to press in danger and in a crisis, and behind one press the other lines.

    more: their sentences; each way holds the words before its number and after it.
    then: that they are free, day and night; "" where that is not so for all of them.
    always: those of `more` that anybody may use to be heard, and that never close.
    """

    label: str
    danger: StripButton
    crisis: StripButton
    more_label: str
    more: tuple[WayView, ...]
    then: str
    all_label: str
    always_heading: str
    always: tuple[WayView, ...]


def strip_view(rows: Iterable[NationalSupport], nation: Nation | None) -> StripView:
    """nation: where somebody lives; None while that is not known."""
    lines = strip_lines(rows, nation)
    emergency = [line for line in lines if line.gap is UrgentStrip.EMERGENCY]
    own = [line for line in lines if line.gap in OWN]
    heard = [line for line in lines if line.gap in LISTENING]
    others = (*own[1:], *heard)
    return StripView(
        label=say("urgent_strip.label"),
        danger=_danger(emergency),
        crisis=_crisis(own),
        more_label=say("urgent_strip.more"),
        more=tuple(_way(line) for line in others),
        then=_then(others),
        all_label=say("urgent_strip.all"),
        always_heading=say("urgent_strip.always_heading"),
        always=tuple(_way(line) for line in heard if always_open(line.row)),
    )


def _danger(lines: Sequence[UrgentLine]) -> StripButton:
    spoken = say("urgent_strip.danger")
    if not lines:
        return StripButton(spoken, WayView(say("urgent_strip.emergency_unknown"), ""))
    way = voices(line_ways(lines[0].row))[0]
    return StripButton(spoken, _number(way, way.value), say("urgent_strip.danger_below"))


def _crisis(lines: Sequence[UrgentLine]) -> StripButton:
    """The line of the nation; while none is known, that of most people, and for whom it is."""
    spoken = say("urgent_strip.help")
    if not lines:
        return StripButton(spoken, WayView(say("urgent_strip.none"), ""))
    line = lines[0]
    ways = line_ways(line.row)
    found = voices(ways)
    if not found:
        return StripButton(spoken, _page(line, ways[0]))
    has_option = line.gap is UrgentStrip.MENTAL_HEALTH_LINE
    number = found[0].value
    text = say("urgent_strip.press", number=number) if has_option else number
    below = say("urgent_strip.crisis_below") if has_option else line.row.name
    if always_open(line.row):
        below = say("urgent_strip.always_below", what=below)
    if line.nations:
        below = say("urgent_strip.nations_below", what=below, nations=_nations(line))
    return StripButton(spoken, _number(found[0], text), below)


def _number(way: Way, text: str) -> WayView:
    words = say("urgent_strip.write") if way.kind is WayKind.TEXT else say("urgent_strip.call")
    return WayView(words, text, way.link, kind=way.kind, value=way.value)


def _nations(line: UrgentLine) -> str:
    return join_words([nation_words(nation) for nation in line.nations])


def _way(line: UrgentLine) -> WayView:
    """A line as a sentence: "In Scotland, call NHS 24 on 111." """
    ways = line_ways(line.row)
    spoken = voices(ways)
    if not spoken:
        return _page(line, ways[0])
    way = spoken[0]
    sentence = _SENTENCE if line.gap in LISTENING else _SENTENCE_IN
    text = sentence(
        line.gap,
        number=_GAP,
        name=line.row.name,
        nations=_nations(line),
        word=way.keyword or line.row.name,
    )
    before, _, after = text.partition(_GAP)
    return WayView(before.strip(), way.value, way.link, after, kind=way.kind, value=way.value)


def _page(line: UrgentLine, way: Way) -> WayView:
    """A nation's service without a number: how it is reached stands on its page."""
    before, _, after = say("urgent_strip.page", name=_GAP).partition(_GAP)
    return WayView(before.strip(), line.row.name, way.link, after, kind=way.kind, value=way.value)


def _then(lines: Sequence[UrgentLine]) -> str:
    rows = [line.row for line in lines]
    if not rows or not all(always_open(row) for row in rows):
        return ""
    free = all(row.cost == "free" for row in rows)
    return say("urgent_strip.free") if free else say("urgent_strip.always")


# --- an emergency that needs a doctor today -----------------------------------------------------


@dataclass(frozen=True)
class TodayView:
    """What to do today about signs of postpartum psychosis, in the order to do it.

    Source: Action on Postpartum Psychosis (app-network.org), "Getting help".
    unit: where the nearest mother and baby unit is; "" where none is known or it would hurt.
    """

    heading: str
    intro: str
    steps: tuple[str, ...]
    unit: str


def today_view(
    rows: Iterable[NationalSupport],
    nation: Nation,
    *,
    without_her_baby: bool,
    unit: str = "",
    distance: str = "",
) -> TodayView:
    """without_her_baby: after a loss or a separation no word speaks of a baby, nor of a unit.

    unit, distance: the name of the nearest mother and baby unit, and how far it is, in words.
    """
    lines = strip_lines(rows, nation)
    call = next(
        (li.row.phone for li in lines if li.gap is UrgentStrip.MENTAL_HEALTH_LINE or _is_111(li)),
        "",
    )
    emergency = next((li.row.phone for li in lines if li.gap is UrgentStrip.EMERGENCY), "")
    steps = (
        say("emergency_today.gp"),
        say("emergency_today.call", number=call) if call else say("emergency_today.no_call"),
        say("emergency_today.danger", number=emergency)
        if emergency
        else say("emergency_today.danger_unknown"),
        say("emergency_today.alone"),
        say("emergency_today.when") if without_her_baby else say("emergency_today.how_old"),
        say("emergency_today.back"),
    )
    shown = ""
    if unit and not without_her_baby:
        where = f"{unit}, {distance}" if distance else unit
        shown = say("emergency_today.unit", unit=where)
    any_end = say("emergency_today.intro_any")
    intro = any_end if without_her_baby else say("emergency_today.intro")
    return TodayView(say("emergency_today.heading"), intro, steps, shown)


def _is_111(line: UrgentLine) -> bool:
    return line.gap is UrgentStrip.NATION_LINE and line.row.phone == "111"
