"""Referral sheets and comparisons: nothing made up, nothing dropped, one service never another."""

from __future__ import annotations

import csv
import io

import pytest

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Audience, PhoneStatus, Service, ServiceKind, Status, YesNo
from mmhs_finder.render.documents.pdf import sheet_pdf
from mmhs_finder.views.comparison import MOST_COMPARED, compare, table_csv
from mmhs_finder.views.names import label, search
from mmhs_finder.views.sheet import referral_sheet

HOSTILE = '=HYPERLINK("https://evil.example","x")<script>alert(1)</script>'


def ids(services: tuple[Service, ...]) -> list[str]:
    return [s.id for s in services]


def made_up(directory: Directory, **changes: object) -> Service:
    return directory.services["lotus-norfolk-waveney"].model_copy(update=changes)


@pytest.mark.parametrize("typed", ["lotus", "Lotus", "LOTUS team"])
def test_both_services_called_lotus_are_found(directory: Directory, typed: str) -> None:
    assert "lotus-norfolk-waveney" in ids(search(directory, typed))


def test_two_services_called_lotus_are_told_apart(directory: Directory) -> None:
    first, second = search(directory, "lotus")[:2]
    assert {first.id, second.id} == {
        "lotus-norfolk-waveney",
        "lotus-maternal-mental-health-service-south-staffordshire",
    }
    texts = label(first) + label(second)
    for word in ("Norfolk and Waveney", "South Staffordshire", "Midlands Partnership"):
        assert word in texts


def test_two_services_called_malt_are_told_apart(directory: Directory) -> None:
    first, second = search(directory, "MaLT")[:2]
    assert first.id == "bnssg-maternal-loss-and-trauma-service", "the MMHS comes first"
    assert second.id == "uhbw-maternity-and-loss-team"
    assert "Avon and Wiltshire" in label(first)
    assert "University Hospitals Bristol and Weston" in label(second)


def test_no_two_services_have_the_same_label(directory: Directory) -> None:
    labels = [label(s) for s in directory.services.values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("thrive", "thrive-kent-medway"),
        ("Thirve", "thrive-kent-medway"),
        ("kent and medway thrive", "thrive-kent-medway"),
        ("bnssg", "bnssg-maternal-loss-and-trauma-service"),
        ("avon wilt", "bnssg-maternal-loss-and-trauma-service"),
        ("st michaels", "uhbw-maternity-and-loss-team"),
    ],
)
def test_names_other_names_providers_and_areas_are_searched(
    directory: Directory, typed: str, found: str
) -> None:
    hits = ids(search(directory, typed))
    if typed == "bnssg":
        assert all("bnssg" in label(directory.services[i]).lower() for i in hits)
    else:
        assert found in hits[:3]


@pytest.mark.parametrize("typed", ["", "   ", "!!", "\u0301"])
def test_nothing_typed_is_everything(directory: Directory, typed: str) -> None:
    assert len(search(directory, typed)) == len(directory.services)


@pytest.mark.parametrize("typed", ["zzzzqqq", "((", "' OR 1=1", "a" * 500])
def test_anything_may_be_typed(directory: Directory, typed: str) -> None:
    search(directory, typed)


def test_every_service_has_a_sheet_of_words(directory: Directory) -> None:
    for service in directory.services.values():
        sheet = referral_sheet(directory, service)
        assert len({row.id for row in sheet.rows}) == len(sheet.rows)
        for row in sheet.rows:
            assert row.heading and row.text
            assert not service.curator_notes or service.curator_notes not in row.text
            assert all(line.text for line in row.lines)
            assert "eligib" not in row.text.lower() or "eligib" in str(service).lower()
        assert next(h for h, _ in sheet.groups()) == "How to refer"


def test_what_no_page_says_is_said_to_be_not_published(directory: Directory) -> None:
    sheet = referral_sheet(directory, directory.services["lotus-norfolk-waveney"])
    for row in ("wait", "consent", "max_months", "ptsd", "earlier_treatment", "exclusions"):
        found = sheet.row(row)
        assert found and not found.published and found.text.startswith("Not seen by us"), row
    whole = referral_sheet(directory, directory.services["thrive-kent-medway"]).row("min_age")
    assert whole and whole.text == "Not published"


def test_what_is_published_is_on_the_sheet(directory: Directory) -> None:
    sheet = referral_sheet(directory, directory.services["thrive-kent-medway"])

    def text(row: str) -> str:
        found = sheet.row(row)
        assert found
        return found.text

    assert text("max_months") == "No limit, by the service's own text."
    assert text("consent") == "Yes."
    assert "midwife" in text("who_may_refer")
    assert "Canterbury" in text("area")
    assert "for professionals" in text("phone")
    assert "trauma" in text("ptsd")
    assert "leaflet" in text("disagreement")


def test_a_limit_published_for_one_need_says_for_which(directory: Directory) -> None:
    service = directory.services["bnssg-maternal-loss-and-trauma-service"]
    row = referral_sheet(directory, service).row("max_months")
    assert row and "Birth trauma" in row.text


def test_a_note_on_timing_is_no_gestation_limit(directory: Directory) -> None:
    service = directory.services["bnssg-maternal-loss-and-trauma-service"]
    sheet = referral_sheet(directory, service)
    timing, gestation = sheet.row("period"), sheet.row("gestation")
    assert timing and "after a traumatic birth" in timing.text
    assert gestation and not gestation.published


