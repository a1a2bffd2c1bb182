"""Cards: the right number for the right reader, every fact shown, hostile text harmless."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from mmhs_finder.answers.types import Match, Offer
from mmhs_finder.directory.models import (
    Audience,
    Pathway,
    PathwayOffer,
    PhoneStatus,
    ServiceKind,
)
from mmhs_finder.directory.named import HELPS_WITH
from mmhs_finder.directory.said import only_if
from mmhs_finder.directory.ways import dialled
from mmhs_finder.hours import LONDON, Opening
from mmhs_finder.render.html import cards
from mmhs_finder.render.html import pieces as html
from mmhs_finder.views.line import line_view
from mmhs_finder.views.service import ServiceView, pathway_view, service_view
from mmhs_finder.views.wording import (
    distance_words,
    period_words,
    script_text,
    source_names,
)
from mmhs_finder.words import plain_date

AT = datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{name}&amp;"


def match_of(finder, service_id: str, needs=(), **changes) -> ServiceView:
    service = finder.directory.services[service_id].model_copy(update=changes)
    match = Match(
        service=service,
        opening=Opening(),
        criteria=finder.directory.criteria.get(service_id),
    )
    return service_view(match, needs, AT)


def text(markup) -> str:
    return re.sub(r"\s+", " ", markup.striptags())


def test_a_number_for_professionals_is_no_link_and_says_so(finder):
    card = cards.mmhs_card(match_of(finder, "harbour"))
    contact, _, script = card.partition('<details class="script">')
    assert "0161" not in contact, "a number that she must not call"
    assert "0161 496 0101" in script, "in the words for her GP"
    assert "tel:" not in card
    assert "Somebody asks them for you" in card
    assert "You have to agree to it first." in card


def test_a_public_number_is_a_link(finder):
    card = cards.mmhs_card(match_of(finder, "willow"))
    assert '<a href="tel:01914980102">0191 498 0102</a>' in card
    assert "You can contact them yourself" in card


@pytest.mark.parametrize("audience", [*Audience, None])
@pytest.mark.parametrize("status", [*PhoneStatus, None])
def test_only_a_confirmed_public_number_is_ever_dialled(finder, audience, status):
    changed = match_of(
        finder,
        "willow",
        phone="020 7946 0000",
        phone_audience=audience,
        phone_status=status,
    )
    may = audience is Audience.PUBLIC and status is PhoneStatus.CONFIRMED
    for card in (cards.mmhs_card(changed), cards.service_card(changed)):
        assert ("tel:02079460000" in card) == may


def test_every_service_has_a_card_with_its_name_and_its_sources(finder):
    for service in finder.directory.services.values():
        match = match_of(finder, service.id)
        drawn = [cards.service_card(match)]
        if service.kind is ServiceKind.MMHS:
            drawn.append(cards.mmhs_card(match))
        for card in drawn:
            assert service.name in text(card).replace("&amp;", "&")
            for url, name in zip(
                service.source_urls, source_names(service.source_urls), strict=True
            ):
                assert str(html.link(url, name)) in card, service.id
            assert plain_date(service.checked_on.isoformat()) in card
            assert service.curator_notes[:50] not in card or not service.curator_notes


def test_every_pathway_is_answered_on_every_card_of_an_mmhs(finder):
    words = dict(zip(PathwayOffer, ("✓", "No: ", "Not on their list: ", "Not "), strict=True))
    for service_id, criteria in finder.directory.criteria.items():
        service = finder.directory.services[service_id]
        card = cards.mmhs_card(match_of(finder, service_id))
        for pathway in Pathway:
            state = criteria.offers(pathway)
            condition = only_if(criteria, pathway)
            tag = cards.pathway_tag(pathway_view(pathway, state, service.read, condition))
            assert (tag in card) is (state is not PathwayOffer.UNKNOWN)
            if state is PathwayOffer.UNKNOWN:
                unknown = match_of(finder, service_id).helps_unknown
                assert HELPS_WITH(pathway) in unknown and unknown in text(card)
            assert ("only if" if condition else words[state]) in tag.striptags()


def test_what_is_not_published_is_named_and_never_dropped(finder):
    card = text(cards.mmhs_card(match_of(finder, "rowan")))
    assert "Who they see" in card
    assert "partners" in card
    assert card.count("Not known to us") >= 2
    assert "We have not seen whether they help with" in card
    assert "Ask the service." in card
    assert "Not published" not in card, "no page of its own was read"


def test_a_head_office_is_never_an_address_to_go_to(finder):
    for service in finder.directory.services.values():
        if service.office_postcode and not service.is_real_base:
            match = match_of(finder, service.id)
            assert service.office_postcode not in cards.service_card(match), service.id


@pytest.mark.parametrize(
    "column",
    ["name", "provider", "who_for", "referral_note", "hours_text", "period_note", "address"],
)
def test_hostile_cells_stay_text(finder, column):
    match = match_of(finder, "willow", **{column: HOSTILE})
    for card in (
        cards.mmhs_card(match),
        cards.service_card(match),
    ):
        assert "<script" not in card
        assert "<img" not in card


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", ""])
def test_hostile_addresses_are_no_links(finder, url):
    match = match_of(finder, "willow", website=url)
    card = cards.mmhs_card(match)
    assert "javascript:" not in card
    assert 'href="//' not in card


def test_the_words_to_use_name_what_happened(finder):
    service = finder.directory.services["harbour"]
    said = script_text(service, (Pathway.LOSS, Pathway.TOKOPHOBIA))
    assert said.startswith(
        "I would like to ask for a referral to Harbour, the maternal mental health service of "
        "Midshire Coast NHS Trust."
    )
    assert "I lost a baby or a pregnancy. I am very afraid of giving birth." in said


def test_a_line_whose_number_is_not_confirmed_shows_no_number(finder):
    for row in finder.directory.national:
        card = cards.line_card(line_view(Offer(support=row, opening=Opening()), AT))
        if row.phone_status is PhoneStatus.CHECK:
            assert row.phone not in card, row.id
            assert "could not confirm the number" in card
        elif row.phone:
            assert row.phone in card
            assert f'href="tel:{row.phone.replace(" ", "")}"' in card


@pytest.mark.parametrize(
    ("km", "words"),
    [
        (None, ""),
        (0.3, "less than a mile away"),
        (1.7, "about a mile away"),
        (16.1, "about 10 miles away"),
    ],
)
def test_distances_in_words(km, words):
    assert distance_words(km) == words


@pytest.mark.parametrize(
    ("raw", "words"),
    [("2023", "2023"), ("2023-08", "August 2023"), ("2026-11-02", "2 November 2026")],
)
def test_dates_in_words(raw, words):
    assert plain_date(raw) == words


@pytest.mark.parametrize(
    ("months", "words"), [(12, "1 year"), (24, "2 years"), (60, "5 years"), (18, "18 months")]
)
def test_periods_in_words(months, words):
    assert period_words(months) == words


def test_an_extension_is_not_dialled_with_the_number():
    assert dialled("0300 443 0048 ext 7093") == "03004430048"


def test_pages_are_called_by_their_host_and_numbered_where_it_has_several():
    pages = ["https://www.a.nhs.uk/x", "https://b.org/y", "https://a.nhs.uk/z?q=1"]
    assert source_names(pages) == ["a.nhs.uk (page 1)", "b.org", "a.nhs.uk (page 2)"]
