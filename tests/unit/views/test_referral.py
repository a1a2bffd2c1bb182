"""Referral sheets and comparisons: nothing made up, nothing dropped, one service never another."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Audience, PhoneStatus, Service, ServiceKind, Status, YesNo
from mmhs_finder.render.documents.pdf import sheet_pdf
from mmhs_finder.views.comparison import MOST_COMPARED, compare, table_csv
from mmhs_finder.views.names import label, search
from mmhs_finder.views.sheet import referral_sheet
from tests.made_up.records import TODAY

HOSTILE = '=HYPERLINK("https://evil.example","x")<script>alert(1)</script>'


def ids(services: tuple[Service, ...]) -> list[str]:
    return [s.id for s in services]


def made_up(directory: Directory, **changes: object) -> Service:
    return directory.services["willow"].model_copy(update=changes)


@pytest.mark.parametrize("typed", ["willow", "Willow", "WILLOW team"])
def test_a_name_is_found_however_it_is_typed(directory: Directory, typed: str) -> None:
    assert "willow" in ids(search(directory, typed))


def test_two_services_of_one_name_are_told_apart(directory: Directory) -> None:
    first, second = search(directory, "willow")[:2]
    assert {first.id, second.id} == {
        "willow",
        "willow-south",
    }
    texts = label(first) + label(second)
    for word in ("East Midshire", "South Midshire Moors", "Midshire North Partnership"):
        assert word in texts


def test_of_two_services_with_one_short_name_the_mmhs_comes_first(directory: Directory) -> None:
    first, second = search(directory, "BaLT")[:2]
    assert first.id == "alder", "the MMHS comes first"
    assert second.id == "lamp"
    assert "Midshire Avon NHS Trust" in label(first)
    assert "Made Up Hospitals Bristol" in label(second)


def test_no_two_services_have_the_same_label(directory: Directory) -> None:
    labels = [label(s) for s in directory.services.values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("harbour", "harbour"),
        ("Habrour", "harbour"),
        ("midshire coast harbour", "harbour"),
        ("loss pathway", "beech"),
        ("avon mids", "alder"),
        ("made up maternity", "lamp"),
    ],
)
def test_names_other_names_providers_and_areas_are_searched(
    directory: Directory, typed: str, found: str
) -> None:
    assert ids(search(directory, typed))[0] == found


@pytest.mark.parametrize("typed", ["", "   ", "!!", "\u0301"])
def test_nothing_typed_is_everything(directory: Directory, typed: str) -> None:
    assert len(search(directory, typed)) == len(directory.services)


@pytest.mark.parametrize("typed", ["zzzzqqq", "((", "' OR 1=1", "a" * 500])
def test_anything_may_be_typed(directory: Directory, typed: str) -> None:
    search(directory, typed)


def test_every_service_has_a_sheet_of_words(directory: Directory) -> None:
    for service in directory.services.values():
        sheet = referral_sheet(directory, service, today=TODAY)
        assert len({row.id for row in sheet.rows}) == len(sheet.rows)
        for row in sheet.rows:
            assert row.heading and row.text
            assert not service.curator_notes or service.curator_notes not in row.text
            assert all(line.text for line in row.lines)
            assert "eligib" not in row.text.lower() or "eligib" in str(service).lower()
        assert next(h for h, _ in sheet.groups()) == "How to refer"


def test_what_no_page_says_is_said_to_be_not_published(directory: Directory) -> None:
    sheet = referral_sheet(directory, directory.services["willow"], today=TODAY)
    for row in ("wait", "consent", "max_months", "ptsd", "earlier_treatment", "exclusions"):
        found = sheet.row(row)
        assert found and not found.published and found.text.startswith("Not seen by us"), row
    whole = referral_sheet(directory, directory.services["harbour"], today=TODAY).row("min_age")
    assert whole and whole.text == "Not published"


def test_what_is_published_is_on_the_sheet(directory: Directory) -> None:
    sheet = referral_sheet(directory, directory.services["harbour"], today=TODAY)

    def text(row: str) -> str:
        found = sheet.row(row)
        assert found
        return found.text

    assert text("max_months") == "No limit, by the service's own text."
    assert text("consent") == "Yes."
    assert "midwife" in text("who_may_refer")
    assert "Canterbury" in text("area")
    assert "for professionals" in text("how")
    assert "trauma" in text("ptsd")
    assert "leaflet of 2021" in text("disagreement")


def test_a_limit_published_for_one_need_says_for_which(directory: Directory) -> None:
    service = directory.services["alder"]
    row = referral_sheet(directory, service, today=TODAY).row("max_months")
    assert row and "Birth trauma" in row.text


def test_a_note_on_timing_is_no_gestation_limit(directory: Directory) -> None:
    service = directory.services["alder"]
    sheet = referral_sheet(directory, service, today=TODAY)
    timing, gestation = sheet.row("period"), sheet.row("gestation")
    assert timing and "after a traumatic birth" in timing.text
    assert gestation and not gestation.published


def test_sources_are_named_by_their_host(directory: Directory) -> None:
    row = referral_sheet(directory, directory.services["harbour"], today=TODAY).row("source")
    assert row and row.lines[0].text == "example.org (page 1)"


def test_a_waiting_list_is_quoted_and_advice_to_wait_is_not(directory: Directory) -> None:
    def wait(service_id: str) -> str:
        row = referral_sheet(directory, directory.services[service_id], today=TODAY).row("wait")
        assert row
        return row.text

    assert wait("shore") == "What we read: Wait about 3 to 4 months."
    assert "six-month wait" in wait("pier")
    assert wait("meadow").startswith("Not seen by us")


def test_a_number_that_is_not_confirmed_is_marked_and_cannot_be_pressed(
    directory: Directory,
) -> None:
    checked = 0
    for service in directory.services.values():
        row = referral_sheet(directory, service, today=TODAY).row("how")
        assert row
        if service.phone and service.phone_status is PhoneStatus.CHECK:
            checked += 1
            assert "Not confirmed" in row.text
            assert not row.lines[0].url
        elif service.phone:
            assert row.lines[0].url.startswith("tel:")
            assert "Not confirmed" not in row.text
        if service.phone and service.phone_audience is Audience.PROFESSIONAL:
            assert "for professionals" in row.text
    assert checked


def test_a_head_office_is_never_an_address(directory: Directory) -> None:
    for service in directory.services.values():
        row = referral_sheet(directory, service, today=TODAY).row("address")
        assert row and row.published == service.is_real_base


def test_while_waiting_names_what_is_near_and_open(directory: Directory) -> None:
    service = directory.services["willow"]
    row = referral_sheet(directory, service, today=TODAY).row("while_waiting")
    assert row and "East Midshire Reeds (self-referral)" in row.text
    assert "Willow Perinatal Team" in row.text
    place = directory.areas["E07000145"]
    near = referral_sheet(directory, service, [place], today=TODAY).row("while_waiting")
    assert near and "East Midshire Reeds (self-referral)" in near.text
    assert "Tide Peer Group" in row.text and "Tide Peer Group" not in near.text
    assert row.lines[-1].text.startswith("For everybody")


def test_while_waiting_names_nobody_who_may_not_be_running(directory: Directory) -> None:
    reeds = directory.services["reeds"].model_copy(update={"status": Status.UNKNOWN})
    other = replace(directory, services={**directory.services, "reeds": reeds})
    row = referral_sheet(other, directory.services["willow"], today=TODAY).row("while_waiting")
    assert row and "Willow Perinatal Team" in row.text and "Reeds" not in row.text


def test_an_unconfirmed_service_says_so(directory: Directory) -> None:
    row = referral_sheet(directory, made_up(directory, status=Status.UNKNOWN), today=TODAY).row(
        "status"
    )
    assert row and "could not confirm" in row.text


# --- comparing ------------------------------------------------------------------------------------


def sheets(directory: Directory, *names: str) -> list:
    return [referral_sheet(directory, directory.services[n], today=TODAY) for n in names]


def test_differences_are_marked_in_words(directory: Directory) -> None:
    table = compare(sheets(directory, "willow", "harbour"))
    rows = {row.id: row for row in table.rows}
    assert rows["birth_trauma"].note == "Same" and not rows["birth_trauma"].differs
    assert rows["self_referral"].note == "Differs" and rows["self_referral"].differs
    assert rows["consent"].note == "Differs: not known of all" and rows["consent"].differs
    assert rows["wait"].note == "Not known of any" and not rows["wait"].differs
    assert rows["how"].note == "" and not rows["how"].differs
    assert table.differing == sum(row.differs for row in table.rows)


def test_columns_of_one_name_are_told_apart(directory: Directory) -> None:
    names = ("alder", "lamp")
    table = compare(sheets(directory, *names))
    assert len(set(table.columns)) == 2
    rows = {row.id: row for row in table.rows}
    assert rows["tokophobia"].cells[1] == "Not recorded for this kind of service"


def test_one_service_has_nothing_to_differ_from(directory: Directory) -> None:
    table = compare(sheets(directory, "harbour"))
    assert not table.differing
    assert {row.note for row in table.rows} == {""}


def test_no_more_than_five(directory: Directory) -> None:
    mmhs = [s.id for s in directory.services_of(ServiceKind.MMHS)]
    table = compare(sheets(directory, *mmhs[:7]))
    assert len(table.columns) == MOST_COMPARED
    assert all(len(row.cells) == MOST_COMPARED for row in table.rows)


def test_the_file_has_every_row_and_no_formula(directory: Directory) -> None:
    hostile = made_up(directory, name=HOSTILE, who_for="+1+1", provider="@SUM(A1)")
    table = compare([referral_sheet(directory, hostile, today=TODAY)])
    data = table_csv(table)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(read) == len(table.rows) + 1
    assert not [c for row in read for c in row if c.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any("<script>" in c for c in read[0]), "it stays text"


def test_self_referral_is_never_guessed(directory: Directory) -> None:
    row = referral_sheet(
        directory, made_up(directory, self_referral=YesNo.UNKNOWN), today=TODAY
    ).row("self_referral")
    assert row and not row.published


# --- as a PDF -------------------------------------------------------------------------------------


@pytest.mark.parametrize("service_id", ["willow", "lamp", "birch"])
def test_a_sheet_as_a_pdf(directory: Directory, service_id: str) -> None:
    made = sheet_pdf(referral_sheet(directory, directory.services[service_id], today=TODAY))
    assert made.startswith(b"%PDF-") and made.rstrip().endswith(b"%%EOF")


def test_no_text_breaks_the_pdf(directory: Directory) -> None:
    attack = "<b>**x**</b> \u202e\x00 " + "W" * 300 + " 👶🏽 بيت " + "long text " * 900
    hostile = made_up(directory, name=attack, who_for=attack, website="javascript:alert(1)")
    made = sheet_pdf(referral_sheet(directory, hostile, today=TODAY))
    assert made.startswith(b"%PDF-")
    assert b"javascript" not in made
