"""Every renderer tells the same: the same numbers to the same reader, every notice, every source.

The answers are made up, one for each thing that could be told wrongly; each renderer draws the same
view, and its text is searched for what the view says and for what nobody may be shown.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest

from mmhs_finder.answers.types import Answer
from mmhs_finder.directory.linked import LinkState, LinkStatus
from mmhs_finder.directory.models import (
    Audience,
    Certainty,
    PhoneStatus,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.places.place import Notice, NoticeCode
from mmhs_finder.render.registry import RENDERERS
from mmhs_finder.views.answer import AnswerView, answer_view
from mmhs_finder.views.notices import NoticePlace
from mmhs_finder.words import say
from tests.made_up.records import answer, criteria, line, match, offer, service

PHONE = "020 7946 0000"
HERS = {"phone": PHONE, "phone_audience": "public", "phone_status": "confirmed"}
PAGE = {"website": "https://example.org/us", "website_kind": "service_page"}


def plain(text: str) -> str:
    """A rendering as words: no tags, no entities, spaces as one."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", text)).replace('\\"', '"')
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def words_of(view: AnswerView, name: str) -> str:
    return plain(RENDERERS[name](view))


# --- numbers: the whole table of who may ring what ------------------------------------------------

CONTACTS = list(product([*Audience, None], [*PhoneStatus, None], Status, YesNo))


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize(("audience", "confirmed", "status", "self_referral"), CONTACTS)
def test_a_parent_is_given_a_number_only_where_it_is_hers_and_confirmed(
    name, audience, confirmed, status, self_referral
):
    of = service(
        phone=PHONE,
        phone_audience=audience,
        phone_status=confirmed,
        status=status,
        self_referral=self_referral,
    )
    view = answer_view(answer(match(of)))
    drawn = RENDERERS[name](view)
    sure = confirmed is PhoneStatus.CONFIRMED
    hers = sure and audience is Audience.PUBLIC and status is Status.OPEN
    if name == "json":
        found = json.loads(drawn)["mmhs"][0]
        assert (found["phone"] == PHONE) == hers
        professional = sure and audience is Audience.PROFESSIONAL
        assert (found["phone_for_professionals"] == PHONE) == professional
    elif hers:
        assert PHONE in plain(drawn)
    elif PHONE in plain(drawn):
        assert sure and audience is Audience.PROFESSIONAL, "for her GP, never for her to ring"
        assert "for professionals" in plain(drawn) or PHONE in view.verdict.words
    assert ("tel:02079460000" in drawn) == (hers and name == "html")


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize("kind", [ServiceKind.MMHS, ServiceKind.PEER_SUPPORT])
def test_a_service_that_may_not_run_says_so_and_has_no_number(name, kind):
    of = service(
        kind=kind,
        status=Status.UNKNOWN,
        phone=PHONE,
        phone_audience="public",
        phone_status="confirmed",
    )
    found = answer(match(of)) if kind is ServiceKind.MMHS else answer(alternatives=(match(of),))
    text = words_of(answer_view(found), name)
    assert PHONE not in text
    said = ("not confirmed", say("verdict.unconfirmed").lower(), '"status": "unknown"')
    assert any(words in text.lower() for words in said)


@pytest.mark.parametrize("name", RENDERERS)
def test_a_line_whose_number_is_not_confirmed_has_none(name):
    row = line(phone=PHONE, phone_status="check")
    assert PHONE not in words_of(answer_view(answer(national=(offer(row),))), name)


# --- facts: what the view says is in every rendering ----------------------------------------------


def golden() -> Iterator[tuple[str, Answer]]:
    """One answer for each thing that an answer can say."""
    yield "one service", answer(match(service(who_for="Anybody who needs it", hours_osm="24/7")))
    yield (
        "reached by herself",
        answer(
            match(
                service(
                    self_referral=YesNo.YES,
                    phone=PHONE,
                    phone_audience="public",
                    phone_status="confirmed",
                    email="us@example.org",
                    email_audience="public",
                    referral_url="https://example.org/refer",
                    website="https://example.org/us",
                    website_kind="service_page",
                )
            )
        ),
    )
    yield (
        "every pathway",
        answer(
            match(
                criteria=criteria(
                    birth_trauma=YesNo.YES,
                    loss=YesNo.NO,
                    max_months_since_event=12,
                    severity="moderate",
                )
            )
        ),
    )
    yield "none known", answer(notices=(Notice(NoticeCode.NONE_PUBLISHED, {"place": "Midshire"}),))
    yield (
        "all notices",
        answer(
            match(),
            notices=(
                Notice(NoticeCode.CORRECTED, {"postcode": "MS1 1AA"}),
                Notice(NoticeCode.INFERRED, {"place": ("Midshire", "Eastshire")}),
                Notice(NoticeCode.OLD, {"year": "2021"}),
            ),
        ),
    )
    other = service(id="other", name="Peer Group", kind=ServiceKind.PEER_SUPPORT, **PAGE)
    far = service(id="far", name="Far Service", **PAGE)
    others = {"alternatives": (match(other),), "neighbours": (match(far, certainty=None),)}
    yield "other help", answer(match(), **others)
    silent = {"phone": "", "phone_status": None}
    chat = line(**silent, text_number="85258", webchat_url="https://example.org/chat")
    yield "by text and chat", answer(national=(offer(chat),))


