"""`python -m mmhs_finder workforce`: the model in a terminal."""

from __future__ import annotations

import argparse
import json

import pytest

from mmhs_finder.channels.terminal import workforce as workforce_cli
from mmhs_finder.planning.births import births_by_area


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    workforce_cli.add_arguments(parser.add_subparsers(required=True))
    args = parser.parse_args(["workforce", *words])
    return int(args.run(args))


def test_json_has_the_figures_the_bands_and_what_was_assumed(capsys):
    assert command("--births", "10000", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["births"] == 10_000
    assert answer["figures"]["adjusted_births"] == pytest.approx(12_287)
    assert [b["band"] for b in answer["bands"]] == ["Band 5", "Band 7", "Band 8a"]
    assert answer["guide_scaled_total_wte"] == 9.5
    assert answer["changed"] == []
    assert answer["assumptions"]["prevalence"] == 0.158
    hours = next(p for p in answer["printed"] if p["name"] == "total_hours")
    assert hours["value"] == 14_843
    assert hours["note"]


def test_text_has_the_printed_figures_beside_the_exact_ones(capsys):
    assert command("--births", "10,000") == 0
    text = capsys.readouterr().out
    assert "14,837   printed 14,843." in text
    assert "Integrate guide" in text


def test_a_changed_assumption_is_named_and_has_no_printed_figure(capsys):
    assert command("--births", "10000", "--set", "prevalence=0.2", "--set", "both_share=0") == 0
    text = capsys.readouterr().out
    assert "Changed: prevalence, both_share" in text
    assert "printed" not in text


def test_several_areas_are_added_up_and_a_council_is_counted_once(capsys, directory):
    every = births_by_area(directory)
    icb = next(a for a in every if a.kind == "icb")
    inside = next(a for a in every if a.kind == "council" and a.known[0] in icb.known)
    asked = ["--area", inside.name.upper(), "--area", icb.code]
    assert command(*asked, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["births"] == icb.births
    first, second = answer["areas"]
    assert (first["code"], first["births_counted"]) == (icb.code, icb.births)
    assert (second["births_counted"], second["counted_in"]) == (0, [icb.name])
    assert first["total_wte"] == pytest.approx(answer["figures"]["total_wte"])
    assert "total_cost" not in answer, "nobody said what a post costs"
    assert command(*asked) == 0
    assert "counted once" in capsys.readouterr().out


def test_the_cost_is_of_the_figures_that_were_given(capsys):
    pay = ["--pay", "band5=40,000", "--pay", "band7=60000"]
    assert command("--births", "10000", *pay) == 0
    assert "To add up the cost we also need: band8a." in capsys.readouterr().out
    assert command("--births", "10000", *pay, "--pay", "band8a=70000", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["pay"] == {"band5": 40_000, "band7": 60_000, "band8a": 70_000}
    assert answer["total_cost"] == pytest.approx(sum(answer["costs"].values()))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--area", "Atlantis"], "no district, borough, ICB or NHS region 'Atlantis'"),
        (["--area", ""], "no district, borough, ICB or NHS region ''"),
        (["--births", "10", "--pay", "band5"], "--pay needs a name and a value"),
        (["--births", "10", "--pay", "band6=1"], "There is no 'band6'. There are: band5, band7"),
        (["--births", "10", "--pay", "band5=-1"], "band5 is from 0 to 1,000,000 pounds a year"),
        (["--births", "many"], "births needs a number: 'many' is not one."),
        (["--births", "-5"], "Births are a number from 0 to 5,000,000."),
        (["--births", "nan"], "Births are a number from 0 to 5,000,000."),
        (["--births", "10", "--set", "prevalence"], "--set needs a name and a value"),
        (["--births", "10", "--set", "prevalence=x"], "prevalence needs a number: 'x' is not one."),
        (["--births", "10", "--set", "prevalence=2"], "prevalence is from 0 to 1"),
        (["--births", "10", "--set", "nothing=2"], "There is no assumption 'nothing'."),
    ],
)
def test_bad_input_is_one_plain_line_and_exit_2(words, message, capsys):
    assert command(*words) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert message in out.err
    assert out.err.count("\n") == 1
