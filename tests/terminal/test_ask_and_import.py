"""From a question to a changed card: a form is made, filled in, saved by others, and taken in."""

from __future__ import annotations

import csv
import datetime
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.curation.check import check
from mmhs_finder.directory import load_directory
from mmhs_finder.directory.confirming import Backing, standing
from mmhs_finder.directory.ways import Reader, service_ways
from mmhs_finder.views.service import service_view
from tests.made_up.folder import lay_out
from tests.made_up.forms import CONFIRMED, cell_of, fill, sheet_of
from tests.made_up.records import TUESDAY_NOON, match
from tests.tools import need

TODAY = "2026-11-25"
HARBOUR = "midshire-coast-nhs-trust-form.xlsx"
pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(
        "mmhs_finder.channels.terminal.data.ask._today", lambda: datetime.date(2026, 11, 24)
    )
    return lay_out(tmp_path / "data", small=True)


@pytest.fixture
def form(data: Path, tmp_path: Path) -> Path:
    assert (
        main(["data", "ask", "--service", "harbour", "-o", str(tmp_path / "out"), str(data)]) == 0
    )
    return tmp_path / "out" / HARBOUR


def take(form: Path, data: Path, *more: str) -> int:
    return main(["data", "import", str(form), str(data), "--today", TODAY, *more])


