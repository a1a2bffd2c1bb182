"""The curators' app as Streamlit runs it, without a browser, over a made-up directory."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.curator import keeping_open
from mmhs_finder.channels.curator.state import WHOLE
from mmhs_finder.curation.check import check
from mmhs_finder.directory.files import ProblemLevel
from mmhs_finder.hours import LONDON
from mmhs_finder.words import say
from tests.breakable import BreakableCopy
from tests.made_up.folder import lay_out
from tests.pages.test_pages import page_text

DESK = Path(keeping_open.__file__).with_name("desk.py")
NOW = datetime(2026, 12, 1, 10, tzinfo=LONDON)
NUMBER = "0113 496 0777"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BreakableCopy:
    """The directory that the app is open on."""
    made = lay_out(tmp_path / "data", small=True)
    monkeypatch.setenv("MMHS_DATA_DIR", str(made))
    monkeypatch.setattr(keeping_open, "now", lambda: NOW)
    return BreakableCopy(made)


def start() -> AppTest:
    return ran(AppTest.from_file(str(DESK), default_timeout=60).run())


def ran(app: AppTest) -> AppTest:
    assert not app.exception, [e.message for e in app.exception]
    assert say("curator.sorry") not in page_text(app)
    return app


def opened(service: str) -> AppTest:
    """The page of a service, as from the list."""
    app = start()
    app.text_input(key="desk_search").set_value(service)
    ran(app.run())
    return ran(app.button(key=f"open-{service}").click().run())


class Box:
    """The boxes of a service's page by the names of the questions."""

    def __init__(self, app: AppTest, service: str, begun: int = 0) -> None:
        self.app, self.service, self.begun = app, service, begun

    def key(self, question: str, part: str = "") -> str:
        return f"box:{self.service}:{self.begun}:{question}:{part}"

    def evidence(self, field: str, whose: str = WHOLE) -> str:
        return f"evidence:{self.service}:{self.begun}:{whose}:{field}"

    def write(self, question: str, text: str, part: str = "") -> None:
        self.app.text_input(key=self.key(question, part)).set_value(text)
        ran(self.app.run())

    def choose(self, question: str, value: str | list[str]) -> None:
        self.app.pills(key=self.key(question)).set_value(value)
        ran(self.app.run())

    def told(self, *, whole: bool = True, **fields: str) -> None:
        """That the service told it. whole: and went through everything. fields: what is filled in
        beside the role."""
        for field, text in {"told_by": "team manager", **fields}.items():
            self.app.text_input(key=self.evidence(field)).set_value(text)
            ran(self.app.run())
        if whole:
            self.app.checkbox(key=self.evidence("confirms")).check()
            ran(self.app.run())

    def read(self, link: str, quote: str, whose: str = WHOLE) -> None:
        """That a page says it."""
        self.app.segmented_control(key=self.evidence("kind", whose)).set_value("page")
        ran(self.app.run())
        self.app.text_input(key=self.evidence("page_link", whose)).set_value(link)
        self.app.text_input(key=self.evidence("page_quote", whose)).set_value(quote)
        ran(self.app.run())

    def save(self) -> None:
        ran(self.app.button(key="save").click().run())


def row(folder: BreakableCopy, service: str, file: str = "services.csv") -> dict[str, str]:
    with (folder.folder / file).open(encoding="utf-8", newline="") as lines:
        return next(
            r for r in csv.DictReader(lines) if service in (r.get("id"), r.get("service_id"))
        )


def history(folder: BreakableCopy) -> list[dict[str, str]]:
    path = folder.folder / "changes.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def bytes_of(folder: BreakableCopy) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.folder.glob("*.csv")}


# --- what to ask next -----------------------------------------------------------------------------


def test_the_list_says_how_far_it_is_and_begins_with_what_costs_most():
    text = page_text(start())
    assert "1 of 14 maternal mental health services are confirmed" in text
    assert text.index("Alder Loss and Trauma Service") < text.index("Harbour")
    assert "Can parents ask you for help themselves?" in text


def test_a_service_is_found_by_its_area_and_one_that_has_closed_is_asked_nothing():
    app = start()
    app.text_input(key="desk_search").set_value("canterb")
    text = page_text(ran(app.run()))
    assert "Harbour" in text and "Willow" not in text
    app.text_input(key="desk_search").set_value("holly")
    assert say("curator.found_none") in page_text(ran(app.run()))


