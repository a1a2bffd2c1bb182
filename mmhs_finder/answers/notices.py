"""What an answer has to say of itself, as codes. Their words: `views.notices`.

Not for: finding the services (`finding`), or notices about the place (`places.locating`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mmhs_finder.answers.types import Match, Outcome
from mmhs_finder.directory.confirming import newest_evidence
from mmhs_finder.directory.freshness import is_old
from mmhs_finder.directory.models import Area, Certainty, Service
from mmhs_finder.nation import UNITED_KINGDOM
from mmhs_finder.places.place import Notice, NoticeCode, Place


def closed_notice(service: Service) -> Notice:
    """Who says that a service has closed, and when: never that nobody came after it."""
    values = {"name": service.name, "who": service.closed_said_by, "when": service.source_date}
    return Notice(NoticeCode.CLOSED, values)


def notices_of(
    place: Place,
    outcome: Outcome,
    mmhs: Sequence[Match],
    named: Sequence[Match],
    closed: Sequence[Service],
    today: date,
    taken_out: Sequence[Area] = (),
) -> Iterable[Notice]:
    """What to know about the services of this answer; those about the place come before.

    named: services of which only a name is known. closed: those that were reported closed.
    taken_out: areas whose service is taken out while somebody checks its entry.
    """
    areas = place.area_names
    none_here = [a for a in taken_out if not any(a in m.areas for m in mmhs)]
    yield from map(closed_notice, closed)
    if named:
        names = tuple(m.service.name for m in named)
        yield Notice(NoticeCode.NAME_ONLY, {"place": areas, "names": names})
    if outcome is Outcome.OTHER_NATION:
        if place.nation in UNITED_KINGDOM:
            yield Notice(NoticeCode.OTHER_NATION, {"nation": place.nation})
        else:
            yield Notice(NoticeCode.CROWN_DEPENDENCY, {"place": place.nation})
    elif outcome is Outcome.NONE_PUBLISHED and none_here:
        pass  # we know of one: it is said below
    elif outcome is Outcome.NONE_PUBLISHED:
        yield Notice(NoticeCode.NONE_PUBLISHED, {"place": areas})
    elif len(place.areas) == 1 and len(mmhs) > 1:
        yield Notice(NoticeCode.SHARED_AREA, {"place": areas})
    if outcome is Outcome.UNCONFIRMED:
        yield Notice(NoticeCode.UNCONFIRMED)
    if none_here:
        yield Notice(NoticeCode.TAKEN_OUT, {"place": tuple(a.name for a in none_here)})
    uncovered = tuple(
        a.name for a in place.areas if a not in none_here and not any(a in m.areas for m in mmhs)
    )
    if mmhs and uncovered:
        yield Notice(NoticeCode.PARTLY_NONE_PUBLISHED, {"areas": uncovered})
    if mmhs and all(m.certainty is Certainty.INFERRED for m in mmhs):
        yield Notice(NoticeCode.INFERRED, {"place": areas})
    dates = [newest_evidence(m.service) for m in mmhs]
    old = [day for day in dates if is_old(day, today)]
    if old and outcome is not Outcome.UNCONFIRMED:
        yield Notice(NoticeCode.OLD, {"year": max(old)[:4]})
