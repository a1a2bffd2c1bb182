"""How dates, miles, periods, names and sentences are worded: `views.wording`."""

from __future__ import annotations

from datetime import date

import pytest

from mmhs_finder.views.sources import source_links
from mmhs_finder.views.wording import (
    distance_words,
    period_words,
    plain_date,
    referrers_words,
    sentence,
    source_names,
    unbroken,
)
from mmhs_finder.words import say

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023", "2023"),
        ("2023-01", "January 2023"),
        ("2023-12", "December 2023"),
        ("2026-11-22", "22 November 2026"),
        ("2026-09-05", "5 September 2026"),
    ],
)
def test_a_date_is_as_exact_as_its_source(text, words):
    assert plain_date(text) == words


def test_every_month_has_its_name():
    names = [plain_date(f"2026-{m:02}").split()[0] for m in range(1, 13)]
    assert names == [date(2026, m, 1).strftime("%B") for m in range(1, 13)]


@pytest.mark.parametrize(
    ("km", "key", "miles"),
    [
        (None, "", 0),
        (0, "near", 0),
        (1.6, "near", 0),
        (1.61, "one", 1),
        (2.41, "one", 1),
        (2.42, "", 2),
        (16.1, "", 10),
    ],
)
def test_distance_is_in_miles_as_people_say_them(km, key, miles):
    near_or_one = say(f"card.distance_{key}") if key else ""
    far = say("card.distance", miles=miles) if km and not key else ""
    assert distance_words(km) == near_or_one + far


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (1, "1 months"),
        (11, "11 months"),
        (12, "1 year"),
        (18, "18 months"),
        (24, "2 years"),
        (60, "5 years"),
    ],
)
def test_whole_years_are_told_in_years(months, words):
    assert period_words(months) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("  ", ""),
        ("for parents", "For parents."),
        (" For parents. ", "For parents."),
        ("why?", "Why?"),
        ("Now!", "Now!"),
        ("NHS staff", "NHS staff."),
    ],
)
def test_a_published_text_becomes_a_sentence(text, words):
    assert sentence(text) == words


def test_a_number_does_not_break_over_two_lines():
    assert unbroken("0300 123 1") == f"0300{NBSP}123{NBSP}1"


def test_who_may_refer_stands_in_one_order_and_herself_is_not_among_them():
    codes = ("voluntary", "self", "midwife", "gp")
    names = [say(f"referrer.{c}") for c in ("gp", "midwife", "voluntary")]
    assert referrers_words(codes) == f"{names[0]}, {names[1]} or {names[2]}"
    assert referrers_words(("any_health_professional", "perinatal_team")).startswith(
        say("referrer.perinatal_team")
    )
    assert referrers_words(("self",)) == ""


@pytest.mark.parametrize(
    ("urls", "names"),
    [
        (["https://www.a.example/x"], ["a.example"]),
        (["https://a.example/x", "https://b.example"], ["a.example", "b.example"]),
        (["not a url"], ["not a url"]),
    ],
)
def test_a_page_is_named_by_its_host(urls, names):
    assert source_names(urls) == names


def test_several_pages_of_a_host_are_numbered():
    urls = ["https://a.example/1", "https://b.example", "https://www.a.example/2"]
    one, two = (say("source.one_of", host="a.example", number=n) for n in (1, 2))
    assert source_names(urls) == [one, "b.example", two]
    assert source_links(urls) == tuple(zip([one, "b.example", two], urls, strict=True))
