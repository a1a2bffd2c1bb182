"""The strip on the pages: it follows the nation, stands when a page breaks, and before a search."""

from __future__ import annotations

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.streamlit import frame, results
from tests.pages.test_pages import other, page_text, ran, search, start


def strip(app: AppTest) -> str:
    (found,) = [e.proto.body for e in app.get("html") if 'class="urgent"' in e.proto.body]
    return found


def test_before_any_search_it_says_for_whom_each_number_is():
    markup = strip(start())
    section = markup[: markup.index("</section>")]
    assert " ".join(unescape(re.sub(r"<[^>]+>", " ", section)).split()) == (
        "In danger now? Call 999 in danger Need urgent mental health help? Call 111, press 2 "
        "urgent, day and night, England and Wales More ways In Scotland, call NHS 24 Mental Health "
        "Hub on 111 . In Northern Ireland, call Made Up Lifeline on 0808 157 0201 . To talk, call "
        "Samaritans on 116 123 . To write, text SHOUT to 85258 . All of these are free, day and "
        "night. All urgent help"
    )
    assert re.findall(r'href="([^"]+)"', section) == [
        "tel:999",
        "tel:111",
        "tel:111",
        "tel:08081570201",
        "tel:116123",
        "sms:85258?body=SHOUT",
        "/other-support",
    ]


@pytest.mark.parametrize(
    ("typed", "there", "not_there"),
    [
        ("BT1 5GS", "Lifeline", "press 2"),
        ("EH1 1YZ", "NHS 24", "press 2"),
        ("CT1 3NG", "press 2", "Lifeline"),
        ("JE2 3QA", "tel:999", "116 123"),
    ],
)
def test_after_a_search_it_is_that_nations_on_every_page(typed, there, not_there):
    app = search(start(), typed)
    for page in (app, other(app)):
        assert there in strip(page)
        assert not_there not in strip(page)


def test_a_nation_that_is_chosen_without_a_postcode_is_followed():
    app = other(start())
    assert "England and Wales" in strip(app), "England stands there unasked"
    box = app.selectbox(key="nation")
    box.select_index([str(o) for o in box.options].index("Northern Ireland"))
    assert "press 2" not in strip(ran(app.run()))


def test_it_stands_when_a_page_breaks(monkeypatch):
    app = search(start(), "BT1 5GS")

    def breaks(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(results, "show_answer", breaks)
    app = app.run()
    assert app.error and "Lifeline" in strip(app)


def test_it_stands_when_the_visit_cannot_be_read(monkeypatch):
    def breaks() -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(frame, "Visit", breaks)
    assert "England and Wales" in strip(start())


@pytest.mark.parametrize("topic", ["psychosis", "racing_thoughts"])
def test_she_sees_things_after_the_birth_and_it_is_said_before_any_line(topic):
    app = other(search(start(), "CT1 3NG"))
    app.pills(key="topic").set_value(topic)
    text = page_text(ran(app.run()))
    assert "Get help today" in text
    page = text.index('id="main-content"')
    assert text.index("See your GP today", page) < text.index("Samaritans", page)
    assert "how old your baby is" in text
    assert "mother and baby unit" in text


def test_she_sees_things_after_her_baby_died_and_no_unit_is_named():
    app = search(start(), "CT1 3NG")
    app.pills(key="needs").set_value(["loss"])
    app = other(ran(app.run()))
    app.pills(key="topic").set_value("psychosis")
    text = page_text(ran(app.run()))
    assert "Get help today" in text
    assert "other and baby unit" not in text
    assert "how old your baby" not in text
    assert "Family hub" not in text


def test_not_sure_on_other_support_has_a_line_for_loss_and_baby_help_last():
    """Baby help only where she has said that a baby is with her, and then last."""
    app = search(start(), "CT1 3NG")
    app.pills(key="needs").set_value(["loss"])
    app.session_state["answer_has_baby"] = "yes"
    app = other(ran(app.run()))
    app.pills(key="topic").set_value("any")
    app.toggle(key="open_only").set_value(False)
    text = page_text(ran(app.run()))
    lines = text[text.index('id="main-content"') :]
    assert (
        lines.index("Samaritans")
        < lines.index("Made Up Stillbirth Line")
        < lines.index("Made Up Crying Baby Line")
    )


def test_not_sure_on_other_support_has_no_help_with_a_baby_until_it_is_asked_for():
    app = other(start())
    app.toggle(key="open_only").set_value(False)
    text = page_text(ran(app.run()))
    lines = text[text.index('id="main-content"') :]
    assert lines.index("Samaritans") < lines.index("Made Up Stillbirth Line")
    assert "Made Up Crying Baby Line" not in lines
    app.pills(key="topic").set_value("with_a_baby")
    assert "Made Up Crying Baby Line" in page_text(ran(app.run())), "she asked for it"
