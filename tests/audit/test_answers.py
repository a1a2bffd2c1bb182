"""Every area of England with every mix of what may have happened, in every rendering.

Nobody is sent to a service that has closed, given a number that is not confirmed, left without
urgent help or a next step; and no rendering breaks, or loads anything from another host.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from itertools import chain, combinations

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.suited import Situation
from mmhs_finder.answers.types import Answer
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import FurtherNeed, Pathway, PhoneStatus, Status
from mmhs_finder.hours import LONDON
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.render.registry import RENDERERS
from mmhs_finder.views.answer import answer_view
from tests.audit.record import Record

AT = (
    datetime(2026, 12, 25, 3, tzinfo=LONDON),  # a bank holiday, at night
    datetime(2026, 11, 25, 11, tzinfo=LONDON),  # a working day
)
NEEDS = [
    *chain.from_iterable(combinations(Pathway, size) for size in range(len(Pathway) + 1)),
    *((need,) for need in FurtherNeed),
]
OUTSIDE = {
    Nation.SCOTLAND: "EH1 1YZ",
    Nation.WALES: "CF10 1EP",
    Nation.NORTHERN_IRELAND: "BT1 5GS",
    Nation.JERSEY: "JE2 3XP",
    Nation.GUERNSEY: "GY1 1AA",
    Nation.ISLE_OF_MAN: "IM1 1AA",
}


@pytest.fixture(scope="module")
def places(finder: Finder) -> list[Place]:
    """Every area, whole councils that are split among them, and a place of each other nation."""
    found = [finder.council(code) for code in finder.directory.areas]
    return found + [finder.place(postcode) for postcode in OUTSIDE.values()]


@pytest.fixture(scope="module")
def unconfirmed(directory: Directory) -> set[str]:
    """Numbers nobody may be given: not confirmed, and in no other row that is."""
    rows = [
        *((s.phone, s.phone_status, s.status) for s in directory.services.values()),
        *((n.phone, n.phone_status, n.status) for n in directory.national),
    ]
    sure = {phone for phone, status, _ in rows if status is PhoneStatus.CONFIRMED}
    return {phone for phone, status, _ in rows if phone and status is PhoneStatus.CHECK} - sure


@pytest.fixture(scope="module")
def addresses(directory: Directory) -> set[str]:
    """Every web address that the directory states."""
    records = [*directory.services.values(), *directory.national, *directory.devolved]
    return set(
        re.findall(r"https?://[^\s\"'<>;,)]+", " ".join(r.model_dump_json() for r in records))
    )


def wrong(answer: Answer) -> Iterator[str]:
    """What is wrong with an answer itself."""
    shown = [*answer.mmhs, *answer.alternatives, *answer.neighbours]
    closed = [m.service.id for m in shown if m.service.status is Status.CLOSED]
    closed += [
        o.support.id
        for o in (*answer.routes, *answer.national)
        if o.support.status is Status.CLOSED
    ]
    yield from (f"{id_} has closed" for id_ in closed)
    if not answer.urgent:
        yield "there is no urgent help"
    if not (answer.routes or answer.alternatives or answer.devolved or answer.national):
        yield "there is no next step"


LOADS = re.compile(r"""(?:\bsrc|\bsrcset|<link[^>]*\bhref)\s*=\s*["'](?:https?:)?//""", re.I)


@pytest.mark.parametrize("needs", NEEDS, ids=lambda n: "+".join(n) or "nothing")
def test_every_area(
    needs: tuple[Pathway | FurtherNeed, ...],
    finder: Finder,
    places: list[Place],
    unconfirmed: set[str],
    addresses: set[str],
    record: Record,
) -> None:
    pathways = [need for need in needs if isinstance(need, Pathway)]
    further = frozenset(need for need in needs if isinstance(need, FurtherNeed))
    who = Situation(frozenset(pathways), further=further)
    problems: list[str] = []
    drawn = 0
    for number, place in enumerate(places):
        answer = finder.find(place, pathways, AT[number % 2], who)
        found = list(wrong(answer))
        for name, render in RENDERERS.items():
            text = render(answer_view(answer))
            drawn += 1
            found += [f"{name} gives {phone}" for phone in unconfirmed if phone in unescape(text)]
            if name == "html":
                found += [f"html loads {hit}" for hit in LOADS.findall(text)]
                links = map(unescape, re.findall(r'href="(https?:[^"]*)"', text))
                found += [f"html leads to {url}" for url in links if url not in addresses]
            if name == "json":
                json.loads(text)
            if not text.strip():
                found.append(f"{name} is empty")
        problems += [f"{place.label}: {one}" for one in found]
    record.add("answers: every area and nation, with every mix of needs", len(places), problems)
    record.add("renderings of those answers (page, text, JSON)", drawn, ())
    assert not problems
