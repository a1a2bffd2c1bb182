"""How miles, periods, names and sentences are worded: `views.wording`."""

from __future__ import annotations

import pytest

from mmhs_finder.directory.named import REFERRER
from mmhs_finder.views.sources import source_links
from mmhs_finder.views.wording import (
    distance_words,
    first_of,
    period_words,
    referrers_words,
    sentence,
    source_names,
    unbroken,
)
from mmhs_finder.words import say

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("km", "words"),
    [
        (None, ""),
        (0, say("names.distance_near")),
        (1.6, say("names.distance_near")),
        (1.61, "about a mile away"),
        (2.41, "about a mile away"),
        (2.42, say("names.distance", count=2)),
        (16.1, say("names.distance", count=10)),
    ],
)
def test_distance_is_in_miles_as_people_say_them(km, words):
    assert distance_words(km) == words


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (1, "1 month"),
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
    names = [REFERRER(c) for c in ("gp", "midwife", "voluntary")]
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


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["Kent"], "Kent"),
        (["Kent", "Surrey"], "Kent, Surrey"),
        (["Kent", "Surrey", "Essex"], f"Kent, Surrey, {say('names.more', count=1)}"),
    ],
)
def test_no_name_is_left_out_without_a_word(names, words):
    assert first_of(names, 2) == words