def texts(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.csv"))}


def history(folder: Path) -> list[dict[str, str]]:
    with (folder / "changes.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_form_saved_by_libreoffice_changes_the_card(
    form: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    office = need("soffice")
    answers = {
        **CONFIRMED,
        "self_referral": "Yes",
        "phone": "0161 496 0199",
        "hours_osm:Mo": "10am to 4pm",
        "separation_only_if": "the baby is under one year old",
        "new_referrals": "Yes",
        "wait_therapy_weeks": "12",
    }
    filled = fill(form, "harbour", answers, tmp_path / HARBOUR)
    saved = tmp_path / "saved"
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(saved),
            str(filled),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    before = texts(data)
    proven = ("--from-domain", "example.org")
    assert take(saved / HARBOUR, data, *proven) == 0
    assert texts(data) == before
    said = capsys.readouterr().out
    assert "Which number may parents ring?\n      We have not seen this. -> 0161 496 0199" in said
    assert take(saved / HARBOUR, data, *proven, "--apply") == 0

    directory = load_directory(data)
    harbour = directory.services["harbour"]
    assert harbour.hours_osm == "Mo 10:00-16:00; Tu-Fr 09:00-17:00"
    assert standing(harbour) is Backing.CONFIRMED
    assert service_ways(harbour, Reader.PUBLIC)[0].value == "0161 496 0199"
    card = str(service_view(match(harbour), (), TUESDAY_NOON).ways)
    assert "0161 496 0199" in card
    assert "0161 496 0101" not in card
    assert directory.criteria["harbour"].separation_only_if == "the baby is under one year old"
    lines = {(c["row"], c["column"]): c for c in history(data)}
    assert lines["harbour", "phone"]["new"] == "0161 496 0199"
    assert lines["harbour", "phone"]["source_url"].startswith("form:1-")
    assert lines["harbour", "availability_as_of"]["new"] == TODAY
    assert not [p for p in check(data) if p.kind != "overdue"]


def test_what_people_act_on_is_not_taken_from_somebody_unknown(
    form: Path, data: Path, capsys: pytest.CaptureFixture[str]
):
    answers = {**CONFIRMED, "phone": "0161 496 0199", "email": "team@example.org"}
    fill(form, "harbour", {**answers, "wait_therapy_weeks": "12"})
    assert take(form, data, "--apply") == 0
    harbour = load_directory(data).services["harbour"]
    assert standing(harbour) is Backing.TOLD and harbour.wait_therapy_weeks == 12
    assert (harbour.phone, harbour.phone_status) == ("0161 496 0199", "check")
    assert not any(way.value == "0161 496 0199" for way in service_ways(harbour, Reader.PUBLIC))
    assert harbour.email != "team@example.org"
    assert "is not taken: “team@example.org”" in capsys.readouterr().out


def test_what_excel_makes_of_answers_is_understood(
    form: Path, data: Path, capsys: pytest.CaptureFixture[str]
):
    answers = {
        "confirm": True,
        "role": "clinical\u00a0lead",
        "phone": 2079460000,
        "referrer_phone": "20 7946 0000",
        "email": "team@example.org ",
        "consent_required": True,
        "new_referrals": False,
        "wait_assessment_weeks": 6.0,
        "availability_as_of": datetime.date(2026, 11, 20),
        "after_referral": "We\u2019ll ring you \u2013 it isnâ€™t long.",
        "day": 46347,
    }
    fill(form, "harbour", answers)
    assert take(form, data, "--apply", "--from-domain", "example.org") == 0
    harbour = load_directory(data).services["harbour"]
    assert (harbour.phone, harbour.referrer_phone) == ("020 7946 0000", "020 7946 0000")
    assert harbour.told_on == datetime.date(2026, 11, 21)
    assert harbour.told_by == "clinical lead"
    assert harbour.availability_as_of == datetime.date(2026, 11, 20)
    assert harbour.wait_assessment_weeks == 6
    assert harbour.new_referrals == "no"
    assert harbour.after_referral == "We\u2019ll ring you \u2013 it isn\u2019t long."
    assert "“20 7946 0000” is read as 020 7946 0000" in capsys.readouterr().out


def test_an_unchanged_form_that_is_confirmed_changes_who_told_us_and_nothing_else(
    form: Path, data: Path
):
    proof = "0161 496 0100 https://example.org/harbour/contact"
    fill(form, "harbour", CONFIRMED)
    assert take(form, data, "--called", proof, "--apply") == 0
    assert {c["column"] for c in history(data) if c["applied_on"] == TODAY} == {
        "told_on",
        "told_by",
        "told_how",
        "told_proof",
    }
    assert standing(load_directory(data).services["harbour"]) is Backing.CONFIRMED


def test_a_domain_of_others_proves_nothing(
    form: Path, data: Path, capsys: pytest.CaptureFixture[str]
):
    fill(form, "harbour", CONFIRMED)
    assert take(form, data, "--from-domain", "gmail.com", "--apply") == 1
    assert "--from-domain or --called" in capsys.readouterr().err


def refused(form: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of a form that is not taken in: nothing is changed."""
    before = texts(data)
    capsys.readouterr()
    assert take(form, data, "--apply") == 1
    assert texts(data) == before
    said = capsys.readouterr().err
    assert said.endswith("Nothing was changed.\n")
    return said.removesuffix("Nothing was changed.\n").strip()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"self_referral": "Yes"}, "nobody says that it is right"),
        ({**CONFIRMED, "role": "Jane Example, manager"}, "may hold the name"),
        ({**CONFIRMED, "role": "jane@example.org"}, "may hold the name"),
        ({**CONFIRMED, "day": "25 December 2026"}, "still to come"),
        ({**CONFIRMED, "phone": "12345"}, "is not a UK phone number"),
        ({**CONFIRMED, "referrer_phone": None}, "was taken out"),
        ({**CONFIRMED, "self_referral": "perhaps"}, "Choose “Yes” or “No”"),
        ({**CONFIRMED, "hours_osm:Mo": "09:00:00"}, "is one time of day"),
        ({**CONFIRMED, "hours_osm:Mo": "1-5"}, "could be morning or afternoon"),
        ({**CONFIRMED, "max_gestation_weeks": "7 months"}, "is in another unit"),
        ({**CONFIRMED, "area_code:more": "Atlantis"}, "names “Atlantis”"),
        ({**CONFIRMED, "referral_note": "x" * 30_000}, "is longer than"),
        ({**CONFIRMED, "after_referral": "<script>alert(1)</script>"}, "holds HTML"),
        ({**CONFIRMED, "website": "javascript:alert(1)"}, "is not a web address"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named_with_its_cell(
    form: Path,
    data: Path,
    capsys: pytest.CaptureFixture[str],
    answers: dict[str, object],
    said: str,
):
    fill(form, "harbour", answers)
    message = refused(form, data, capsys)
    assert said in message
    assert f"{HARBOUR}, sheet “Harbour”, cell C" in message
    assert "\n" not in message


def test_what_we_have_changed_since_is_asked_about(
    form: Path, data: Path, capsys: pytest.CaptureFixture[str]
):
    services = (data / "services.csv").read_text(encoding="utf-8")
    (data / "services.csv").write_text(
        services.replace("A professional phones for the referral form.", "Write to them."),
        encoding="utf-8",
    )
    fill(form, "harbour", CONFIRMED)
    assert "Now it is: Write to them." in refused(form, data, capsys)
    fill(form, "harbour", {"referral_note": "Write to us."})
    assert take(form, data, "--apply") == 0


def test_a_form_whose_parts_do_not_fit_is_refused(
    form: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    fill(form, "harbour", CONFIRMED)
    book = openpyxl.load_workbook(form)
    sheet_of(book, "harbour").delete_rows(8)
    book.save(tmp_path / "shorter.xlsx")
    assert "A row of the form is gone" in refused(tmp_path / "shorter.xlsx", data, capsys)

    book = openpyxl.load_workbook(form)
    book.copy_worksheet(sheet_of(book, "harbour"))
    book.save(tmp_path / "twice.xlsx")
    assert "are both about harbour" in refused(tmp_path / "twice.xlsx", data, capsys)

    other = openpyxl.Workbook()
    other.active.append(["a", "b"])
    other.save(tmp_path / "other.xlsx")
    assert "is not a form of ours" in refused(tmp_path / "other.xlsx", data, capsys)

    lines = (data / "services.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    gone = tmp_path / "gone"
    shutil.copytree(data, gone)
    for file in ("services.csv", "mmhs_criteria.csv", "service_areas.csv"):
        lines = (gone / file).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("harbour,")]
        (gone / file).write_text("".join(kept), encoding="utf-8")
    assert take(form, gone) == 1
    assert "there is no service harbour in this directory any more" in capsys.readouterr().err


def test_files_that_are_no_form_are_refused_in_one_plain_line(
    form: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    book = openpyxl.load_workbook(form)
    sheet = sheet_of(book, "harbour")
    cell_of(sheet, "phone").value = '=WEBSERVICE("http://example.org")'
    book.save(tmp_path / "formula.xlsx")
    big = openpyxl.Workbook(write_only=True)
    rows = big.create_sheet("A")
    for number in range(5_000):
        rows.append([number, "x"])
    big.save(tmp_path / "rows.xlsx")
    many = openpyxl.Workbook()
    for _ in range(150):
        many.create_sheet()
    many.save(tmp_path / "sheets.xlsx")
    with zipfile.ZipFile(form) as whole, zipfile.ZipFile(tmp_path / "macro.xlsx", "w") as made:
        for name in whole.namelist():
            made.writestr(name, whole.read(name))
        made.writestr("xl/vbaProject.bin", b"x")
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        made.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    (tmp_path / "list.xlsx").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "old.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 99)
    locked = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "locked.xlsx").write_bytes(locked)
    (tmp_path / "cut.xlsx").write_bytes(form.read_bytes()[:4_000])
    expected = {
        "formula.xlsx": "holds a formula, in sheet “Harbour”, C",
        "rows.xlsx": "has 5,000 rows",
        "sheets.xlsx": "has 151 sheets",
        "macro.xlsx": "holds macros",
        "bomb.xlsx": "is far larger than a form",
        "list.xlsx": "is not an Excel workbook",
        "old.xlsx": "is an old kind of Excel file",
        "locked.xlsx": "has a password",
        "cut.xlsx": "is damaged",
        "missing.xlsx": "cannot be opened",
    }
    for name, words in expected.items():
        message = refused(tmp_path / name, data, capsys)
        assert message.startswith(f"{name} {words}")
        assert "\n" not in message


def test_asking_writes_a_form_a_letter_and_a_sheet_for_each_organisation(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("MMHS_CONTACT_EMAIL", "keeper@example.org")
    monkeypatch.setenv("MMHS_PUBLIC_ADDRESS", "https://finder.example.org")
    for name in ("one", "two"):
        out = ["-o", str(tmp_path / name), str(data)]
        assert main(["data", "ask", "--provider", "midshire coast nhs", *out]) == 0
    made = {file.name: file.read_bytes() for file in (tmp_path / "one").iterdir()}
    assert made == {file.name: file.read_bytes() for file in (tmp_path / "two").iterdir()}
    assert {name.rpartition("-")[2] for name in made} == {"form.xlsx", "letter.txt", "call.pdf"}
    letter = made["midshire-coast-nhs-trust-letter.txt"].decode()
    assert "https://finder.example.org/text/service/harbour" in letter
    assert "keeper@example.org" in letter
    assert main(["data", "ask", "-o", str(tmp_path / "one"), str(data)]) == 1
    for which in (("--service", "nobody"), ("--provider", "Nobody Trust")):
        assert main(["data", "ask", *which, "-o", str(tmp_path / "three"), str(data)]) == 1
    assert not (tmp_path / "three").exists()


def test_a_sheet_that_nobody_has_filled_in_stays_as_it_is(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    lines = (data / "services.csv").read_text(encoding="utf-8")
    lines = lines.replace("Midshire East NHS Trust", "Midshire Coast NHS Trust")
    (data / "services.csv").write_text(lines, encoding="utf-8")
    out = tmp_path / "out"
    which = ["--provider", "Midshire Coast NHS Trust"]
    assert main(["data", "ask", *which, "-o", str(out), str(data)]) == 0
    fill(out / HARBOUR, "harbour", {**CONFIRMED, "self_referral": "Yes"})
    assert take(out / HARBOUR, data, "--apply") == 0
    assert "Willow Maternal Team: nobody has filled in its sheet." in capsys.readouterr().out
    services = load_directory(data).services
    assert services["harbour"].told_on
    assert not services["willow"].told_on


def test_nobody_can_change_what_we_ask_and_every_answer_is_a_text(form: Path):
    sheet = sheet_of(openpyxl.load_workbook(form), "harbour")
    assert sheet.protection.sheet
    for row in sheet.iter_rows(min_row=5):
        answer, key = row[2], row[3].value
        assert answer.protection.locked is (not key)
        assert not key or answer.number_format == "@"
    offered = {v.formula1 for v in sheet.data_validations.dataValidation}
    assert '"Yes,No"' in offered
