"""Every page in the made-up language: nothing on it is in English but what the directory says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from mmhs_finder.views.bulk_columns import ADDED
from tests.made_up.language import Known, english, visible
from tests.pages.test_pages import ROUTER

pytestmark = pytest.mark.usefixtures("second_language")

VIEW_KEYS = {"professionals": "professional_view", "planning": "planning_view"}
SHOWN = {"label", "body", "help", "placeholder", "options", "caption", "text", "value"}


def strings(message: object, key: str = "") -> Iterator[str]:
    """The texts of an element as Streamlit sends it to the browser."""
    if isinstance(message, dict):
        for name, value in message.items():
            if name != "labelVisibility":  # whether a label is in sight, not a text
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
    "page",
    [
        "other_support",
        "services",
        "coverage",
        "planning",
        "bulk",
        "about",
        "professionals",
        "changes",
    ],
)
def test_a_page_without_a_search(known, page):
    still = said_in_english(opened(page), known)
    assert not {*still} - {*ADDED}, "but for the names of columns, which are the same in all files"


@pytest.mark.parametrize("page", ["check", "professionals", "other_support"])
def test_a_page_after_a_search(known, page):
    still = said_in_english(searched("CT1 3NG", page), known)
    assert not still


@pytest.mark.parametrize(
    ("page", "view"),
    [
        ("professionals", "compare"),
        ("professionals", "case"),
        ("planning", "integrate"),
        ("planning", "why"),
        ("planning", "workforce"),
        ("planning", "practice"),
    ],
)
def test_another_view_of_a_page(known, page, view):
    app = searched("CT1 3NG", page)
    app.segmented_control(key=VIEW_KEYS[page]).set_value(view)
    still = said_in_english(app.run(), known)
    assert not still


@pytest.mark.parametrize("typed", ["CT1 3NG", "TS24 7BT", "EH1 1YZ"])
def test_what_is_said_to_somebody_who_answers(known, typed):
    app = searched(typed)
    app.pills(key="needs").set_value(["birth_trauma", "loss", "other"])
    app = app.run().switch_page("../../../pages/check.py").run()
    for radio in app.radio[1:]:
        radio.set_value(radio.options[0])
    still = said_in_english(app.run(), known)
    assert not still


@pytest.mark.parametrize("level", ["council", "icb", "region"])
@pytest.mark.parametrize("view", ["map", "gaps", "need", "table"])
def test_coverage(known, level, view):
    area = {"council": "E07000106", "icb": "E54000032", "region": "South East"}[level]
    app = opened("coverage")
    for name, value in {"level": level, "measure": "loss", "view": view, "area": area}.items():
        app.query_params[name] = value
    still = said_in_english(app.run(), known)
    assert not still
