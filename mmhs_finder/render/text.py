"""An answer as plain lines, for a terminal.

Not for: what is said (`views.answer`).
"""

from __future__ import annotations

from collections.abc import Iterable

from mmhs_finder.directory.named import area_words, nation_words
from mmhs_finder.views.answer import AnswerView
from mmhs_finder.views.line import DevolvedView, LineView
from mmhs_finder.views.now import NowView
from mmhs_finder.views.service import ServiceView
from mmhs_finder.views.ways import WayView
from mmhs_finder.words import join_words, say


def answer_text(view: AnswerView) -> str:
    """The answer in plain lines, for a parent."""
    place = view.place
    where = join_words([area_words(a.name) for a in place.areas]) or nation_words(place.nation)
    lines = [f"{place.label} ({where})", ""]
    lines += [view.verdict.sentence, *_now(view.now), ""]
    lines += [f"! {n.text}" for n in view.notices] + [""] * bool(view.notices)
    for service in view.services:
        lines += [*_service(service), ""]
    if view.none_known:
        lines += [view.none_known.text, view.none_known.words_to_say, ""]
    if view.nation:
        lines += [
            f"{view.nation.text} {view.nation.ask}".strip(),
            *_of_nation(view.nation.services),
            "",
        ]
    if view.alternatives:
        lines.append(view.alternatives_section.heading)
        lines += [f"  {_short(s)}" for s in view.alternatives] + [""]
    if view.baby_services:
        lines.append(view.baby_services_section.heading)
        lines += [f"  {_short(s)}" for s in view.baby_services] + [""]
    if view.neighbours:
        lines.append(view.neighbours_section.heading)
        lines += [f"  {_short(s)}" for s in view.neighbours] + [""]
    for heading, found in (
        (view.routes_section.heading, view.routes),
        (view.lines_section.heading, view.lines),
        (view.baby_lines_section.heading, view.baby_lines),
        (view.urgent_section.heading, view.urgent),
    ):
        if found:
            lines += [heading, *line_texts(found), ""]
    return "\n".join(lines).rstrip()


def _now(view: NowView) -> Iterable[str]:
    """Who answers now; nothing where no number is known that does."""
    if view.lines:
        numbers = "; ".join(f"{line.number} ({line.below})" for line in view.lines)
        yield f"{view.heading}: {numbers}"


def _service(view: ServiceView) -> Iterable[str]:
    yield f"{view.name}{f', {view.provider}' if view.provider else ''}"
    if view.unconfirmed:
        yield f"  {view.unconfirmed}. {view.unconfirmed_text}"
    yield f"  {view.contact_heading}"
    yield from (f"  {text}" for text in view.contact)
    yield from (f"  {_way(way)}" for way in view.ways)
    if view.note:
        yield f"  {view.note}"
    yield from (f"  {p.text}" for p in view.helps)
    if view.hours.known:
        hours = " ".join(t for t in (view.hours.now, view.hours.published) if t)
        yield f"  {say('text.hours')} {hours}"
    else:
        yield f"  {say('text.hours')} {view.blank_tag.lower()}. {view.hours_unknown}"
    yield from (f"  {fact.term}: {fact.text}" for fact in view.facts)
    if view.silent:
        yield f"  {view.blank_tag}: {view.silent}"
    if view.source.told:
        yield f"  {view.source.told}"
    yield f"  {say('source.label')} {', '.join(url for _, url in view.source.links)}"


def _of_nation(services: Iterable[DevolvedView]) -> Iterable[str]:
    for service in services:
        yield f"  {service.full_name}{_unsure(service)}{_ways(service.ways)}"
        if service.unconfirmed:
            yield f"    {service.offers}"


def _unsure(view: ServiceView | DevolvedView) -> str:
    return f" ({view.unconfirmed})" if view.unconfirmed else ""


def _short(view: ServiceView) -> str:
    return f"{view.kind_words}: {view.name}{_unsure(view)}{_ways(view.ways)}"


def line_texts(lines: Iterable[LineView]) -> Iterable[str]:
    """National lines, one a line: what it is, every way to it, whether it is open."""
    for line in lines:
        now = f" {line.hours.now}" if line.hours.now else ""
        yield f"  {line.heading}{_ways(line.ways)}{now}"


def _ways(ways: Iterable[WayView]) -> str:
    shown = "; ".join(_way(way) for way in ways)
    return f": {shown}" if shown else ""


def _way(way: WayView) -> str:
    """A number or address with the words before it; a page as its address, which can be copied."""
    if way.kind is None:
        return way.words
    return f"{way.words} {way.value}{way.after}".strip()
