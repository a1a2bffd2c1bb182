"""`python -m mmhs_finder pack`: the pack as plain lines, the letter alone, plain words for junk."""

from __future__ import annotations

import argparse

import pytest

from mmhs_finder.channels.terminal import pack as pack_cli
from mmhs_finder.directory.loading import DATA_DIR_SETTING
from mmhs_finder.render.pack_text import pack_text
from mmhs_finder.views.pack_paper import pack_paper
from mmhs_finder.views.referral_pack import referral_pack
from mmhs_finder.words import say
from tests.made_up.records import TUESDAY_NOON

NOON = "2026-11-24T12:00"


def main(*words: str) -> int:
    parser = argparse.ArgumentParser()
    pack_cli.add_arguments(parser.add_subparsers(required=True))
    args = parser.parse_args(["pack", *words])
    return int(args.run(args))


@pytest.fixture(autouse=True)
def made_up(monkeypatch, application):
    monkeypatch.setattr(pack_cli, "open_application", lambda checked: application)


def test_it_is_the_pack_of_every_other_channel(capsys, finder, directory):
    assert main("willow", "--at", NOON) == 0
    pack = referral_pack(finder, directory.services["willow"], at=TUESDAY_NOON)
    assert capsys.readouterr().out == pack_text(pack_paper(pack, TUESDAY_NOON))


def test_the_letter_alone(capsys):
    assert main("willow", "--letter", "--at", NOON) == 0
    told = capsys.readouterr().out
    assert told.startswith(say("pack_letter.date"))
    assert say("pack.how") not in told


@pytest.mark.parametrize("words", [("nobody",), ("willow", "--at", "soon"), ("<b>CT1 3NG",)])
def test_bad_input_is_one_plain_line(capsys, words):
    assert main(*words) == pack_cli.BAD_INPUT
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and "CT1" not in told.err


def test_a_directory_that_cannot_be_read_is_said(capsys, monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setenv(DATA_DIR_SETTING, str(tmp_path))
    assert main("willow") == 1
    assert "services.csv" in capsys.readouterr().err
