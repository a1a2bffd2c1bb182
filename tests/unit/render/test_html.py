from __future__ import annotations

import pytest
from markupsafe import Markup

from mmhs_finder.render.html.pieces import definition_list, link, sheet_link, tag, tag_list

EVIL = '"><script>alert(1)</script>'


def test_everything_from_data_is_escaped() -> None:
    pieces = [
        tag("yes", EVIL),
        tag_list([tag("no", EVIL)]),
        definition_list([(EVIL, EVIL)]),
        link(f"https://example.org/{EVIL}", EVIL),
    ]
    assert all("<script>" not in piece for piece in pieces)


@pytest.mark.parametrize(
    "href", ["https://a.uk/x?y=1", "http://a.uk", "tel:116123", "mailto:a@b.uk", "sms:85258?body=A"]
)
def test_addresses_that_may_be_links(href: str) -> None:
    assert f'href="{href}"' in link(href, "there")


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//evil.example", "/path",
     "https:evil", "vbscript:x", "", "http://[broken"],
)  # fmt: skip
def test_other_addresses_are_only_text(href: str) -> None:
    assert link(href, "there") == "there"


def test_only_web_links_hide_where_they_come_from() -> None:
    assert 'rel="noreferrer"' in link("https://a.uk", "a")
    assert "rel=" not in link("tel:999", "999")


def test_a_sign_is_spoken_only_where_a_text_does_not_say_it() -> None:
    assert tag("yes", "Loss", "Yes").striptags() == "✓ Yes: Loss"
    assert tag("unknown", "Not confirmed").striptags() == "? Not confirmed"
    assert '<span aria-hidden="true">?</span>' in tag("unknown", "Not confirmed")


def test_the_way_to_a_sheet_stays_in_the_app_and_is_plain_on_the_pages_without_a_script() -> None:
    assert sheet_link("oak", "<Oak>") == (
        '<a href="professionals?service=oak" data-in-app="#sheet-oak h2">&lt;Oak&gt;</a>'
    )
    assert sheet_link("oak", "Oak", "/text/sheet/{}") == '<a href="/text/sheet/oak">Oak</a>'


def test_blank_rows_are_left_out_and_markup_is_kept() -> None:
    html = definition_list([("Open", Markup("<b>Now</b>")), ("Address", "")])
    assert "<b>Now</b>" in html
    assert "Address" not in html


def test_a_link_says_whose_it_is_only_to_who_cannot_see_it():
    assert link("https://a.org", "Website", "<Sands>") == (
        '<a href="https://a.org" rel="noreferrer">Website'
        '<span class="sr-only">: &lt;Sands&gt;</span></a>'
    )
