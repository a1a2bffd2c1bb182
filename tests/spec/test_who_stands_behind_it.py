"""What a service told us is told with its day and by whom; what we read never looks like it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from mmhs_finder.answers.notices import notices_of
from mmhs_finder.answers.types import Match, Outcome
from mmhs_finder.directory import Directory
from mmhs_finder.directory.confirming import Backing, is_confirmed_now, newest_evidence, standing
from mmhs_finder.directory.models import Certainty, ServiceKind
from mmhs_finder.hours import opening_at
from mmhs_finder.nation import Nation
from mmhs_finder.render.html.cards import source_line
from mmhs_finder.render.registry import RENDERERS
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.listing import Filters, Sort, listing, to_csv, to_json
from mmhs_finder.views.printed import printed_view
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.views.sources import service_source, standing_lines, told_words
from mmhs_finder.views.verdict import verdict_view
from mmhs_finder.words import say
from tests.made_up.records import TODAY, TUESDAY_NOON, answer, match, place, service
from tests.made_up.world import directory as made_of

PROOF = "example.org"
ROLE = "service manager"
TOLD = {"told_on": "2026-11-02", "told_by": ROLE}
CONFIRMED = {**TOLD, "told_how": "sender_domain", "told_proof": PROOF}
RUNG_BACK = {**TOLD, "told_how": "call_back", "told_proof": "020 7946 0000 https://example.org/us"}
UNPROVEN = {**TOLD, "told_how": "sender_domain"}
NOT_KNOWN = {**TOLD, "told_how": "not_known"}
LONG_AGO = {**CONFIRMED, "told_on": "2024-03-03"}

SAID = say("source_told.confirmed", date="2 November 2026")
HEARD = say("source_told.told", date="2 November 2026")
THEN = say("source_told.confirmed", date="3 March 2024") + " " + say("source_told.old")


@pytest.mark.parametrize(
    ("columns", "backing", "words"),
    [
        ({}, Backing.READ, ""),
        (CONFIRMED, Backing.CONFIRMED, SAID),
        (RUNG_BACK, Backing.CONFIRMED, SAID),
        (UNPROVEN, Backing.TOLD, HEARD),
        (NOT_KNOWN, Backing.TOLD, HEARD),
        (LONG_AGO, Backing.CONFIRMED, THEN),
    ],
)
def test_who_stands_behind_a_row_is_said_with_its_day(columns, backing, words):
    of = service(**columns)
    assert standing(of) is backing
    assert told_words(of, TODAY) == service_source(of, TODAY).told == words


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize(
    ("columns", "words"), [(CONFIRMED, SAID), (NOT_KNOWN, HEARD), (LONG_AGO, THEN), ({}, "")]
)
def test_a_parent_reads_it_in_every_rendering(name, columns, words):
    of = service(**columns)
    drawn = RENDERERS[name](answer_view(answer(match(of))))
    if name == "json":
        found = json.loads(drawn)["mmhs"][0]
        assert found["standing"] == standing(of).value
        assert found["told_on"] == (of.told_on and of.told_on.isoformat())
    else:
        assert words in drawn
        assert ("onfirmed by the service" in drawn) == ("onfirmed by the service" in words)
        assert ROLE not in drawn, "who answered is for people who refer"


def test_it_stands_in_sight_and_not_behind_the_fold():
    drawn = source_line(service_source(service(**CONFIRMED), TODAY))
    assert drawn.index(SAID) < drawn.index("<details")
    bare = source_line(service_source(service(**CONFIRMED, source_urls=()), TODAY))
    assert SAID in bare and "<details" not in bare


def test_paper_says_it_too():
    summary = printed_view(answer(match(service(**CONFIRMED))), ()).services[0].summary
    assert summary.source_dates.startswith(SAID)


@pytest.mark.parametrize(
    ("columns", "said", "how"),
    [
        (CONFIRMED, "confirmed", "sender_domain"),
        (RUNG_BACK, "confirmed", "call_back"),
        (UNPROVEN, "told", "not_known"),
        (NOT_KNOWN, "told", "not_known"),
    ],
)
def test_somebody_who_refers_reads_in_which_role_and_how_it_was_known(columns, said, how):
    assert standing_lines(service(**columns), TODAY) == [
        say(f"sheet.backing_{said}", date="2 November 2026"),
        say("sheet.backing_by", role=ROLE),
        say(f"sheet.backing_how_{how}"),
    ]
    assert standing_lines(service(), TODAY) == [say("sheet.backing_read")]


def test_an_old_confirmation_is_told_as_old_to_everybody():
    assert say("source_told.old") in standing_lines(service(**LONG_AGO), TODAY)[0]
    notices = [n.text for n in answer_view(_found(service(**LONG_AGO, source_date=""))).notices]
    assert any("2024" in text for text in notices)


def _found(of):
    """An answer with the notices that the finder gives."""
    found = [match(of)]
    notices = notices_of(place(), Outcome.ONE_SERVICE, found, (), (), TODAY)
    return answer(*found, notices=tuple(notices))


@pytest.mark.parametrize(
    ("columns", "newest", "now"),
    [
        ({}, "2022-05", False),
        (CONFIRMED, "2026-11-02", True),
        (NOT_KNOWN, "2022-05", False),
        (LONG_AGO, "2024-03-03", False),
        ({**CONFIRMED, "told_on": "2021-01-01"}, "2022-05", False),
    ],
)
def test_what_the_service_confirmed_is_evidence_of_that_day(columns, newest, now):
    of = service(source_date="2022-05", **columns)
    assert newest_evidence(of) == newest
    assert is_confirmed_now(of, TODAY) is now
    old = any("Some of this is from" in n.text for n in answer_view(_found(of)).notices)
    assert old is not now


# --- what nobody outside may read ---------------------------------------------------------------

REFERRERS = {
    "referrer_phone": "0113 496 0199",
    "referrer_phone_status": "confirmed",
    "referrer_email": "for-gps@example.org",
}
HERS = {"phone": "020 7946 0000", "phone_audience": "public", "phone_status": "confirmed"}


def _match(directory: Directory, key: str) -> Match:
    of = directory.services[key]
    return Match(
        service=of,
        opening=opening_at("", Nation.ENGLAND, TUESDAY_NOON),
        certainty=Certainty.STATED,
        criteria=directory.criteria.get(of.id),
    )


@pytest.mark.parametrize(
    ("self_referral", "status"), [("yes", "confirmed"), ("no", "confirmed"), ("no", "check")]
)
def test_no_parent_is_given_what_is_for_referrers_or_for_curators(
    directory: Directory, self_referral, status
):
    """Of every service of the directory: only the words for a GP name the number, never a link."""
    more = {**REFERRERS, **CONFIRMED, "told_proof": "proof.example.net"}
    more |= {"referrer_phone_status": status, "self_referral": self_referral}
    for key, row in directory.services.items():
        of = type(row).model_validate(row.model_dump() | more)
        alone = match(of, criteria=directory.criteria.get(key))
        mmhs = of.kind is ServiceKind.MMHS
        found = answer(alone) if mmhs else answer(alternatives=(alone,))
        view, page = answer_view(found), printed_view(found, ())
        for drawn in (*(draw(view) for draw in RENDERERS.values()), repr(verdict_view(found))):
            assert "proof.example.net" not in drawn
            assert "tel:01134960199" not in drawn
        for text in (RENDERERS["html"](view), RENDERERS["text"](view)):
            assert "for-gps@example.org" not in text
            scripts = " ".join([view.verdict.words, *(s.script for s in view.every_service)])
            if "0113 496 0199" in text:
                assert "0113 496 0199" in scripts and status == "confirmed"
        for shown in view.every_service:
            ways = repr(shown.ways) + repr(shown.contact) + shown.note + repr(shown.facts)
            assert "0113 496 0199" not in ways and "for-gps@example.org" not in ways
        paper = repr(page)
        assert "for-gps@example.org" not in paper and "proof.example.net" not in paper
        assert ("0199" in paper) <= (status == "confirmed")


def test_people_who_refer_get_their_own_number_first_and_marked():
    of = service(**HERS, **REFERRERS)
    made = made_of([of], [])
    lines = [line.text for line in referral_sheet(made, of, today=TODAY).ways]
    assert lines == [
        say("sheet.phone_professional", phone="0113 496 0199"),
        say("sheet.phone_parents", phone="020 7946 0000"),
        say("sheet.email_professional", email="for-gps@example.org"),
    ]


def test_the_sheet_of_no_service_names_the_proof(directory: Directory):
    for of in directory.services.values():
        told = repr(referral_sheet(directory, of, today=TODAY).rows)
        assert not of.told_proof or of.told_proof not in told


# --- files --------------------------------------------------------------------------------------


def test_files_of_the_list_say_it(directory: Directory):
    found = listing(directory, Filters(), Sort.NAME, TODAY)
    birch = next(row for row in found if row.id == "birch")
    assert (birch.standing, birch.told_on, birch.told_by) == ("confirmed", "2026-11-02", ROLE)
    assert (birch.new_referrals, birch.wait_assessment_weeks) == ("yes", "6")
    assert (birch.availability_as_of, birch.availability) == ("2026-11-02", "recent")
    larch = next(row for row in found if row.id == "larch")
    assert (larch.standing, larch.new_referrals, larch.availability) == ("told", "no", "old")
    assert larch.pathways_only_if == ("loss: it was after 24 weeks of pregnancy",)
    for made in (to_csv(found).decode(), to_json(found).decode()):
        assert "https://example.org/birch" in made
        assert directory.services["birch"].told_proof not in made
    newest = [row.id for row in listing(directory, Filters(), Sort.NEWEST, TODAY)]
    assert newest[0] == "birch", "confirmed last, though its page is older than others"


def test_a_day_without_a_month_is_older_than_none_of_its_days():
    assert newest_evidence(service(source_date="2026", **CONFIRMED)) == "2026-11-02"
    assert date.fromisoformat(newest_evidence(service(source_date="", **CONFIRMED)))
