"""What the form asks to be mended, and what comes of it as the site is set up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from mmhs_finder.curation.suggestions import (
    LONGEST,
    SETTING,
    CannotKeep,
    Correction,
    CorrectionBox,
    read_suggestions,
)
from mmhs_finder.directory import Directory
from mmhs_finder.views.suggesting import (
    MISSING,
    CorrectionTold,
    CorrectionTyped,
    entries,
    tell,
)
from mmhs_finder.words import say

DAY = date(2026, 11, 30)
RIGHT = CorrectionTyped("willow", "phone", "It is 020 7946 0111", "used_it", "")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.delenv("MMHS_CONTACT_EMAIL", raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(SETTING, str(tmp_path))
    return tmp_path


def told(typed: CorrectionTyped, directory: Directory) -> CorrectionTold:
    return tell(typed, directory, DAY, CorrectionBox())


def test_it_is_kept_where_a_folder_is_set(folder: Path, made_up_directory: Directory) -> None:
    said = told(RIGHT, made_up_directory)
    assert said.heading == say("suggest.thanks") and not said.problems
    (kept,) = read_suggestions(folder)
    assert kept.suggestion == Correction(
        "willow", "phone", "It is 020 7946 0111", "used_it", "", "2026-11-30"
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"entry": ""}, "entry"),
        ({"entry": "../etc"}, "entry"),
        ({"fact": "diagnosis"}, "fact"),
        ({"how": ""}, "how"),
        ({"right": "  "}, "right"),
        ({"right": "x" * (LONGEST + 1)}, "right"),
        ({"right": "I live in CT1 3NG"}, "right"),
        ({"right": "ring me on 07700 900123"}, "right"),
        ({"right": "jane@gmail.com"}, "right"),
        ({"how": "their_page"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "http://["}, "link"),
        ({"link": "https://me@example.org"}, "link"),
        ({"link": "https://example.org/?q=CT1%203NG and more"}, "link"),
    ],
)
def test_what_cannot_be_kept_is_asked_for_again_and_nothing_is_kept(
    folder: Path, made_up_directory: Directory, change: dict[str, str], field: str
) -> None:
    typed = CorrectionTyped(**{**RIGHT.__dict__, **change})
    assert list(told(typed, made_up_directory).problems) == [field]
    assert read_suggestions(folder) == []


def test_which_part_to_leave_out_is_said(made_up_directory: Directory) -> None:
    typed = CorrectionTyped("willow", "phone", "CT1 3NG, 07700 900123", "used_it")
    text = told(typed, made_up_directory).problems["right"]
    assert "a postcode and a mobile number" in text
    assert "CT1" not in text


def test_the_address_of_a_service_may_have_its_postcode(
    folder: Path, made_up_directory: Directory
) -> None:
    typed = CorrectionTyped("willow", "address", "Elm House, CT1 3NG", "works_there")
    assert not told(typed, made_up_directory).problems


def test_without_a_folder_it_is_a_letter(
    monkeypatch: pytest.MonkeyPatch, made_up_directory: Directory
) -> None:
    monkeypatch.setenv("MMHS_CONTACT_EMAIL", "mistakes@example.org")
    said = told(RIGHT, made_up_directory)
    assert said.letter_link.startswith("mailto:mistakes@example.org?")
    assert RIGHT.right in said.letter and RIGHT.right in unquote(said.letter_link)
    assert "It has not been sent" in said.text


def test_without_either_it_says_how_to_tell_them(made_up_directory: Directory) -> None:
    said = told(RIGHT, made_up_directory)
    assert said.ways and not said.letter
    other = told(CorrectionTyped(MISSING, "other", "A new team", "works_there"), made_up_directory)
    assert not other.ways and say("suggest.nobody_text") in other.text


def test_no_number_for_professionals_is_among_the_ways(made_up_directory: Directory) -> None:
    typed = CorrectionTyped("harbour", "phone", "Another number", "used_it")
    phones = [way for way in told(typed, made_up_directory).ways if way.link.startswith("tel:")]
    assert not phones, "the number of Harbour is for professionals"


@pytest.mark.parametrize("why", ["full", "often", "folder"])
def test_what_could_not_be_kept_is_said_and_not_lost(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    made_up_directory: Directory,
    why: str,
) -> None:
    class Broken(CorrectionBox):
        def keep(self, folder: Path, suggestion: Correction) -> None:
            raise CannotKeep(why)

    monkeypatch.setenv("MMHS_CONTACT_EMAIL", "mistakes@example.org")
    said = tell(RIGHT, made_up_directory, DAY, Broken())
    assert say("suggest.cannot_keep" if why == "folder" else "suggest.full") in said.text
    assert RIGHT.right in said.letter


def test_closed_and_withdrawn_entries_are_not_offered(made_up_directory: Directory) -> None:
    known = entries(made_up_directory)
    closed = [s.id for s in made_up_directory.services.values() if s.status == "closed"]
    assert closed and not set(closed) & set(known)
    assert list(known)[-1] == MISSING
