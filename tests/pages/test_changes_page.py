"""The page "What has changed" as Streamlit runs it: choices, links, pages, another directory."""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.streamlit.changes import PER_PAGE, link_to
from mmhs_finder.directory.changes import FILE, HISTORY_COLUMNS
from mmhs_finder.views.changes import AskedChanges
from mmhs_finder.views.history import ENGLAND, NATIONS, What
from mmhs_finder.words import say
from tests.pages.test_data_replaced import put_in_place
from tests.pages.test_pages import page_text, ran, start

PAGE = "../../../pages/changes.py"
KENT = "E54000032"


def opened(**query: str) -> AppTest:
    """The page as a link opens it."""
    app = start().switch_page(PAGE)
    for name, value in query.items():
        app.query_params[name] = value
    return ran(app.run())


def listed(app: AppTest) -> str:
    """The list, without its choices and its feeds."""
    text = page_text(app)
    return text[text.index("What has changed") : text.index("changes-feeds")]


def choose(app: AppTest, name: str, value: str) -> AppTest:
    app.selectbox(key=f"changes_{name}").set_value(value)
    return ran(app.run())


@pytest.fixture
def replaced(monkeypatch, application, directory, tmp_path):
    """Puts a directory in place whose history has these changes: (day, file, row, column, ...)."""

    def put(*rows, **fields):
        folder = shutil.copytree(directory.folder, tmp_path / "data")
        with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HISTORY_COLUMNS, *rows])
        put_in_place(monkeypatch, application, replace(directory, folder=folder, **fields))

    return put


def test_it_says_what_it_is_counts_and_leads_to_sheets_sources_and_feeds():
    text = page_text(opened())
    assert say("changes.intro") in text
    assert re.search(r"<strong>\d+ changes in \d+ entries</strong>", text)
    assert '<a href="professionals?service=birch" data-in-app="#sheet-birch h2">Birch</a>' in text
    assert '<a href="https://example.org/birch" rel="noreferrer">' in text
    assert 'href="/changes.atom"' in text and 'href="/changes.json"' in text
    assert "Curators of" not in text and "MADE-UP" not in text


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ({"icb": KENT}, "Harbour", "Birch"),
        ({"month": "2026-10"}, "Birch", "Harbour"),
        ({"what": "helps"}, "Willow", "Birch"),
        ({"icb": ENGLAND}, "Samaritans", "Harbour"),
        ({"icb": "unknown", "what": "x", "month": "1999-01"}, "Harbour", "no such thing"),
    ],
)
def test_a_link_opens_the_list_that_it_asks_for(query, there, not_there):
    text = listed(opened(**query))
    assert there in text and not_there not in text


def test_the_choices_of_a_link_can_be_changed_and_the_address_forgets_it():
    app = opened(icb=KENT, month="2026-11")
    assert app.selectbox(key="changes_place").value == KENT
    app = choose(app, "place", "")
    assert "Willow" in listed(app)
    assert not app.query_params
    assert app.selectbox(key="changes_month").value == "2026-11"


def test_the_offered_link_opens_the_same():
    app = opened(icb=KENT, what="where")
    asked = AskedChanges(KENT, What.WHERE)
    assert link_to(asked) == f"?icb={KENT}&what=where"
    assert link_to(asked).replace("&", "&amp;") in page_text(app)
    assert f'href="/changes.atom?icb={KENT}"' in page_text(app)


def test_another_link_in_the_same_visit_is_followed_too():
    app = opened(icb=KENT)
    app.query_params["icb"] = ENGLAND
    text = listed(ran(app.run()))
    assert "Samaritans" in text and "Harbour" not in text


def test_where_nothing_was_changed_it_says_so():
    assert say("changes.none_icb", place=say("changes.nations")) in listed(opened(icb=NATIONS))
    assert say("changes.none") in listed(opened(icb=KENT, what="waits"))


def test_a_long_list_is_turned_and_begins_anew_with_another_choice(replaced, directory):
    days = (date.fromordinal(date(2020, 1, 1).toordinal() + n) for n in range(2 * PER_PAGE + 1))
    birch = directory.services["birch"].model_copy(update={"min_age": 2 * PER_PAGE + 1})
    replaced(
        *((day, "services.csv", "birch", "min_age", n, n + 1) for n, day in enumerate(days)),
        services={**directory.services, "birch": birch},
    )
    app = opened()
    seen = [re.findall(r"Now: (\d+)", listed(app))]
    for _ in range(2):
        assert not app.button(key="changes-older").disabled
        app = ran(app.button(key="changes-older").click().run())
        seen.append(re.findall(r"Now: (\d+)", listed(app)))
    assert app.button(key="changes-older").disabled
    assert [n for page in seen for n in page] == [str(n) for n in range(2 * PER_PAGE + 1, 0, -1)]
    app = choose(app, "what", "who")
    assert re.findall(r"Now: (\d+)", listed(app)) == seen[0]


def test_a_directory_that_is_replaced_brings_its_own_history(replaced):
    app = choose(opened(), "month", "2026-10")
    assert "Birch" in listed(app)
    replaced(("2026-12-01", "services.csv", "oak", "min_age", "16", "17"))
    text = listed(ran(app.run()))
    assert "December 2026" in text and "Oak Loss Service" in text and "Birch" not in text


def test_about_and_coverage_lead_here():
    about = page_text(ran(start().switch_page("../../../pages/about.py").run()))
    assert f'<a href="changes" data-in-app="h1">{say("changes.link")}</a>' in about
    app = start().switch_page("../../../pages/coverage.py")
    app.query_params["where"] = KENT
    words = say("changes.link_icb", place="NHS Kent and Medway")
    assert f'<a href="changes?icb={KENT}" data-in-app="h1">{words}</a>' in page_text(ran(app.run()))


def test_it_stands_in_the_footer():
    assert '<a href="/changes" data-in-app="">What has changed</a>' in page_text(start())
