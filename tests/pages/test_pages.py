"""Every page as Streamlit runs it, without a browser: each outcome, each state, no exception."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.words import say

ROUTER = Path(__file__).parents[2] / "mmhs_finder" / "channels" / "streamlit" / "router.py"


def start(**query: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROUTER), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return ran(app.run())


def ran(app: AppTest) -> AppTest:
    assert not app.exception, [e.message for e in app.exception]
    assert not app.error, [e.value for e in app.error]
    return app


def page_text(app: AppTest) -> str:
    parts = [
        e.value for kind in ("title", "header", "subheader", "markdown") for e in app.get(kind)
    ]
    parts += [e.proto.body for e in app.get("html")]
    return "\n".join(str(p) for p in parts)


def search(app: AppTest, text: str) -> AppTest:
    app.text_input(key="postcode").set_value(text)
    return ran(app.button[0].click().run())


def test_home_before_a_search():
    text = page_text(start())
    assert "Find maternal mental health support" in text
    assert "You are not alone" in text
    assert "999" in text


@pytest.mark.parametrize(
    ("typed", "heading", "words"),
    [
        ("CT1 3NG", "Harbour", "Midshire Coast NHS Trust"),
        ("RG12 2UT", "Birch or Rowan", "More than one"),
        ("FY1 1AD", "Lime", "We could not confirm"),
        ("HU3 2JZ", "Kingston upon Hull", ": closed, said"),
        ("TS24 7BT", "Hartlepool", "Is there a maternal mental health service for people who"),
        ("EH1 1YZ", "Help in Scotland", "NHS 24 Mental Health Hub"),
        ("CF10 1EP", "Help in Wales", "NHS 111 Wales"),
        ("BT1 5GS", "Help in Northern Ireland", "Lifeline"),
        ("JE2 3XP", "Help in Jersey", "Jersey"),
        ("CT1", "Harbour", "Somebody asks them for you"),
        ("CTI 3NG", "Harbour", "We read your postcode as CT1 3NG"),
        ("CT1 3ZZ", "Harbour", "We do not have CT1 3ZZ in our list"),
    ],
)
def test_each_outcome_has_its_own_page(typed, heading, words):
    app = search(start(), typed)
    assert f">{heading}</h2>" in page_text(app)
    assert words in page_text(app)


@pytest.mark.parametrize("typed", ["", "Canterbury", "12345", "QQ1 1QQ", "<b>", "BFPO 801"])
def test_what_cannot_be_found_is_said_beside_the_field(typed):
    app = search(start(), typed)
    assert 'role="alert"' in page_text(app)
    assert "<b>" not in page_text(app)


def test_a_place_name_offers_its_council():
    app = search(start(), "Margate")
    assert "We could not find a postcode in that" in page_text(app)
    ran(app.button(key="meant_0_E07000114").click().run())
    assert app.session_state.place.council == "Thanet"
    assert app.session_state.council == "E07000114"
    assert "We could not find a postcode in that" not in page_text(app)


def two_names_of_one_council(count: int) -> None:
    """A page with offers of which two lead to one council. Runs by itself, so it imports here."""
    import streamlit as st

    from mmhs_finder.channels.streamlit.meant import offers
    from mmhs_finder.views.suggestions import OfferView, SuggestionsView

    names = ("Oak Hospital", "Ash Hospital")
    view = SuggestionsView("Which one?", tuple(OfferView(n, code="E1") for n in names) * count)
    offers(view, lambda offer: st.session_state.update(taken=offer.words))


@pytest.mark.parametrize("count", [1, 5])
def test_two_hospitals_of_one_council_are_two_offers(count):
    app = AppTest.from_function(two_names_of_one_council, args=(count,)).run()
    assert not app.exception
    if count == 1:
        app.button[1].click()
    else:
        (box,) = app.selectbox
        assert len(box.options) == 10
        box.select_index(1)
    app.run()
    assert app.session_state.taken == "Ash Hospital"


def test_half_a_postcode_of_london_offers_its_parts():
    app = search(start(), "SW1")
    ran(app.button(key="meant_0_SW1A").click().run())
    assert app.session_state.place.label == "SW1A"
    assert app.text_input(key="postcode").value == "SW1A"


def test_london_offers_its_boroughs_in_a_list():
    app = search(start(), "London")
    assert "choose" in app.selectbox(key="meant").label.lower()
    ran(app.selectbox(key="meant").select("Newham").run())
    assert app.session_state.place.council == "Newham"


def test_a_council_from_the_list_needs_no_postcode():
    app = start()
    ran(app.selectbox(key="council").select("E07000106").run())
    assert "Harbour" in page_text(app)
    assert app.text_input(key="postcode").value == ""


def test_what_happened_changes_what_is_offered():
    app = search(start(), "CT1 3NG")
    app.pills(key="needs").set_value(["loss"])
    text = page_text(ran(app.run()))
    assert "I lost a baby or a pregnancy." in text
    assert "Made Up Stillbirth Line" in text
    assert "Made Up Unit" not in text


def test_numbers_that_a_parent_may_not_ring_are_on_no_page():
    """Lime may not run, and its number stands in the file as one for the public."""
    text = page_text(search(start(), "FY1 1AD"))
    assert "Lime" in text and "0161 496 0106" not in text
    text = page_text(search(start(), "NR2 3TD"))
    assert "You can contact them yourself" in text and 'href="tel:01914980102"' in text


def test_a_link_restores_the_view():
    app = start(area="E07000106", need="loss")
    text = page_text(app)
    assert "Harbour" in text
    assert app.pills(key="needs").value == ["loss"]
    assert "?area=E07000106&amp;need=loss" in text


@pytest.mark.parametrize("area", ["nonsense", "<script>", "E07000106' OR 1=1", "S12000036"])
def test_a_link_that_names_no_area_says_so(area):
    text = page_text(start(area=area, need="<script>"))
    assert say("find.link_unknown") in text
    assert "<script>" not in text


def test_the_link_never_holds_the_postcode():
    app = search(start(), "NR32 1BX")
    text = page_text(app)
    assert "?area=E07000244-W" in text
    assert "NR32" not in str(dict(app.query_params))


def test_start_again_clears_everything():
    app = search(start(), "CT1 3NG")
    button = next(b for b in app.button if b.label == "Start again")
    ran(button.click().run())
    assert "You are not alone" in page_text(app)
    assert app.text_input(key="postcode").value in ("", None)


def other(app: AppTest) -> AppTest:
    return ran(app.switch_page("../../../pages/other_support.py").run())


def test_other_support_works_without_a_postcode():
    text = page_text(other(start()))
    assert text.index("Urgent help") < text.index("Samaritans</h3>")
    assert "116 123" in text
    assert "To see help near you" in text
    assert "Made Up Abuse Line" not in text


def test_other_support_knows_the_last_search():
    app = other(search(start(), "CT1 3NG"))
    assert "Near CT1 3NG" in page_text(app)


def test_help_after_abuse_is_shown_only_when_chosen():
    app = other(start())
    app.pills(key="topic").set_value("domestic_abuse")
    text = page_text(ran(app.run()))
    assert "Made Up Abuse Line" in text
    assert "private window" in text


@pytest.mark.parametrize("nation", ["Scotland", "Wales", "Northern Ireland"])
def test_other_support_of_another_nation(nation):
    app = other(start())
    box = app.selectbox(key="nation")
    box.select_index([str(o) for o in box.options].index(nation))
    text = page_text(ran(app.run()))
    assert "NHS 111, mental health option (option 2)" not in text


def test_only_what_is_open_now_and_never_an_empty_list():
    app = other(start())
    app.toggle(key="open_only").set_value(True)
    text = page_text(ran(app.run()))
    # Those for a crisis stand above, all of them at every hour, and say when they open.
    below = re.split(r"lines for a crisis.*?</details></section>", text, flags=re.S)[1]
    assert "Closed now" not in below
    assert "Samaritans" in below


def test_about_has_the_sources_the_licences_and_the_counts(directory):
    app = start()
    text = page_text(ran(app.switch_page("../../../pages/about.py").run()))
    assert "Open Government Licence" in text
    count = len(directory.services_of(ServiceKind.MMHS))
    assert f"{count} maternal mental health services" in text
    assert "Correct an entry" not in text and "mailto:" not in text, "nobody would read it"
    assert text.count("<h2>Where this comes from</h2>") == 1
    assert not app.markdown, "Streamlit sets an anchor without a name beside each heading of one"


def test_about_gives_the_operators_address(monkeypatch):
    monkeypatch.setenv("MMHS_CONTACT_EMAIL", "corrections@example.org")
    app = start()
    text = page_text(ran(app.switch_page("../../../pages/about.py").run()))
    assert "Correct an entry" in text
    assert "mailto:corrections@example.org" in text


def test_a_result_says_where_to_check_and_only_with_an_address_where_to_write(monkeypatch):
    app = search(start(), "CT1 3NG")
    text = page_text(app)
    assert say("card.own_page", name="Harbour") in text
    assert say("card.wrong") not in text
    monkeypatch.setenv("MMHS_CONTACT_EMAIL", "corrections@example.org")
    text = page_text(ran(app.run()))
    assert f'<a href="about" data-in-app="#correct-an-entry h2">{say("card.wrong")}</a>' in text
    text = page_text(ran(app.switch_page("../../../pages/about.py").run()))
    assert '<section id="correct-an-entry"><h2>' in text
    subject = quote(say("about.subject", name="Harbour"))
    assert f"mailto:corrections@example.org?subject={subject}" in text
    assert "CT1" not in text
