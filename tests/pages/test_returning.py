"""By what a browser knows that its visit is still there. The rest is in `test_replicas.py`."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.words import say
from tests.pages.test_pages import page_text, ran, search, start


def mark(app: AppTest) -> str:
    (found,) = re.findall(r'data-visit="([^"]+)"', page_text(app))
    return str(found)


def test_a_visit_has_one_mark_as_long_as_it_lasts() -> None:
    app = start()
    first = mark(app)
    assert re.fullmatch(r"[0-9a-f]{16}", first)
    assert mark(search(app, "CT1 3NG")) == first
    ran(app.button(key=Visit.STILL_HERE).click().run())
    assert mark(app) == first
    ran(next(b for b in app.button if b.label == say("find.new_search")).click().run())
    assert mark(app) == first, "beginning again is the same visit"


def test_another_visit_has_another() -> None:
    assert mark(start()) != mark(start())


def test_asking_again_changes_nothing_that_is_shown() -> None:
    app = search(start(), "CT1 3NG")
    before = page_text(app)
    ran(app.button(key=Visit.STILL_HERE).click().run())
    assert page_text(app) == before
