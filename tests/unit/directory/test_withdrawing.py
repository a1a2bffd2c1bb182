"""What is taken out stands nowhere any more, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.directory import BrokenDirectory, Directory
from mmhs_finder.directory.models import Status, YesNo
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.directory.withdrawing import rows_of, taken_from, without
from mmhs_finder.directory.withdrawn import (
    FILE,
    NUMBERS,
    WITHDRAWN_FROM,
    Withdrawal,
    read_withdrawn,
    sought_for,
)

DAY = date(2026, 11, 30)
HEADER = "withdrawn_on,file,row,column,value,because,restored_on"


@pytest.fixture
def directory(made_up_directory: Directory) -> Directory:
    return made_up_directory


def out(file: str, row: str, column: str = "", value: str = "") -> Withdrawal:
    return Withdrawal(DAY, file, row, column, value, "it is wrong")


def number_of(directory: Directory, key: str) -> str:
    return directory.services[key].phone


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "020 7946 0123",
        "ring 02079460123, please",
        "(020) 7946-0123.",
        "+44 20 7946 0123",
        "+44 (0)20 7946 0123",
        "0044 20 7946 0123",
        "020\u00a07946\u00a00123",
        "Textphone 18001 020 7946 0123",
        "020 7946 0123 ext 12",
    ],
)
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    sought = sought_for("phone", "020 7946 0123 ext 7")
    assert sought is not None
    assert sought.is_in(text)


@pytest.mark.parametrize("text", ["020 7946 01234", "1020 7946 0123", "020 7946 0124", "7946 0123"])
def test_another_number_is_left_alone(text: str) -> None:
    sought = sought_for("phone", "020 7946 0123")
    assert sought is not None
    assert not sought.is_in(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [("ring 111", True), ("18001 111", True), ("0808 111 222", False), ("0111", False)],
)
def test_a_short_number_is_no_part_of_a_long_one(text: str, found: bool) -> None:
    sought = sought_for("phone", "111")
    assert sought is not None
    assert sought.is_in(text) is found


@given(st.from_regex(r"0[1-9][0-9]{8,9}", fullmatch=True), st.data())
def test_any_number_is_found_in_any_grouping(digits: str, data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.sampled_from(["", " ", "-", "\u00a0"]), min_size=len(digits)))
    written = "".join(d + m for d, m in zip(digits, marks, strict=False)).strip(" -\u00a0")
    sought = sought_for("phone", digits)
    assert sought is not None
    assert sought.is_in(f"or on {written}.")
    assert not sought.is_in(f"or on {digits}7.")


@pytest.mark.parametrize(
    "same", ["https://example.org/a/", "http://www.example.org/a", "example.org/a"]
)
def test_a_link_is_found_however_it_is_written(same: str) -> None:
    sought = sought_for("website", "https://www.example.org/a")
    assert sought is not None
    assert sought.is_in(f"See {same} for more")
    assert not sought.is_in("https://www.example.org/a/deeper")
    assert not sought.is_in("https://other.example.org/a")


def test_a_number_goes_wherever_it_stands_with_what_is_said_of_it(directory: Directory) -> None:
    number = "020 7946 0444"
    one = directory.services["harbour"].model_copy(
        update={"phone": number, "hours_text": "9 to 5", "read": Read.WHOLE}
    )
    other = directory.services["willow"].model_copy(
        update={"phone": "020 7946 0555", "referral_note": "Or ring 0207 946 0444 in the evening."}
    )
    services = {**directory.services, "harbour": one, "willow": other}
    before = replace(directory, services=services)
    after = without(before, [out("services.csv", "harbour", "phone", number)])
    harbour, willow = after.services["harbour"], after.services["willow"]
    assert (harbour.phone, harbour.phone_audience, harbour.phone_status) == ("", None, None)
    assert harbour.hours_text == ""
    assert harbour.read is Read.PART, "a blank of ours is no word of theirs"
    assert willow.referral_note == "", "half a sentence could mislead"
    assert willow.phone == "020 7946 0555"
    assert {place.row for place in taken_from(before, after)} == {"harbour", "willow"}
    assert before.services["harbour"].phone == number


def test_a_cell_that_was_mended_since_is_shown(directory: Directory) -> None:
    gone = out("services.csv", "harbour", "phone", "020 7946 0999")
    after = without(directory, [gone])
    assert after.services["harbour"].phone == number_of(directory, "harbour") != ""


def test_what_could_not_be_read_goes_by_what_is_served(directory: Directory) -> None:
    after = without(directory, [out("services.csv", "harbour", "phone")])
    assert after.services["harbour"].phone == ""


def test_an_answer_that_is_taken_out_is_not_known(directory: Directory) -> None:
    value = directory.services["willow"].self_referral.value
    after = without(directory, [out("services.csv", "willow", "self_referral", value)])
    assert after.services["willow"].self_referral is YesNo.UNKNOWN


def test_putting_back_gives_the_same_directory_again(directory: Directory) -> None:
    gone = out("services.csv", "harbour")
    after = without(directory, [gone])
    back = without(after, [replace(gone, restored_on=DAY)])
    assert back.services == directory.services
    assert back.gaps == directory.gaps
    assert without(after, []) is directory


# --- rows -----------------------------------------------------------------------------------------


def test_a_service_that_is_taken_out_leaves_a_gap_and_is_named_nowhere(
    directory: Directory,
) -> None:
    served = [area.code for area, _ in directory.areas_of("harbour")]
    assert served
    after = without(directory, [out("services.csv", "harbour")])
    assert "harbour" not in after.services and "harbour" not in after.criteria
    assert after.is_taken_out("harbour") and not after.is_taken_out("willow")
    for code in served:
        others = [s.id for s, _ in after.serving(code)]
        assert "harbour" not in others
        mmhs = [s for s, _ in after.serving(code) if s.kind == "mmhs"]
        assert (code in after.gaps) is not bool(mmhs)
        assert [s.id for s in after.taken_out(code)] == ["harbour"]
    assert all("harbour" not in c.earlier_help for c in after.criteria.values())


def test_a_council_can_be_taken_from_a_service(directory: Directory) -> None:
    code = directory.areas_of("harbour")[0][0].code
    after = without(directory, [out("service_areas.csv", "harbour", f"area_code ({code})", code)])
    assert "harbour" in after.services
    assert code not in [area.code for area, _ in after.areas_of("harbour")]


def test_a_service_is_not_brought_back_by_a_status(directory: Directory) -> None:
    value = directory.services["harbour"].status.value
    after = without(directory, [out("services.csv", "harbour", "status", value)])
    assert after.services["harbour"].status is Status.UNKNOWN


# --- the file -------------------------------------------------------------------------------------


def wrong(folder: Path, line: str) -> str:
    (folder / FILE).write_text(f"{HEADER}\n{line}\n", encoding="utf-8")
    with pytest.raises(BrokenDirectory) as problem:
        read_withdrawn(folder)
    return str(problem.value)


def test_no_file_and_an_empty_one(tmp_path: Path) -> None:
    assert read_withdrawn(tmp_path) is None
    (tmp_path / FILE).write_text(f"{HEADER}\n", encoding="utf-8")
    assert read_withdrawn(tmp_path) == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("soon,services.csv,harbour,phone,1,x,", "column withdrawn_on"),
        ("2026-11-30,services.csv,harbour,phone,1,x,later", "column restored_on"),
        ("2026-11-30,areas.csv,E06000001,,,x,", "column file"),
        ("2026-11-30,services.csv,,phone,1,x,", "column row"),
        ("2026-11-30,services.csv,harbour,telephone,1,x,", "is not a column of services.csv"),
        ("2026-11-30,services.csv,harbour,kind,mmhs,x,", "cannot be blank"),
        ("2026-11-30,service_areas.csv,harbour,certainty,stated,x,", "in brackets"),
        ("2026-11-30,,,note,020 7946 0000,x,", "needs no file"),
        ("2026-11-30,services.csv,harbour", "cells where the header has"),
    ],
)
def test_a_line_that_cannot_be_followed_says_why(tmp_path: Path, line: str, words: str) -> None:
    text = wrong(tmp_path, line)
    assert words in text
    assert "withdrawn.csv row 2" in text


@given(st.binary(max_size=300))
def test_any_file_is_followed_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / FILE).write_bytes(content)
    try:
        read_withdrawn(folder)
    except BrokenDirectory as problem:
        text = str(problem)
    else:
        return
    assert FILE in text


def test_no_row_with_a_number_stays_with_it(directory: Directory) -> None:
    """Each number of the directory, taken out alone: no record has it, and no other is lost."""
    for file in WITHDRAWN_FROM:
        for row in rows_of(directory, file):
            for column in NUMBERS:
                if not (number := getattr(row, column, "")):
                    continue
                sought = sought_for(column, number)
                assert sought is not None
                after = without(directory, [out("", "", column, number)])
                for left in (r for f in WITHDRAWN_FROM for r in rows_of(after, f)):
                    public = left.model_dump(exclude={"id", "source_urls", "website"})
                    assert not any(sought.is_in(str(v)) for v in public.values()), number
