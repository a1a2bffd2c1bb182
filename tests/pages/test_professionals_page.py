"""For professionals: the same place as everywhere, each view, and no service taken for another."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from mmhs_finder import application as module
from mmhs_finder.answers.finding import Finder
from mmhs_finder.application import Application
from mmhs_finder.channels.streamlit.professionals_choosing import options
from mmhs_finder.directory import Directory
from mmhs_finder.directory.withdrawing import without
from mmhs_finder.directory.withdrawn import Withdrawal
from mmhs_finder.eligibility import CHOICES, PROFESSIONAL_ONLY, Question, answers_from_json
from mmhs_finder.render.html.sheet import bar_html, said_html, sheet_html, table_html
from mmhs_finder.views.comparison import compare
from mmhs_finder.views.kept_list import list_link
from mmhs_finder.views.names import label
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.words import say
from tests.made_up.records import TODAY
from tests.pages.offered import files as offered
from tests.pages.test_pages import page_text, ran, search, start

PAGE = "../../../pages/professionals.py"
WILLOW = "willow"
OTHER_WILLOW = "willow-south"


def opened(postcode: str = "", view: str = "sheet") -> AppTest:
    app = search(start(), postcode) if postcode else start()
    app = ran(app.switch_page(PAGE).run())
    if view != "sheet":
        app.segmented_control(key="professional_view").set_value(view)
        ran(app.run())
    return app


def widget(app: AppTest, kind: str, prefix: str):
    return next(w for w in app.get(kind) if str(w.key).startswith(prefix))


def test_the_place_is_that_of_the_last_search():
    text = page_text(opened("CT1 3NG"))
    assert "Services for CT1 3NG" in text
    assert '<div class="sheet-bar" id="sheet-harbour"><h2>Harbour</h2>' in text
    number = 'Telephone for professionals: <span class="number">0161 496 0101</span>.</a>'
    assert text.count(number) == 2, "in the bar, and first on the sheet"
    assert text.index("Ways to refer") < text.index("Who may refer</dt>")


def test_a_search_here_is_known_elsewhere():
    app = search(opened(), "NR2 3TD")
    assert "Willow Maternal Team" in page_text(app)
    app = ran(app.switch_page("../../../pages/find_support.py").run())
    assert app.text_input(key="postcode").value == "NR2 3TD"


def test_without_a_place_any_service_can_be_chosen_by_name():
    app = opened()
    assert "Choose a service by name" in page_text(app)
    box = widget(app, "selectbox", "professional_service")
    willow = [o for o in box.options if o.startswith("Willow Maternal")]
    assert willow == ["Willow Maternal Mental Health Service (South)", "Willow Maternal Team"]
    named = [o for o in box.options if "willow" in o.lower()]
    assert named[:2] == willow, "before other services whose provider has that name"
    box.select(WILLOW)
    assert "Midshire East NHS Trust" in page_text(ran(app.run()))


def test_services_of_one_name_are_told_apart_in_the_choice(directory: Directory):
    twin = directory.services[OTHER_WILLOW].model_copy(update={"name": "Willow Maternal Team"})
    both = replace(directory, services={**directory.services, OTHER_WILLOW: twin})
    named = options(both, None)
    assert named[WILLOW] != named[OTHER_WILLOW]
    assert named[OTHER_WILLOW] == label(twin) and named["harbour"] == "Harbour"


def test_where_none_is_known_the_board_is_named_and_how_to_ask_can_be_taken_along(finder: Finder):
    app = opened("TS24 7BT")
    (area,) = finder.place("TS24 7BT").areas
    assert area.icb_2026 and area.icb_2026 in page_text(app)
    assert say("asking.question", areas=area.name) in page_text(app), "no team is known to ask"
    assert list(offered(app)) == [say("asking.pdf")]
    assert say("professional.choose_one") in page_text(app)


def test_other_help_on_a_sheet_leads_to_its_own_sheet(directory: Directory):
    sheet = referral_sheet(directory, directory.services[WILLOW], today=TODAY)
    named = [each for line in sheet.row("while_waiting").lines for each in line.sheets]
    assert named
    for key, words in named:
        assert (
            f'<a href="professionals?service={key}" data-in-app="#sheet-{key} h2">{words}</a>'
            in (unescape(str(sheet_html(sheet))))
        )
        assert f'<a href="/text/sheet/{key}">' in sheet_html(sheet, "/text/sheet/{}")


def test_a_link_from_the_list_opens_a_sheet():
    app = start(service=OTHER_WILLOW)
    text = page_text(ran(app.switch_page(PAGE).run()))
    if "Midshire North Partnership" not in text:  # AppTest may drop the query on the way
        app.query_params["service"] = OTHER_WILLOW
        text = page_text(ran(app.run()))
    assert "Midshire North Partnership" in text


@pytest.mark.parametrize("postcode", ["TS24 7BT", "EH1 1YZ", "HU3 2JZ", "JE2 3XP", "RG12 2UT"])
@pytest.mark.parametrize("view", ["sheet", "pack", "compare", "case"])
def test_every_outcome_in_every_view(postcode, view):
    text = page_text(opened(postcode, view))
    assert "Referral routes" in text
    assert "your GP or midwife." not in text.split("<article")[0]


def followed(**link: str) -> AppTest:
    """The page as a link opens it."""
    app = start(**link)
    app = ran(app.switch_page(PAGE).run())
    for name, value in link.items():
        app.query_params[name] = value  # AppTest may drop the query on the way
    return ran(app.run())


def test_a_link_opens_the_pack_with_its_files_and_another_view_leaves_it(directory: Directory):
    app = followed(service=WILLOW, view="pack")
    assert app.segmented_control(key="professional_view").value == "pack"
    text = page_text(app)
    name = directory.services[WILLOW].name
    assert say("pack.of", name=name) in text and f'id="pack-{WILLOW}"' in text
    files = offered(app)
    assert list(files) == [say("pack.pdf"), say("pack.text_file"), say("pack.letter_file")]
    assert not any(" readonly" not in box for box in re.findall("<textarea[^>]*>", text))
    assert not app.text_area, "nothing of a person is typed here"
    app.segmented_control(key="professional_view").set_value("sheet")
    app = ran(app.run())
    assert f'id="sheet-{WILLOW}"' in page_text(app) and "service" not in app.query_params


def test_the_pack_is_of_the_place_that_was_searched_for():
    text = page_text(opened("CT1 3NG", "pack"))
    assert 'id="pack-harbour"' in text


def test_a_kept_list_comes_back_in_its_order_and_what_is_gone_is_said(directory: Directory):
    app = followed(compare=f"{OTHER_WILLOW},unknown,{WILLOW}")
    assert app.segmented_control(key="professional_view").value == "compare"
    chosen = widget(app, "multiselect", "professional_services")
    assert chosen.value == [OTHER_WILLOW, WILLOW]
    text = page_text(app)
    assert say("professional_list.unknown") in text
    kept = list_link([directory.services[key] for key in (OTHER_WILLOW, WILLOW)])
    assert f'href="{kept}"' in text
    chosen.set_value([WILLOW, "harbour"])
    app = ran(app.run())
    assert "compare" not in app.query_params
    assert say("professional_list.unknown") not in page_text(app)
    assert f'href="{list_link([directory.services[WILLOW], directory.services["harbour"]])}"' in (
        page_text(app)
    )


def test_a_list_of_nothing_that_is_known_says_so_and_leaves_the_page_as_it_was():
    app = followed(compare="unknown")
    assert say("professional_list.unknown") in page_text(app)
    assert app.segmented_control(key="professional_view").value == "sheet"


def test_compare_begins_with_the_local_service_and_its_neighbours():
    app = opened("CV1 2GN", "compare")
    text = page_text(app)
    assert '<table class="data-table compare-table"' in text
    assert "Beech Loss Pathway" in text and "Hazel" in text
    assert "Differs" in text
    assert widget(app, "multiselect", "professional_services").max_selections == 5


def test_both_services_of_one_name_side_by_side():
    app = opened(view="compare")
    widget(app, "multiselect", "professional_services").set_value([WILLOW, OTHER_WILLOW])
    text = page_text(ran(app.run()))
    assert "South Midshire Moors" in text and "East Midshire" in text


def test_the_case_check_asks_what_only_professionals_are_asked():
    app = opened("CT1 3NG", "case")
    labels = {r.label for r in app.radio}
    assert say("professional_question.severity") in labels
    assert say("professional_question.has_care_coordinator") in labels
    assert len(PROFESSIONAL_ONLY) == 3


def test_the_case_check_answers_for_several_services():
    app = opened("CM1 1GB", "case")
    app.pills(key="case_happened").set_value(["tokophobia"])
    text = page_text(ran(app.run()))
    assert "3 services checked" in text
    assert text.count('class="outcome') == 3
    assert "eligib" not in text.lower()


def test_the_answers_of_a_case_are_not_those_of_the_person():
    app = opened("CT1 3NG", "case")
    app.radio(key="case_seen_before").set_value("yes")
    ran(app.run())
    app = ran(app.switch_page("../../../pages/check.py").run())
    assert app.radio(key="answer_seen_before").value is None


def test_clear_removes_every_answer():
    app = opened("CT1 3NG", "case")
    app.pills(key="case_happened").set_value(["loss"])
    app.radio(key="case_seen_before").set_value("yes")
    ran(app.run())
    button = next(b for b in app.button if b.label == "Clear the answers")
    ran(button.click().run())
    assert app.radio(key="case_seen_before").value is None
    assert app.pills(key="case_happened").value == []


@pytest.mark.parametrize("postcode", ["", "CT1 3NG", "EH1 1YZ"])
def test_nothing_is_asked_while_somebody_is_not_safe(postcode):
    app = opened(postcode, "case")
    if postcode == "CT1 3NG":
        app.radio(key="case_seen_before").set_value("yes")
    app.radio(key="case_safety").set_value("unsafe")
    text = page_text(ran(app.run()))
    assert say("professional.urgent_ways") in text and 'href="tel:999"' in text
    assert [r.key for r in app.radio if r.key != "professional_view"] == ["case_safety"]
    assert not app.multiselect and 'class="outcome' not in text
    app.radio(key="case_safety").set_value("safe")
    ran(app.run())
    if postcode == "CT1 3NG":
        assert app.radio(key="case_seen_before").value == "yes", "the answers are still there"


def test_the_printed_case_has_what_was_answered():
    app = opened("CM1 1GB", "case")
    assert say("professional.case_nothing_said") in page_text(app)
    app.pills(key="case_happened").set_value(["loss", "tokophobia"])
    app.radio(key="case_when").set_value("months_since")
    app.radio(key="case_severity").set_value("moderate")
    app.radio(key="case_who").set_value("prefer_not_to_say")
    ran(app.run())
    app.number_input(key="case_months_since").set_value(14)
    app.radio(key="case_loss_kind").set_value("stillbirth")
    text = page_text(ran(app.run()))
    printed = text[text.index('<section class="print-only">') :]
    printed = printed[: printed.index("</section>")]
    for words in ("Perinatal loss; Tokophobia", "Stillbirth", "14 months ago", "Severity"):
        assert words in printed, words
    assert say("professional_question.who") not in printed


def test_every_answer_of_a_case_can_be_printed():
    given = answers_from_json(
        {
            "happened": [],
            "weeks_pregnant": 20,
            "age": "adult",
            "who": "partner",
            "severity": "mild",
            **{q.value: "no" for q in CHOICES if "yes" in CHOICES[q] and q.value != "pregnant_now"},
        }
    )
    markup = str(said_html(given, date(2026, 11, 22)))
    assert "22 November 2026" in markup
    asked = set(CHOICES) - {Question.HAPPENED, Question.LOSS_KIND}
    for question in asked | {Question.WEEKS_PREGNANT}:
        assert say(f"professional_question.{question.value}") in unescape(markup), question


def test_every_sheet_draws_and_holds_no_curators_note(directory: Directory):
    for service in directory.services.values():
        sheet = referral_sheet(directory, service, today=TODAY)
        markup = str(bar_html(sheet) + sheet_html(sheet))
        assert markup.count('<article class="card sheet">') == markup.count("<h2>") == 1
        assert 'class="tag' not in markup, "a blank is told once, in the part that gathers them"
        assert not service.curator_notes or service.curator_notes not in markup


def test_hostile_text_stays_text(directory: Directory):
    attack = "<script>alert(1)</script>\"'{{7*7}}"
    service = directory.services[WILLOW].model_copy(
        update={
            "name": attack,
            "provider": attack,
            "who_for": attack,
            "hours_text": attack,
            "website": "javascript:alert(1)",
            "referral_url": "javascript:alert(1)",
            "source_urls": ("javascript:alert(1)",),
        }
    )
    sheet = referral_sheet(directory, service, today=TODAY)
    for markup in (
        str(bar_html(sheet)),
        str(sheet_html(sheet)),
        str(table_html(compare([sheet, sheet]))),
    ):
        assert "<script" not in markup
        assert "&lt;script&gt;" in markup
        assert 'href="javascript' not in markup


def test_links_of_a_comparison_can_be_pressed(directory: Directory):
    names = ("alder", "elm")
    table = compare([referral_sheet(directory, directory.services[i], today=TODAY) for i in names])
    markup = str(table_html(table))
    assert '<a href="mailto:alder.team@example.org">' in markup
    assert 'rel="noreferrer">Referral form or page</a>' in markup
    blank = sum(
        not row.published
        for r in table.rows
        for sheet in table.sheets
        if (row := sheet.row(r.id)) is not None
    )
    assert 0 < blank <= markup.count('class="silent"')


def test_services_of_one_name_are_told_apart_in_every_cell(directory: Directory):
    first, second = (
        referral_sheet(directory, directory.services[i], today=TODAY)
        for i in (WILLOW, OTHER_WILLOW)
    )
    twin = replace(second, service=second.service.model_copy(update={"name": first.service.name}))
    markup = str(table_html(compare([first, twin])))
    assert f'<span class="cell-name">{first.service.name}<' not in markup
    assert f'<span class="cell-name">{escape(first.label)}<' in markup


def test_the_table_says_what_it_is_to_a_screen_reader(directory: Directory):
    sheets = [
        referral_sheet(directory, directory.services[i], today=TODAY)
        for i in (WILLOW, OTHER_WILLOW)
    ]
    markup = str(table_html(compare(sheets)))
    assert "<caption>" in markup
    assert markup.count('scope="col"') == 3
    assert markup.count('scope="row"') == markup.count("<tr") - 1


def test_view_and_service_stand_after_a_look_at_another_page():
    app = opened("CT1 3NG")
    widget(app, "selectbox", "professional_service").select(WILLOW)
    app.segmented_control(key="professional_view").set_value("compare")
    ran(app.run())
    ran(app.switch_page("../../../pages/about.py").run())
    ran(app.switch_page(PAGE).run())
    assert app.segmented_control(key="professional_view").value == "compare"
    app.segmented_control(key="professional_view").set_value("sheet")
    assert "Midshire East NHS Trust" in page_text(ran(app.run()))


@pytest.mark.parametrize("link", [{"service": WILLOW, "view": "pack"}, {"compare": WILLOW}])
def test_a_service_that_is_taken_out_leaves_its_pack_and_kept_lists(
    monkeypatch: pytest.MonkeyPatch, application: Application, directory: Directory, link
):
    app = followed(**link)
    name = directory.services[WILLOW].name
    assert f"{name}<" in page_text(app)
    held = without(directory, [Withdrawal(TODAY, "services.csv", WILLOW, "", "", "it rings")])
    monkeypatch.setattr(module, "_served", application.over(held))
    for again in (ran(app.run()), followed(**link)):
        text = page_text(again)
        assert f'id="pack-{WILLOW}"' not in text and directory.services[WILLOW].phone not in text
        assert not [file for file in offered(again) if file == say("pack.pdf")]