def test_every_kind_of_service_is_there_when_asked_for():
    app = start()
    app.segmented_control(key="desk_kinds").set_value("every")
    app.text_input(key="desk_search").set_value("fern")
    assert "Fern" in page_text(ran(app.run()))


# --- one service ----------------------------------------------------------------------------------


def test_from_the_list_to_a_changed_card_and_on_to_the_next(folder):
    app = start()
    first = next(b for b in app.button if (b.key or "").startswith("open-"))
    service = first.key.removeprefix("open-")
    ran(first.click().run())
    before = bytes_of(folder)
    box = Box(app, service)
    box.choose("self_referral", "yes")
    box.write("phone", NUMBER)
    text = page_text(app)
    assert "You can contact them yourself" in text and NUMBER in text, "the card"
    assert say("curator.check_wait") in text
    box.save()
    assert say("curator.not_saved") in page_text(app)
    assert bytes_of(folder) == before, "nothing is written without evidence"
    app.radio(key=box.evidence("how")).set_value("not_known")
    ran(app.run())
    box.told()
    assert say("curator.check_good") in page_text(app)
    assert say("curator.number_of_nobody") in page_text(app)
    box.save()
    now = row(folder, service)
    assert (now["self_referral"], now["phone"], now["phone_audience"]) == ("yes", NUMBER, "public")
    assert (now["told_by"], now["told_on"], now["told_how"]) == (
        "team manager",
        "2026-12-01",
        "not_known",
    )
    lines = {line["column"]: line for line in history(folder)}
    assert lines["self_referral"]["new"] == "yes" and lines["phone"]["new"] == NUMBER
    assert not [p for p in check(folder.folder, today=NOW.date()) if p.kind == ProblemLevel.WRONG]
    text = page_text(app)
    assert "Saved." in text and "Told to us on" in text
    ran(app.button(key="next").click().run())
    assert app.query_params["service"] != [service]
    assert "Saved." not in page_text(app)


def test_what_comes_from_their_own_address_is_confirmed_by_the_service(folder):
    app = opened("oak")
    box = Box(app, "oak")
    box.choose("self_referral", "no")
    box.told(told_domain="example.com")
    text = page_text(app)
    assert "does not belong to this organisation" in text
    assert say("curator.check_good") not in text
    box.told(told_domain="somebody@example.org")
    assert say("curator.check_good") in page_text(app)
    app.checkbox(key=box.evidence("confirms")).check()
    ran(app.run())
    box.save()
    assert row(folder, "oak")["told_proof"] == "example.org"
    assert "Confirmed by the service on" in page_text(app)


def test_one_answer_of_theirs_does_not_confirm_the_rest(folder):
    app = opened("oak")
    box = Box(app, "oak")
    box.choose("self_referral", "no")
    box.told(told_domain="example.org", whole=False)
    assert say("curator.check_good") in page_text(app)
    box.save()
    now = row(folder, "oak")
    assert (now["self_referral"], now["told_on"]) == ("no", "")
    assert "Confirmed by the service on" not in page_text(app)


def test_a_call_back_names_the_number_and_the_page(folder):
    app = opened("oak")
    box = Box(app, "oak")
    box.choose("self_referral", "no")
    app.radio(key=box.evidence("how")).set_value("call_back")
    ran(app.run())
    box.told(told_number=NUMBER, told_page="https://example.org/oak/contact")
    app.checkbox(key=box.evidence("confirms")).check()
    ran(app.run())
    box.save()
    assert row(folder, "oak")["told_proof"] == f"{NUMBER} https://example.org/oak/contact"


def test_who_confirms_all_of_it_changes_the_day_alone(folder):
    app = opened("willow")
    box = Box(app, "willow")
    before = row(folder, "willow")
    box.told(told_domain="example.org", whole=False)
    box.save()
    assert say("curator.nothing_to_save") in page_text(app)
    app.checkbox(key=box.evidence("confirms")).check()
    ran(app.run())
    box.save()
    now = row(folder, "willow")
    assert {c for c in now if now[c] != before[c]} == {
        "told_on",
        "told_by",
        "told_how",
        "told_proof",
    }


def test_who_was_asked_one_thing_confirms_nothing_else(folder):
    app = opened("oak")
    box = Box(app, "oak")
    box.choose("self_referral", "no")
    box.told(told_domain="example.org", whole=False)
    assert say("curator.only_in_part") in page_text(app)
    box.save()
    now = row(folder, "oak")
    assert (now["self_referral"], now["told_on"], now["told_how"]) == ("no", "", "")
    assert "Confirmed by the service on" not in page_text(app)


