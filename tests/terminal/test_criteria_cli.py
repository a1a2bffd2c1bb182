"""`python -m mmhs_finder check-criteria`: outcome and reasons, and plain words for bad input."""

from __future__ import annotations

import argparse
import io
import json

import pytest

from mmhs_finder.channels.terminal import criteria as criteria_cli

HARBOUR = "harbour"
BEECH = "beech"


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


def assessment(capsys, *words: str) -> dict:
    assert main(*words, "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)["assessments"]
    return found


def test_json_has_outcome_and_reasons(capsys, answers):
    file = answers({"happened": ["separation"]})
    out = assessment(capsys, "--service", BEECH, "--answers", file)
    assert out["outcome"] == "may_not"
    assert out["service"] == {"id": BEECH, "name": out["service"]["name"], "status": "open"}
    (reason,) = out["reasons"]
    assert reason["criterion"] == "pathway"
    assert reason["state"] == "may_not"
    assert reason["reason"] and reason["question"] and reason["instead"] and reason["sources"]
    assert reason["question"] in out["questions"]
    assert {f["state"] for f in out["findings"]} >= {"may_not", "cannot_tell"}


def test_looks_right(capsys, answers):
    file = answers({"happened": "birth_trauma", "seen_before": True, "lives_in_area": True})
    out = assessment(capsys, "--service", HARBOUR, "--answers", file)
    assert (out["outcome"], out["reasons"], out["not_checked"]) == ("looks_right", [], [])


def test_answers_from_stdin_as_text(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("{}"))
    assert main("--service", "elm", "--answers", "-") == 0
    out = capsys.readouterr().out
    assert "Worth asking." in out
    assert "Questions to ask them" in out
    assert "https://" in out
    assert out.index("Worth asking.") < out.index("999"), "urgent help is there, at the end"


@pytest.mark.parametrize("given", [{}, {"not_safe_now": False}, {"not_safe_now": "not_sure"}])
def test_json_always_has_urgent_lines_with_name_number_and_hours(capsys, answers, given):
    file = answers({"happened": ["loss"], **given})
    assert main("--service", HARBOUR, "--answers", file, "--json") == 0
    out = json.loads(capsys.readouterr().out)
    assert {"116 123", "999"} <= {row["phone"] for row in out["urgent"]}
    assert all(row["name"] and "hours" in row and row["opening"] for row in out["urgent"])
    assert len(out["assessments"]) == 1
    assert out["safety"] == ("unsure" if given.get("not_safe_now") == "not_sure" else None)


def test_not_safe_is_urgent_help_and_nothing_else(capsys, answers):
    file = answers({"happened": ["loss"], "not_safe_now": True})
    assert main("--service", HARBOUR, "--answers", file) == 0
    out = capsys.readouterr().out
    assert out.startswith("Urgent help") and "116 123" in out
    assert "Harbour" not in out and "still ask" not in out
    assert main("--service", HARBOUR, "--answers", file, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["safety"] == "unsafe" and found["urgent"] and found["assessments"] == []


@pytest.mark.parametrize("value", ["not_sure", "prefer_not_to_say"])
def test_not_sure_whether_she_is_safe_has_urgent_help_first_and_then_the_rest(
    capsys, answers, value
):
    file = answers({"happened": ["loss"], "not_safe_now": value})
    assert main("--service", HARBOUR, "--answers", file) == 0
    out = capsys.readouterr().out
    assert out.startswith("Urgent help")
    assert out.index("116 123") < out.index("Worth asking.")


def test_a_professional_is_told_how_to_talk_it_over(capsys, answers):
    case = {"happened": ["loss"], "severity": "complex", "has_care_coordinator": True}
    assert main("--service", HARBOUR, "--answers", answers(case)) == 0
    out = capsys.readouterr().out
    assert "For professionals: " in out and "assessment or advice only" in out
    assert main("--service", HARBOUR, "--answers", answers({"happened": ["loss"]})) == 0
    assert "For professionals: " not in capsys.readouterr().out


@pytest.mark.parametrize("given", [{"age": 3}, {"weeks_pregnant": 43}])
def test_an_implausible_number_is_one_plain_line(capsys, answers, given):
    assert main("--service", HARBOUR, "--answers", answers(given)) == 2
    assert "Check the number, or leave it out." in capsys.readouterr().err


def test_at_a_moment(capsys, answers):
    file = answers({})
    at = ("--service", HARBOUR, "--answers", file, "--at", "2026-12-25T03:00")
    assert main(*at, "--json") == 0
    assert json.loads(capsys.readouterr().out)["urgent"]
    for wrong in ("christmas", "2026-13-01T03:00", "1850-01-01T03:00", ""):
        assert main("--service", HARBOUR, "--answers", file, "--at", wrong) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


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
    assert main("--service", HARBOUR, "--answers", answers(given), "--json") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


@pytest.mark.parametrize("service", ["nothing", "", "../data", "harbour-therapies"])
def test_an_unknown_service_is_bad_input(capsys, answers, service):
    assert main("--service", service, "--answers", answers({})) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_missing_or_unreadable_file_is_bad_input(capsys, tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\xd8")
    for path in (tmp_path / "none.json", tmp_path, tmp_path / "binary"):
        assert main("--service", HARBOUR, "--answers", str(path)) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_answers_are_not_repeated(capsys, answers):
    file = answers({"happened": ["separation"], "months_since": 77, "age": 29})
    assert main("--service", HARBOUR, "--answers", file, "--json") == 0
    out = capsys.readouterr().out
    assert "77" not in json.loads(out)["assessments"][0]["headline"]
    assert '"age": 29' not in out