def test_sources_are_named_by_their_host(directory: Directory) -> None:
    row = referral_sheet(directory, directory.services["thrive-kent-medway"]).row("source")
    assert row and row.lines[0].text == "kmpt.nhs.uk (page 1)"


def test_a_waiting_list_is_quoted_and_advice_to_wait_is_not(directory: Directory) -> None:
    def wait(service_id: str) -> str:
        row = referral_sheet(directory, directory.services[service_id]).row("wait")
        assert row
        return row.text

    assert wait("leeds-birth-reflections") == "What we read: Wait about 3 to 4 months."
    assert "six-month wait" in wait("mtw-birth-thoughts")
    assert wait("northamptonshire-birth-reflections").startswith("Not seen by us")


def test_a_number_that_is_not_confirmed_is_marked_and_cannot_be_pressed(
    directory: Directory,
) -> None:
    checked = 0
    for service in directory.services.values():
        row = referral_sheet(directory, service).row("phone")
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
        row = referral_sheet(directory, service).row("address")
        assert row and row.published == service.is_real_base


def test_while_waiting_names_what_is_near_and_open(directory: Directory) -> None:
    service = directory.services["lotus-norfolk-waveney"]
    row = referral_sheet(directory, service).row("while_waiting")
    assert row and "Norfolk Sands (self-referral)" in row.text
    closed = [s.name for s in directory.services.values() if s.status is not Status.OPEN]
    place = directory.areas["E07000148"]
    near = referral_sheet(directory, service, [place]).row("while_waiting")
    assert near and len(near.lines) <= len(row.lines)
    assert row.lines[-1].text.startswith("For everybody")
    assert closed


def test_an_unconfirmed_service_says_so(directory: Directory) -> None:
    row = referral_sheet(directory, made_up(directory, status=Status.UNKNOWN)).row("status")
    assert row and "could not confirm" in row.text


# --- comparing ------------------------------------------------------------------------------------


def sheets(directory: Directory, *names: str) -> list:
    return [referral_sheet(directory, directory.services[n]) for n in names]


def test_differences_are_marked_in_words(directory: Directory) -> None:
    table = compare(sheets(directory, "lotus-norfolk-waveney", "thrive-kent-medway"))
    rows = {row.id: row for row in table.rows}
    assert rows["birth_trauma"].note == "Same" and not rows["birth_trauma"].differs
    assert rows["self_referral"].note == "Differs" and rows["self_referral"].differs
    assert rows["consent"].note == "Differs: not known of all" and rows["consent"].differs
    assert rows["wait"].note == "Not known of any" and not rows["wait"].differs
    assert rows["phone"].note == "" and not rows["phone"].differs
    assert table.differing == sum(row.differs for row in table.rows)


def test_columns_of_one_name_are_told_apart(directory: Directory) -> None:
    names = ("bnssg-maternal-loss-and-trauma-service", "uhbw-maternity-and-loss-team")
    table = compare(sheets(directory, *names))
    assert len(set(table.columns)) == 2
    rows = {row.id: row for row in table.rows}
    assert rows["tokophobia"].cells[1] == "Not recorded for this kind of service"


def test_one_service_has_nothing_to_differ_from(directory: Directory) -> None:
    table = compare(sheets(directory, "thrive-kent-medway"))
    assert not table.differing
    assert {row.note for row in table.rows} == {""}


def test_no_more_than_five(directory: Directory) -> None:
    mmhs = [s.id for s in directory.services_of(ServiceKind.MMHS)]
    table = compare(sheets(directory, *mmhs[:7]))
    assert len(table.columns) == MOST_COMPARED
    assert all(len(row.cells) == MOST_COMPARED for row in table.rows)


def test_the_file_has_every_row_and_no_formula(directory: Directory) -> None:
    hostile = made_up(directory, name=HOSTILE, who_for="+1+1", provider="@SUM(A1)")
    table = compare([referral_sheet(directory, hostile)])
    data = table_csv(table)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(read) == len(table.rows) + 1
    assert not [c for row in read for c in row if c.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any("<script>" in c for c in read[0]), "it stays text"


def test_self_referral_is_never_guessed(directory: Directory) -> None:
    row = referral_sheet(directory, made_up(directory, self_referral=YesNo.UNKNOWN)).row(
        "self_referral"
    )
    assert row and not row.published


# --- as a PDF -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "service_id", ["lotus-norfolk-waveney", "uhbw-maternity-and-loss-team", "silver-birch-hubs"]
)
def test_a_sheet_as_a_pdf(directory: Directory, service_id: str) -> None:
    made = sheet_pdf(referral_sheet(directory, directory.services[service_id]))
    assert made.startswith(b"%PDF-") and made.rstrip().endswith(b"%%EOF")


def test_no_text_breaks_the_pdf(directory: Directory) -> None:
    attack = "<b>**x**</b> \u202e\x00 " + "W" * 300 + " 👶🏽 بيت " + "long text " * 900
    hostile = made_up(directory, name=attack, who_for=attack, website="javascript:alert(1)")
    made = sheet_pdf(referral_sheet(directory, hostile))
    assert made.startswith(b"%PDF-")
    assert b"javascript" not in made