def test_one_answer_may_have_evidence_of_its_own(folder):
    app = opened("oak")
    box = Box(app, "oak")
    box.choose("self_referral", "no")
    box.write("min_age", "18")
    app.checkbox(key=box.evidence("own", "min_age")).check()
    ran(app.run())
    box.told(told_domain="example.org", whole=False)
    assert say("curator.missing_page_link") in page_text(app)
    box.read("https://example.org/oak/who", "You have to be 18", whose="min_age")
    box.save()
    lines = {line["column"]: line for line in history(folder)}
    assert lines["min_age"]["source_url"] == "https://example.org/oak/who"
    assert lines["self_referral"]["source_url"] == "mail:team manager"
    assert row(folder, "oak")["told_on"] == "", "nobody went through the whole row"


def test_what_the_check_would_say_stands_beside_the_question_and_nothing_is_written(folder):
    app = opened("oak")
    before = bytes_of(folder)
    box = Box(app, "oak")
    box.choose("self_referral", "yes")
    box.write("phone", "12345")
    box.told(told_domain="example.org")
    text = page_text(app)
    assert "is not a UK phone number" in text
    assert "You can ask for their help yourself" in text, "what can be used is shown"
    box.save()
    assert bytes_of(folder) == before
    assert app.text_input(key=box.key("phone")).value == "12345", "nothing that was typed is lost"


@pytest.mark.parametrize(
    "typed",
    [
        '=HYPERLINK("https://example.com")',
        "+44<script>alert(1)</script>",
        "Ring\x00us",
        "a\u202eb",
        "@SUM(1)",
        "x" * 2000,
    ],
)
def test_whatever_is_pasted_is_refused_in_words_or_harmless(folder, typed):
    app = opened("oak")
    box = Box(app, "oak")
    for question in ("name", "referral_url", "phone", "min_age"):
        app.text_input(key=box.key(question)).set_value(typed)
    box.told(told_domain="example.org")
    assert "<script" not in page_text(app)
    box.save()
    assert "<script" not in page_text(app)
    box.write("name", typed)
    for question in ("referral_url", "phone", "min_age"):
        box.write(question, "")
    box.save()
    found = check(folder.folder, today=NOW.date())
    assert not [p for p in found if p.kind == ProblemLevel.WRONG], "the directory passes its check"


def test_evidence_that_is_none_is_said_in_words(folder):
    app = opened("oak")
    before = bytes_of(folder)
    box = Box(app, "oak")
    box.choose("self_referral", "yes")
    box.read("example.org/oak", "You can ring us yourself")
    assert f"{say('curator.field_source_url')}: " in page_text(app)
    box.save()
    assert bytes_of(folder) == before


def test_a_box_that_is_cleared_means_that_there_is_none(folder):
    app = opened("willow")
    box = Box(app, "willow")
    box.write("email", "")
    assert say("curator.cleared") in page_text(app)
    box.told(told_domain="example.org")
    box.save()
    now = row(folder, "willow")
    assert (now["email"], now["email_audience"]) == ("", "")


def test_a_number_that_is_not_sure_is_for_the_curator_and_not_held_as_an_answer():
    app = opened("hazel")
    assert app.text_input(key=Box(app, "hazel").key("phone")).value == ""
    text = page_text(app)
    assert say("curator.ring_check", number="029 2018 0104") in text
    card = text[text.index('class="desk-preview"') :]
    assert "029 2018 0104" not in card[: card.index("sheet-bar")]


def test_hours_are_written_day_by_day(folder):
    app = opened("oak")
    box = Box(app, "oak")
    box.write("hours_osm", "9-5", part="Mo")
    box.write("hours_osm", "lunch", part="Tu")
    assert "“lunch” is not read as hours" in page_text(app)
    box.write("hours_osm", "closed", part="Tu")
    box.told(told_domain="example.org")
    box.save()
    assert row(folder, "oak")["hours_osm"] == "Mo 09:00-17:00"


def test_councils_are_chosen_by_name_and_a_gap_closes(folder):
    app = opened("oak")
    box = Box(app, "oak")
    councils = app.multiselect(key=box.key("area_code"))
    gaps = {r[0] for r in folder.rows("area_gaps.csv")[1:]}
    names = {r[1]: r[0] for r in folder.rows("areas.csv")[1:] if not r[2]}
    name = next(n for n in sorted(names) if names[n] in gaps)
    councils.set_value([*councils.value, name])
    ran(app.run())
    box.told(told_domain="example.org")
    box.save()
    assert ["oak", names[name], "stated"] in folder.rows("service_areas.csv")
    assert names[name] not in {r[0] for r in folder.rows("area_gaps.csv")[1:]}


