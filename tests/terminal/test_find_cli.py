"""`python -m mmhs_finder find`: the same answer in a terminal."""

from __future__ import annotations

import json

import pytest

from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.words import say


def test_json_has_the_promised_shape(capsys):
    assert main(["find", "CT1 3NG", "--need", "loss", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["place"] | {"lat": 0, "lon": 0} == {
        "postcode": "CT1 3NG",
        "lat": 0,
        "lon": 0,
        "council_code": "E07000106",
        "council": "Canterbury",
        "area_code": "E07000106",
        "icb": "NHS Kent and Medway",
        "region": "South East",
        "nation": "England",
        "precision": "postcode",
        "areas": [{"code": "E07000106", "name": "Canterbury"}],
    }
    assert answer["place"]["lat"] == pytest.approx(51.267, abs=0.01)
    (service,) = answer["mmhs"]
    assert service["pathways"] == {
        "birth_trauma": "yes",
        "loss": "yes",
        "tokophobia": "yes",
        "separation": "yes",
    }
    assert (service["status"], service["certainty"], service["self_referral"]) == (
        "open",
        "stated",
        "no",
    )
    assert service["phone"] is None
    assert service["phone_for_professionals"] == "0161 496 0101"
    for key in ("alternatives", "national", "urgent"):
        assert answer[key], key
    assert isinstance(answer["notices"], list)


def test_text_names_the_service(capsys):
    assert main(["find", "NR2 3TD"]) == 0
    out = capsys.readouterr().out
    assert "Willow Maternal Team" in out
    assert "0191 498 0102" in out


@pytest.mark.parametrize("text", ["my street", "", "CT", "999", "QQ1 1QQ"])
def test_bad_input_is_one_plain_line_on_stderr_and_exit_2(capsys, text):
    assert main(["find", text]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_nothing_found_is_not_an_error(capsys):
    assert main(["find", "TS24 7BT", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mmhs"] == []


def test_on_christmas_day_in_the_morning_nothing_is_open_that_does_not_say_so(capsys):
    assert main(["find", "CT1 3NG", "--need", "loss", "--at", "2026-12-25T11:00", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["at"].startswith("2026-12-25T11:00")
    (line,) = [r for r in answer["national"] if r["id"] == "stillbirth-line"]
    assert line["opening"]["open_now"] is False
    assert "May be closed today" in line["opening"]["text"]


@pytest.mark.parametrize(
    "at", ["25.12.2026", "2026-12-25", "2026-13-01T11:00", "", "1066-01-01T00:00"]
)
def test_a_time_that_cannot_be_read_is_one_plain_line(capsys, at):
    assert main(["find", "CT1 3NG", "--at", at]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert "2026-12-25T11:00" in err


@pytest.mark.parametrize(
    "text", ["CT1 3NG", "BT1 5GS", "JE2 3QA", "GY1 1AA", "IM1 1AA", "TD15 1AA"]
)
def test_json_always_has_urgent_help(capsys, text):
    assert main(["find", text, "--json"]) == 0
    urgent = json.loads(capsys.readouterr().out)["urgent"]
    assert urgent[0]["phone"] == "999"


def test_a_text_number_is_never_given_as_if_it_could_be_rung(capsys):
    assert main(["find", "CT1 3NG"]) == 0
    out = capsys.readouterr().out
    assert "Text SHOUT to 85258" in out
    assert "Call 85258" not in out
    assert "Opening hours: " in out


def test_what_may_not_run_says_so_among_the_alternatives_too(capsys):
    assert main(["find", "HU1 3RA"]) == 0
    assert "Lantern Counselling (Not confirmed)" in capsys.readouterr().out


def test_limits_and_earlier_help_stand_in_the_terminal_as_on_the_page(capsys):
    assert main(["find", "CT1 3NG"]) == 0
    out = capsys.readouterr().out
    assert "Other help first: " in out and "How it affects you: " in out
    assert main(["find", "CV1 2GN"]) == 0
    assert "How long ago it was: Up to 2 years" in capsys.readouterr().out


def test_her_fertility_treatment_did_not_work(capsys):
    """Nothing for a parent with her baby, as after a loss."""
    assert main(["find", "CT1 3NG", "--need", "failed_fertility_treatment", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert "mother_baby_unit" not in {a["kind"] for a in answer["alternatives"]}
    assert answer["urgent"]


def test_a_place_name_is_answered_with_what_may_be_meant(capsys):
    assert main(["find", "Newport"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[1] == say("find.meant_places")
    assert "- Newport, Isle of Wight: show support in Isle of Wight (E06000046)" in lines
    assert "- Newport, Wales: help there" in lines


def test_a_councils_code_is_answered(capsys):
    assert main(["find", "e07000114", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["place"]["council"] == "Thanet"


def test_in_a_hard_hour_the_numbers_come_first(capsys):
    assert main(["find", "my baby died"]) == 2
    danger, _, message = capsys.readouterr().err.splitlines()
    assert "999" in danger
    assert message == say("postcode.hard_time")
