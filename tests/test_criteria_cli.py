"""`python -m mmhs_finder check-criteria`: outcome and reasons, and plain words for bad input."""

from __future__ import annotations

import argparse
import io
import json

import pytest

from mmhs_finder.channels.terminal import criteria as criteria_cli

THRIVE = "thrive-kent-medway"


def main(*words: str) -> int:
    parser = argparse.ArgumentParser()
    criteria_cli.add_arguments(parser.add_subparsers(required=True))
    args = parser.parse_args(["check-criteria", *words])
    return int(args.run(args))


@pytest.fixture
def answers(tmp_path):
    def write(given: object) -> str:
        path = tmp_path / "answers.json"
        path.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
        return str(path)

    return write


def test_json_has_outcome_and_reasons(capsys, answers):
    file = answers({"happened": ["loss"], "seen_before": "no", "lives_in_area": "yes"})
    assert main("--service", THRIVE, "--answers", file, "--json") == 0
    out = json.loads(capsys.readouterr().out)
    assert out["outcome"] == "may_not"
    assert out["service"] == {
        "id": THRIVE,
        "name": out["service"]["name"],
        "status": "open",
    }
    (reason,) = out["reasons"]
    assert reason["criterion"] == "earlier_treatment"
    assert reason["state"] == "may_not"
    assert reason["reason"] and reason["question"] and reason["instead"] and reason["sources"]
    assert reason["question"] in out["questions"]
    assert out["urgent"] is None
    assert {f["state"] for f in out["findings"]} == {"met", "may_not", "cannot_tell"}


def test_looks_right(capsys, answers):
    file = answers({"happened": "birth_trauma", "seen_before": True, "lives_in_area": True})
    assert main("--service", THRIVE, "--answers", file, "--json") == 0
    out = json.loads(capsys.readouterr().out)
    assert (out["outcome"], out["reasons"], out["not_checked"]) == ("looks_right", [], [])


def test_answers_from_stdin_as_text(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("{}"))
    assert main("--service", "by-your-side-essex", "--answers", "-") == 0
    out = capsys.readouterr().out
    assert "Worth asking." in out
    assert "Questions to ask them" in out
    assert "https://" in out


def test_not_safe_says_urgent_help_first(capsys, answers):
    file = answers({"not_safe_now": True})
    assert main("--service", THRIVE, "--answers", file) == 0
    assert "999" in capsys.readouterr().out.splitlines()[0]
    assert main("--service", THRIVE, "--answers", file, "--json") == 0
    assert "999" in json.loads(capsys.readouterr().out)["urgent"]


@pytest.mark.parametrize(
    "given",
    [
        "not json",
        "",
        "[]",
        "null",
        "[" * 100_000,
        '{"happened": "all"}',
        '{"what": 1}',
        '{"age": NaN}',
        '{"years_since": 1e400}',
        '{"event_date": "yesterday"}',
    ],
)
def test_bad_answers_are_one_plain_line_on_stderr_and_exit_2(capsys, answers, given):
    assert main("--service", THRIVE, "--answers", answers(given), "--json") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


@pytest.mark.parametrize("service", ["nothing", "", "../data", "umcpt-talking-therapies"])
def test_an_unknown_service_is_bad_input(capsys, answers, service):
    assert main("--service", service, "--answers", answers({})) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_missing_or_unreadable_file_is_bad_input(capsys, tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\xd8")
    for path in (tmp_path / "none.json", tmp_path, tmp_path / "binary"):
        assert main("--service", THRIVE, "--answers", str(path)) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_answers_are_not_repeated(capsys, answers):
    file = answers({"happened": ["separation"], "months_since": 77, "age": 29})
    assert main("--service", THRIVE, "--answers", file, "--json") == 0
    out = capsys.readouterr().out
    assert "77" not in json.loads(out)["headline"]
    assert '"age": 29' not in out