# --- others work on it too ------------------------------------------------------------------------


def change_by_hand(folder: BreakableCopy, service: str, column: str, value: str) -> None:
    folder.set("services.csv", folder.row_where("services.csv", id=service), column, value)


def test_what_somebody_else_changed_meanwhile_is_said_and_nothing_typed_is_lost(folder):
    app = opened("willow")
    box = Box(app, "willow")
    box.write("referral_url", "https://example.org/willow/mine")
    change_by_hand(folder, "willow", "referral_url", "https://example.org/willow/theirs")
    change_by_hand(folder, "willow", "name", "Willow By Another Name")
    box.told(told_domain="example.org")
    text = page_text(app)
    assert "It now says: https://example.org/willow/theirs" in text
    assert app.text_input(key=box.key("referral_url")).value == "https://example.org/willow/mine"
    assert app.text_input(key=box.key("name")).value == "Willow By Another Name"
    box.save()
    assert row(folder, "willow")["referral_url"] == "https://example.org/willow/theirs"
    ran(app.button(key="mine-referral_url").click().run())
    box.save()
    assert row(folder, "willow")["referral_url"] == "https://example.org/willow/mine"
    assert row(folder, "willow")["name"] == "Willow By Another Name"


def test_who_takes_what_the_other_wrote_changes_nothing(folder):
    app = opened("willow")
    box = Box(app, "willow")
    box.write("referral_url", "https://example.org/willow/mine")
    change_by_hand(folder, "willow", "referral_url", "https://example.org/willow/theirs")
    ran(app.run())
    ran(app.button(key="theirs-referral_url").click().run())
    assert app.text_input(key=box.key("referral_url")).value == "https://example.org/willow/theirs"
    assert say("curator.changes_none") in page_text(app)


def test_what_was_typed_is_there_when_somebody_comes_back(folder):
    app = opened("oak")
    Box(app, "oak").write("min_age", "17")
    app.selectbox(key="desk_chosen").select("willow")
    ran(app.run())
    app.selectbox(key="desk_chosen").select("oak")
    ran(app.run())
    assert app.text_input(key=Box(app, "oak").key("min_age")).value == "17"


def test_a_directory_with_mistakes_opens_and_says_them(folder):
    change_by_hand(folder, "elm", "self_referral", "perhaps")
    app = start()
    text = page_text(app)
    assert say("curator.broken") in text
    assert "“perhaps”" in text or "perhaps" in text
    app.text_input(key="desk_search").set_value("oak")
    ran(app.run())
    ran(app.button(key="open-oak").click().run())
    assert say("curator.no_card") in page_text(app)
    box = Box(app, "oak")
    box.choose("self_referral", "no")
    box.told(told_domain="example.org")
    box.save()
    assert row(folder, "oak")["self_referral"] == "no", "another row is no reason not to save"


def test_a_file_that_cannot_be_read_is_said(folder):
    (folder.folder / "services.csv").write_bytes(b"\xff\xfe\x00")
    assert "services.csv" in page_text(start())


# --- afterwards -----------------------------------------------------------------------------------


def test_what_was_saved_can_be_taken_back(folder):
    app = opened("oak")
    before = row(folder, "oak")
    box = Box(app, "oak")
    box.choose("self_referral", "yes")
    box.told(told_domain="example.org")
    box.save()
    assert row(folder, "oak") != before
    saved = [line for line in history(folder) if line["row"] == "oak"]
    ran(app.button(key="undo").click().run())
    assert say("curator.undone") in page_text(app)
    assert row(folder, "oak") == before
    both = [line for line in history(folder) if line["row"] == "oak"]
    assert both[: len(saved)] == saved and len(both) == 2 * len(saved), "the history keeps both"


def test_the_same_service_can_be_asked_twice_on_a_day(folder):
    app = opened("oak")
    box = Box(app, "oak")
    box.choose("self_referral", "yes")
    box.told(told_domain="example.org")
    box.save()
    again = Box(app, "oak", begun=1)
    again.write("min_age", "18")
    again.told(told_domain="example.org")
    again.save()
    assert row(folder, "oak")["min_age"] == "18"
    assert row(folder, "oak")["self_referral"] == "yes"
