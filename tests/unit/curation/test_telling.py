"""What a service told: which proof counts, and what must stand together."""

from __future__ import annotations

from datetime import date

import pytest

from mmhs_finder.curation.telling import own_domains, proof_problem, role_problem, told_problems
from mmhs_finder.directory.confirming import Backing, standing
from mmhs_finder.directory.files import CsvRow
from mmhs_finder.directory.freshness import is_stale
from tests.made_up.records import service

OWN = {"oak.nhs.uk"}


@pytest.mark.parametrize(
    ("how", "proof", "own"),
    [
        ("sender_domain", "oak.nhs.uk", OWN),
        ("sender_domain", "Manager@OAK.nhs.uk", OWN),
        ("sender_domain", "mail.oak.nhs.uk", OWN),
        ("sender_domain", "oak.nhs.uk", {"talking.oak.nhs.uk"}),
        ("sender_domain", "elm.nhs.uk", set()),  # no page of their own is known
        ("call_back", "020 7946 0000 https://www.oak.nhs.uk/contact", OWN),
        ("not_known", "", OWN),
        ("", "", OWN),
    ],
)
def test_proof_that_counts(how, proof, own):
    assert proof_problem(how, proof, own) == ""


@pytest.mark.parametrize(
    ("how", "proof", "own", "words"),
    [
        ("sender_domain", "", OWN, "blank"),
        ("sender_domain", "nhs.net", OWN, "many organisations"),
        ("sender_domain", "nhs.uk", OWN, "many organisations"),
        ("sender_domain", "gmail.com", OWN, "does not belong"),
        ("sender_domain", "gmail.com", set(), "does not belong"),
        ("sender_domain", "elm.nhs.uk", OWN, "does not belong"),
        ("sender_domain", "notoak.nhs.uk", OWN, "does not belong"),
        ("sender_domain", "oak.nhs.uk.example.org", OWN, "does not belong"),
        ("sender_domain", "the manager", OWN, "not a domain"),
        ("call_back", "020 7946 0000", OWN, "both"),
        ("call_back", "https://oak.nhs.uk/contact", OWN, "both"),
        ("call_back", "020 7946 0000 https://lists.example.org", OWN, "does not belong"),
        ("not_known", "oak.nhs.uk", OWN, "about nothing"),
    ],
)
def test_proof_that_does_not(how, proof, own, words):
    assert words in proof_problem(how, proof, own)


def test_only_pages_of_the_provider_s_own_say_whose_domain_it_is():
    rows = [
        {"provider": "Oak", "website": "https://www.oak.nhs.uk/x", "website_kind": "service_page"},
        {"provider": "Oak", "website": "https://news.example.org", "website_kind": "news"},
        {"provider": "Elm", "website": "https://elm.nhs.uk", "website_kind": "service_page"},
        {"provider": "", "website": "https://ash.nhs.uk", "website_kind": "service_page"},
    ]
    assert own_domains(rows, "Oak") == {"oak.nhs.uk"}
    assert own_domains(rows, "") == set()


def test_half_an_answer_is_no_answer():
    found = {p.column for p in told_problems(CsvRow(2, {"told_on": "2027-03-03"}), OWN)}
    assert found == {"told_by", "told_how"}
    wait = {p.column for p in told_problems(CsvRow(2, {"wait_therapy_weeks": "8"}), OWN)}
    assert wait == {"availability_as_of"}
    number = CsvRow(2, {"referrer_phone": "020 7946 0000"})
    assert {p.column for p in told_problems(number, OWN)} == {"referrer_phone_status"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Backing.READ),
        ({"told_how": "sender_domain", "told_proof": "oak.nhs.uk"}, Backing.READ),  # no day
        ({"told_on": date(2027, 3, 3), "told_how": "not_known"}, Backing.TOLD),
        ({"told_on": date(2027, 3, 3), "told_how": "sender_domain"}, Backing.TOLD),  # no proof
        (
            {"told_on": date(2027, 3, 3), "told_how": "call_back", "told_proof": "020 x"},
            Backing.CONFIRMED,
        ),
    ],
)
def test_confirmed_needs_a_way_by_which_it_is_known(changes, expected):
    assert standing(service(**changes)) is expected


@pytest.mark.parametrize(
    ("today", "stale"),
    [
        (date(2027, 3, 3), False),
        (date(2027, 6, 3), False),
        (date(2027, 6, 4), True),
        (date(2028, 3, 3), True),
    ],
)
def test_availability_is_old_after_three_months(today, stale):
    assert is_stale(date(2027, 3, 3), today) is stale
    assert is_stale(None, today) is False


@pytest.mark.parametrize(
    "role",
    [
        "Team manager",
        "Clinical Lead, perinatal",
        "Duty co-ordinator",
        "Bereavement midwife",
        "Specialist health visitor",
        "Peer support worker",
        "Occupational therapist",
    ],
)
def test_a_role_is_a_role(role: str):
    assert role_problem(role) == ""


@pytest.mark.parametrize(
    "role", ["", "Dr Jane Example", "Jane", "manager (Jane)", "jane@example.org", "07700 900000"]
)
def test_what_may_be_a_name_is_no_role(role: str):
    assert role_problem(role)
