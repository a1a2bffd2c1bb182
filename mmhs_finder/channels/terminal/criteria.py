"""`python -m mmhs_finder check-criteria`: one service's outcome and reasons for given answers."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from mmhs_finder.application import open_application
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.eligibility import (
    Answers,
    AnswersProblem,
    Assessment,
    Finding,
    State,
    answers_from_json,
    assess,
)
from mmhs_finder.words import join_words, say

BAD_INPUT = 2


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "check-criteria", help="whether one service looks right for a person's answers"
    )
    parser.add_argument("--service", required=True, metavar="ID", help="its id in services.csv")
    parser.add_argument(
        "--answers", required=True, metavar="FILE", help="JSON file of answers, or - for stdin"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints outcome and reasons. Returns 0, or 2 after one plain line on stderr for bad input."""
    try:
        answers = answers_from_json(_read(args.answers))
        directory = open_application(checked=False).directory
        service = directory.services.get(args.service)
        if service is None or service.kind is not ServiceKind.MMHS:
            raise AnswersProblem(say("answers.unknown_service", service=args.service))
    except AnswersProblem as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT
    except BrokenDirectory as problem:
        print(problem, file=sys.stderr)
        return 1
    found = assess(service, directory.criteria.get(service.id), answers)
    if args.json:
        print(json.dumps(assessment_json(found, answers), ensure_ascii=False, indent=2))
    else:
        print(assessment_text(found, answers))
    return 0


def _read(file: str) -> object:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise AnswersProblem(say("answers.not_read", problem=problem.strerror)) from problem
    except UnicodeDecodeError as problem:
        raise AnswersProblem(say("answers.not_read", problem="not UTF-8")) from problem
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as problem:
        raise AnswersProblem(say("answers.not_json", problem=problem)) from problem


def assessment_json(found: Assessment, answers: Answers) -> dict[str, Any]:
    """Outcome, reasons and questions as plain JSON data. The answers are not repeated."""
    service = found.service
    return {
        "urgent": say("criteria_cli.urgent") if answers.not_safe_now else None,
        "service": {"id": service.id, "name": service.name, "status": service.status.value},
        "outcome": found.outcome.value,
        "headline": found.headline,
        "via_gp": found.via_gp,
        "reasons": [_finding(f) for f in found.reasons],
        "not_checked": [_finding(f) for f in found.unchecked],
        "questions": list(found.questions),
        "findings": [_finding(f) for f in found.findings],
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "criterion": found.criterion,
        "state": found.state.value,
        "why_unknown": found.why_unknown.value if found.why_unknown else None,
        "changes_outcome": found.weighs or found.state is State.MAY_NOT,
        "reason": found.reason,
        "question": found.question,
        "instead": found.instead or None,
        "sources": list(found.source),
        "source_date": found.source_date or None,
        "checked_on": found.checked_on.isoformat(),
    }


def assessment_text(found: Assessment, answers: Answers) -> str:
    """The same in plain lines."""
    lines = [say("criteria_cli.urgent"), ""] if answers.not_safe_now else []
    lines += [found.service.name, found.headline]
    met = [f for f in found.findings if f.state is State.MET]
    for heading, findings in (
        ("criteria_cli.reasons_heading", found.reasons),
        ("criteria_cli.unchecked_heading", found.unchecked),
        ("criteria_cli.met_heading", met),
        ("criteria_cli.read_heading", found.to_read),
        ("criteria_cli.not_published_heading", found.not_published),
    ):
        if findings:
            lines += ["", say(heading)]
            lines += [f"  {f.reason} {f.instead}".rstrip() for f in findings]
    if found.questions:
        lines += ["", say("criteria_cli.questions_heading")]
        lines += [f"  {q}" for q in found.questions]
    service = found.service
    if service.source_urls:
        links, day = join_words(service.source_urls), service.checked_on
        read_on = f"{day.day} {day:%B %Y}"
        lines += ["", say("criteria_cli.source", links=links, date=read_on)]
    return "\n".join(lines)
