"""The form "Tell us if something is wrong" on the About page."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.streamlit import correcting
from mmhs_finder.curation.suggestions import SETTING, read_suggestions
from mmhs_finder.words import say
from tests.pages.test_pages import page_text, ran, search, start

ABOUT = "../../../pages/about.py"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(SETTING, str(tmp_path))
    return tmp_path


def fill(app: AppTest, right: str) -> AppTest:
    app.selectbox(key="correction_fact").select("phone")
    app.text_area(key="correction_right").input(right)
    app.radio(key="correction_how").set_value("used_it")
    return ran(_submit(app).click().run())


def _submit(app: AppTest):  # type: ignore[no-untyped-def]
    return next(b for b in app.button if b.label == say("suggest.submit"))


def test_the_service_that_was_looked_at_is_chosen_and_what_is_sent_is_kept(folder: Path) -> None:
    app = search(start(), "CT1 3NG")
    assert say("card.wrong") in page_text(app)
    app = ran(app.switch_page(ABOUT).run())
    assert app.selectbox(key="correction_entry").value == "harbour"
    app = fill(app, "I live in CT1 3NG: it is 020 7946 0111")
    assert "a postcode" in page_text(app)
    assert read_suggestions(folder) == []
    app = fill(app, "It is 020 7946 0111")
    assert say("suggest.thanks_text") in page_text(app)
    (kept,) = read_suggestions(folder)
    assert kept.suggestion is not None and kept.suggestion.entry == "harbour"
    assert app.text_area(key="correction_right").value == ""


def test_a_visit_has_a_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(correcting, "MOST_A_VISIT", 0)
    app = search(start(), "CT1 3NG")
    app = fill(ran(app.switch_page(ABOUT).run()), "It is 020 7946 0111")
    assert say("suggest.often") in page_text(app)
    assert read_suggestions(folder) == []


def test_where_nobody_reads_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    app = ran(start().switch_page(ABOUT).run())
    assert say("suggest.title") not in page_text(app)
