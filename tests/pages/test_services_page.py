"""All services: each filter narrows the table, pages turn, and the files are those of the list."""

from __future__ import annotations

import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.streamlit import services
from mmhs_finder.channels.streamlit.services import KINDS, PER_PAGE
from mmhs_finder.channels.streamlit.visit import ListChoices
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.render.html.services import table_html
from mmhs_finder.render.maps.listing import listing_map
from mmhs_finder.views.listing import Filters, ListedService, Sort, listing, rows
from mmhs_finder.words import say
from tests.pages.offered import files as offered
from tests.pages.test_pages import page_text, ran, start

PAGE = "../../../pages/services.py"
TODAY = date(2026, 11, 22)
ATTACK = "<script>alert(1)</script>`${alert(1)}{{7*191}}"


@pytest.fixture(scope="module")
def total(directory: Directory) -> int:
    return len(directory.services)


@pytest.fixture(scope="module")
def last(total: int) -> int:
    """The number of the last page."""
    return -(-total // PER_PAGE)


def opened(kinds: str = "every") -> AppTest:
    app = ran(start().switch_page(PAGE).run())
    if kinds != KINDS[0]:
        app.segmented_control(key=ListChoices.kinds.key).set_value(kinds)
        ran(app.run())
    return app


def test_it_opens_with_the_maternal_mental_health_services(directory: Directory, total: int):
    app = opened("mmhs")
    text = page_text(app)
    few = len(directory.services_of(ServiceKind.MMHS))
    assert f"{few} of {total} services." in text
    assert "Counselling" not in text.split("<tbody")[1].split("</tbody>")[0]
    assert not [m for m in app.multiselect if m.key == "listing_kind"]


def test_a_name_that_only_other_kinds_have_is_said_to_be_there(directory: Directory):
    app = opened("mmhs")
    app.text_input(key="listing_text").set_value("pier counselling")
    text = page_text(ran(app.run()))
    choice = say("listing.show_every")
    assert "No service fits all of these filters." in text
    assert say("listing.other_kinds", count=1, choice=choice) in text
    app.segmented_control(key=ListChoices.kinds.key).set_value("every")
    text = page_text(ran(app.run()))
    assert "Pier Counselling" in text and choice not in text.split("<tbody")[1]


def test_the_map_is_drawn_only_when_somebody_asks(monkeypatch):
    drawn = []
    monkeypatch.setattr(services, "_map", lambda *_: drawn.append(1))
    app = opened()
    assert not drawn
    app.toggle(key=ListChoices.shows_map.key).set_value(True)
    ran(app.run())
    assert drawn


def test_folded_filters_are_named_above_the_list():
    app = opened()
    app.multiselect(key="listing_self_referral").set_value(["yes"])
    app.multiselect(key="listing_region").set_value(["East of England"])
    text = page_text(ran(app.run()))
    assert "Filters: East of England; Self-referral: Yes." in text
    assert "Filters:" not in page_text(press(app, "Clear the filters"))


def press(app: AppTest, label: str) -> AppTest:
    return ran(next(b for b in app.button if b.label == label).click().run())


def test_all_services_a_page_at_a_time_to_the_last_and_no_further(total: int, last: int):
    app = opened()
    text = page_text(app)
    assert f"{total} of {total} services. Showing 1 to {PER_PAGE}." in text
    assert text.count('<tr role="row"><th scope="row"') == PER_PAGE
    assert f"Page 1 of {last}" in text
    shown = f"Showing {PER_PAGE + 1} to {min(2 * PER_PAGE, total)}."
    assert shown in page_text(press(app, "Next page"))
    app.session_state[ListChoices.page.key] = 999
    text = page_text(ran(app.run()))
    assert f"Page {last} of {last}" in text
    assert next(b for b in app.button if b.label == "Next page").disabled


def test_a_filter_on_a_later_page_shows_what_there_is(directory: Directory, total: int):
    app = press(opened(), "Next page")
    app.multiselect(key="listing_kind").set_value(["separation"])
    text = page_text(ran(app.run()))
    few = len(directory.services_of(ServiceKind.SEPARATION))
    assert f"{few} of {total} services. Showing 1 to {min(few, PER_PAGE)}." in text


def test_filters_go_together_and_are_cleared(total: int):
    app = opened()
    app.multiselect(key="listing_kind").set_value(["mmhs"])
    app.multiselect(key="listing_pathway").set_value(["separation"])
    app.multiselect(key="listing_region").set_value(["East of England"])
    text = page_text(ran(app.run()))
    assert "Willow Maternal Team" in text
    assert f"{total} of {total}" not in text
    assert f"{total} of {total}" in page_text(press(app, "Clear the filters"))


def test_nothing_that_fits_is_said():
    app = opened()
    app.text_input(key="listing_text").set_value("zzzqqq")
    text = page_text(ran(app.run()))
    assert "No service fits all of these filters." in text
    assert "<table" not in text


def test_both_services_of_one_name_are_listed_with_what_tells_them_apart():
    app = opened()
    app.text_input(key="listing_text").set_value("willow")
    text = page_text(ran(app.run()))
    assert "Midshire East NHS Trust" in text
    assert "Midshire North Partnership NHS Trust" in text


def test_sorted_by_the_newest_source():
    app = opened()
    app.selectbox(key="listing_sort").select("newest")
    text = page_text(ran(app.run()))
    assert "sorted by newest source first" in text
    assert "2026" in text.split("<tbody")[1].split("</tr>")[0]


def test_files_are_made_only_when_somebody_asks(monkeypatch):
    def asked(*_: object) -> bytes:
        raise AssertionError("nobody has asked for a file")

    for make in ("services.to_csv", "services.to_json"):
        monkeypatch.setattr(f"mmhs_finder.channels.streamlit.{make}", asked)
    assert len(offered(opened())) == 2


def hostile(directory: Directory) -> ListedService:
    row = rows(directory, TODAY)[0]
    return ListedService(**{**row.__dict__, "name": ATTACK, "provider": ATTACK, "area": (ATTACK,)})


def test_hostile_text_stays_text_in_the_table(directory: Directory):
    markup = str(table_html([hostile(directory)], ATTACK))
    assert "<script" not in markup
    assert markup.count("&lt;script&gt;") >= 4


def test_the_map_has_a_sign_for_each_service_and_hostile_text_is_sent_as_text(
    directory: Directory,
):
    bad = hostile(directory)
    found = [bad, *listing(directory, Filters(), Sort.NAME, TODAY)[:3]]
    points = {row.id: (52.0 + i, 0.0) for i, row in enumerate(found)}
    data = listing_map(found, points, "/shapes").data()
    groups = [layer for layer in data["layers"] if layer["type"] == "signs"]
    signs = {sign["id"]: sign for group in groups for sign in group["signs"]}
    assert set(signs) == {row.id for row in found}
    assert signs[bad.id]["text"]["head"] == bad.name
    assert ATTACK in bad.name
    assert "://" not in json.dumps(data)


def test_each_kind_on_the_map_is_one_layer_for_the_legend(directory: Directory):
    found = listing(directory, Filters(), Sort.NAME, TODAY)
    points = {row.id: (52.0, 0.0) for row in found}
    layers = listing_map(found, points, "/shapes").data()["layers"]
    names = [layer["name"] for layer in layers if layer["type"] == "signs"]
    assert len(names) == len(set(names)) == len({row.kind for row in found})
    assert "Mother and baby unit" in names
