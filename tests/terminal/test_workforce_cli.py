"""`python -m mmhs_finder workforce`: the model in a terminal."""

from __future__ import annotations

import argparse
import json

import pytest

from mmhs_finder.channels.terminal import workforce as workforce_cli


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


@pytest.mark.parametrize(
    ("words", "message"),
    [
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
