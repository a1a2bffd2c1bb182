"""`python -m mmhs_finder find`: the same answer in a terminal."""

from __future__ import annotations

import json

import pytest

from mmhs_finder.channels.terminal.commands import main


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
    assert service["phone_for_professionals"] == "01227 768928"
    for key in ("alternatives", "national", "urgent"):
        assert answer[key], key
    assert isinstance(answer["notices"], list)


def test_text_names_the_service(capsys):
    assert main(["find", "NR2 3TD"]) == 0
    out = capsys.readouterr().out
    assert "Lotus Maternal Therapeutic Outreach Team" in out
    assert "01603 786781" in out


@pytest.mark.parametrize("text", ["Canterbury", "", "CT", "999", "QQ1 1QQ"])
def test_bad_input_is_one_plain_line_on_stderr_and_exit_2(capsys, text):
    assert main(["find", text]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_nothing_found_is_not_an_error(capsys):
    assert main(["find", "TS24 7BT", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mmhs"] == []
