"""The search in each of its states: the empty field, something to mend, and once there is an answer
two chips. What needs a browser (focus, place on the screen) is in `tests/browser/test_field.py`."""

from __future__ import annotations

import re

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.postcodes import NotAPostcode, UnknownPostcode
from mmhs_finder.views.field import field_problem
from mmhs_finder.words import say
from tests.pages.test_pages import page_text, ran, search, start

CANTERBURY = "E07000106"


def kinds(app: AppTest) -> list[str]:
    """What the page draws, in reading order: "html: ..." or the widget's kind."""
    found = []
    for node in app.main:
        if node.type == "html":
            found.append(f"html: {node.proto.body}")
        else:
            found.append(node.type)
    return found


def at(found: list[str], part: str) -> int:
    (position,) = [n for n, one in enumerate(found) if part in one]
    return position


def chips(app: AppTest) -> list[str]:
    """The words of the two chips."""
    found = re.findall(r'<button[^>]* class="chip".*?</button>', page_text(app), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", chip) for chip in found]


def kept(app: AppTest) -> list[str]:
    return re.findall(r'data-area="([^"]*)"', page_text(app))


def test_label_hint_what_to_mend_and_the_councils_meant_stand_before_the_box():
    found = kinds(search(start(), "Margate"))
    order = [
        at(found, 'id="postcode-hint"'),
        at(found, 'id="postcode-problem"'),
        found.index("button"),  # "Show support in Thanet"
        found.index("text_input"),
    ]
    assert order == sorted(order)
    assert found[order[0]].index('id="postcode-label"') < found[order[0]].index("postcode-hint")


def test_nothing_about_the_box_asks_for_another_press_before_it():
    app = start()
    box = app.text_input(key="postcode")
    assert not box.help
    assert box.proto.autocomplete == "postal-code"
    assert say("find.postcode_hint") in page_text(app)


def test_who_typed_a_town_is_not_blamed():
    assert field_problem(NotAPostcode("Margate", "town_or_words")).title == "We need a little more"
    assert field_problem(NotAPostcode("CT1 3", "unfinished")).title == "We need a little more"
    for other in (NotAPostcode("12345"), UnknownPostcode()):
        assert field_problem(other).title == "Please check the postcode"
    for typed in ("Margate", "12345", "CT1 3"):
        assert "problem with" not in page_text(search(start(), typed)).casefold()


def test_the_list_of_councils_is_folded_until_a_text_leads_nowhere():
    def fold(app: AppTest):
        (found,) = [e for e in app.expander if e.label == say("find.council_fold")]
        return found.proto.expanded

    app = start()
    assert not fold(app)
    assert fold(search(app, "Somewhere"))
    assert not fold(search(app, "CT1 3NG"))


def test_after_a_search_two_chips_say_what_was_asked():
    app = start()
    assert chips(app) == []
    assert chips(search(app, "CT1 3NG")) == ["CT1 3NG · change", "What happened? · choose"]
    app.pills(key="needs").set_value(["loss"])
    assert chips(ran(app.run()))[1] == "For: loss of a baby or pregnancy · change"
    app.pills(key="needs").set_value(["tokophobia", "loss"])
    assert chips(ran(app.run()))[1] == "For: loss of a baby or pregnancy and 1 more · change"
    assert chips(search(app, "nowhere at all")) == []


def test_what_is_announced_changes_with_what_happened_and_holds_no_postcode():
    def announced(app: AppTest) -> str:
        chosen, sentence = re.findall(r'data-announce="">([^<]*)<', page_text(app))
        return f"{chosen} {sentence}"

    app = search(start(), "CT1 3NG")
    before = announced(app)
    app.pills(key="needs").set_value(["loss"])
    after = announced(ran(app.run()))
    assert before != after
    assert say("verdict_need.loss") in after
    assert after.startswith("For: loss of a baby or pregnancy. ")
    assert "CT1" not in before + after


@pytest.mark.parametrize("place", ["<b>Bold</b>"])
def test_a_name_in_the_directory_stays_text_in_a_chip(place):
    from mmhs_finder.render.html.field import search_chips
    from mmhs_finder.views.field import SearchedView

    markup = search_chips(SearchedView(place, place, place))
    assert place not in markup
    assert markup.count(str(escape(place))) == 3


# --- what a tab may keep --------------------------------------------------------------------------


def test_a_tab_is_told_the_area_and_never_the_postcode_or_what_happened():
    app = start()
    assert kept(app) == [], "a visit that has not begun says nothing of what is kept"
    app = search(app, "NR32 1BX")
    app.pills(key="needs").set_value(["loss"])
    ran(app.run())
    assert kept(app) == ["E07000244-W"]


@pytest.mark.parametrize("typed", ["EH1 1YZ", "nowhere at all"])
def test_nothing_is_kept_where_there_is_no_area(typed):
    assert kept(search(search(start(), "CT1 3NG"), typed)) == [""]


def test_start_again_empties_what_the_tab_keeps_and_takes_nothing_back():
    app = search(start(), "CT1 3NG")
    ran(next(b for b in app.button if b.label == say("find.new_search")).click().run())
    assert kept(app) == [""]
    assert not [box for box in app.text_input if box.key == Visit.kept_area.key]


def test_after_a_reload_the_area_comes_back_and_nothing_else():
    app = start()
    app.text_input(key=Visit.kept_area.key).set_value(CANTERBURY)
    ran(app.run())
    assert app.session_state.place.council_code == CANTERBURY
    assert chips(app) == ["Canterbury · change", "What happened? · choose"]
    assert app.text_input(key="postcode").value in ("", None)
    assert dict(app.query_params) == {}
    assert 'data-search="0"' in page_text(app), "no search of hers: nothing takes the focus"


@pytest.mark.parametrize("code", ["nonsense", "<script>", "E07000106' OR 1=1", "S12000036"])
def test_a_tab_that_keeps_no_area_of_ours_begins_anew(code):
    app = start()
    app.text_input(key=Visit.kept_area.key).set_value(code)
    text = page_text(ran(app.run()))
    assert say("find.empty_title") in text
    assert "<script>" not in text
    assert kept(app) == [""]


def test_a_link_comes_before_what_a_tab_keeps():
    app = start(area="E07000114")
    assert kept(app) == ["E07000114"]
    assert not [box for box in app.text_input if box.key == Visit.kept_area.key]
