"""Every page in the made-up language: nothing on it is in English but what the directory says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from tests.made_up.language import Known, english, visible
from tests.pages.test_pages import ROUTER

pytestmark = pytest.mark.usefixtures("second_language")

SHOWN = {"label", "body", "help", "placeholder", "options", "caption", "text", "value"}


def strings(message: object, key: str = "") -> Iterator[str]:
    """The texts of an element as Streamlit sends it to the browser."""
    if isinstance(message, dict):
        for name, value in message.items():
            yield from strings(value, name)
    elif isinstance(message, list):
        for value in message:
            yield from strings(value, key)
    elif isinstance(message, str) and key in SHOWN:
        yield message


def texts_of(app: AppTest) -> list[str]:
    assert not app.exception, [e.message for e in app.exception]
    found = []
    for node in app._tree:
        if (proto := getattr(node, "proto", None)) is not None and hasattr(proto, "DESCRIPTOR"):
            found += [v for text in strings(MessageToDict(proto)) for v in visible(text)]
    return found


def opened(page: str = "", **query: str) -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=90)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(f"../../../pages/{page}.py").run() if page else app


def searched(typed: str, page: str = "") -> AppTest:
    app = opened()
    app.text_input(key="postcode").set_value(typed)
    app = app.button[0].click().run()
    return app.switch_page(f"../../../pages/{page}.py").run() if page else app


def said_in_english(app: AppTest, known: Known) -> list[str]:
    texts = texts_of(app)
    assert len(texts) > 20
    return english(texts, known)


@pytest.mark.parametrize("typed", ["CT1 3NG", "EH1 1YZ", "HU3 2JZ", "Margate", "12345"])
def test_the_first_page_with_its_answer(known, typed):
    still = said_in_english(searched(typed), known)
    assert not still


@pytest.mark.parametrize(
    "page", ["other_support", "services", "coverage", "planning", "bulk", "about", "professionals"]
)
def test_a_page_without_a_search(known, page):
    still = said_in_english(opened(page), known)
    assert not still


@pytest.mark.parametrize("page", ["check", "professionals", "other_support"])
def test_a_page_after_a_search(known, page):
    still = said_in_english(searched("CT1 3NG", page), known)
    assert not still