GOLDEN = dict(golden())


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize("case", GOLDEN)
def test_every_fact_of_the_view_is_drawn(name, case):
    view = answer_view(GOLDEN[case])
    text, drawn = words_of(view, name), html.unescape(RENDERERS[name](view))
    told = [n for n in view.notices if name != "html" or n.place is not NoticePlace.VERDICT]
    assert all(plain(notice.text) in text for notice in told)
    if name == "html":
        first = (view.heading, view.verdict.by, view.verdict.sentence)
        first = (*first, *view.verdict.words.splitlines())
        assert all(plain(words) in text for words in first)
    for found in view.every_service:
        assert found.name in text
        for way in found.ways:
            assert way.value in drawn, way
        for _, url in found.source.links if found in view.services else ():
            assert url in drawn
    for row in (*view.lines, *view.routes, *view.urgent):
        assert row.name in text or row.heading in text
        for way in row.ways:
            assert way.value in drawn, way
    for found in view.services:
        for pathway in found.helps:
            state = f'"{pathway.pathway.value}": "{pathway.state.value}"'
            assert state in text if name == "json" else pathway.name.lower() in text.lower()
        if name != "json":
            assert found.contact_heading in text
            assert all(fact.text in text for fact in found.facts)
            assert found.silent in text
    if view.none_known and name != "json":
        assert plain(view.none_known.words_to_say) in text


@pytest.mark.parametrize("name", RENDERERS)
def test_what_comes_from_data_cannot_become_markup(name):
    of = service(name='<script>alert("x")</script>', who_for="<b>bold</b>")
    drawn = RENDERERS[name](answer_view(answer(match(of))))
    if name == "html":
        assert "<script" not in drawn and "<b>bold" not in drawn


def test_views_choose_nothing_from_the_clock():
    """A view of the same answer is the same view: no time of its own, no chance."""
    found = GOLDEN["other help"]
    assert answer_view(found) == answer_view(found)


def test_a_neighbour_is_marked_as_one():
    view = answer_view(answer(neighbours=(match(certainty=None),)))
    assert view.neighbours[0].neighbour
    assert not answer_view(answer(match(certainty=Certainty.INFERRED))).services[0].neighbour


# --- links that did not answer --------------------------------------------------------------------


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize("mmhs", [True, False])
def test_a_link_that_did_not_answer_is_told_with_its_day_by_every_renderer(name, mmhs):
    kind = ServiceKind.MMHS if mmhs else ServiceKind.COUNSELLING
    of = service(kind=kind, self_referral=YesNo.YES, **HERS, **PAGE)
    of.note_unanswered({PAGE["website"]: _gone(PAGE["website"])})
    row = line(finder_url="https://example.org/near")
    row.note_unanswered({"https://example.org/near": _gone("https://example.org/near")})
    shown = {"national": (offer(row),)} | ({} if mmhs else {"alternatives": (match(of),)})
    view = answer_view(answer(*([match(of)] if mmhs else []), **shown))
    drawn = RENDERERS[name](view)
    if name == "json":
        found = json.loads(drawn)
        told = [{"url": PAGE["website"], "state": "gone", "tried_on": "2027-03-03"}]
        assert found["mmhs" if mmhs else "alternatives"][0]["unanswered_links"] == told
        assert found["national"][0]["unanswered_links"][0]["tried_on"] == "2027-03-03"
    else:
        words = say("link_unanswered.gone", date="3 March 2027")
        assert plain(drawn).count(f"({words})") >= 2
        assert PAGE["website"] in drawn


def _gone(url: str) -> LinkStatus:
    return LinkStatus(url, date(2027, 3, 3), LinkState.GONE)
