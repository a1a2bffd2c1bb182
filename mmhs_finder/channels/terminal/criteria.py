"""`python -m mmhs_finder check-criteria`: one service's outcome and reasons for given answers.

Urgent help comes with every answer: first where somebody is not sure that she is safe, and alone
where she says that she is not.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from mmhs_finder.answers.national import NationalHelp
from mmhs_finder.application import open_application
from mmhs_finder.channels.terminal.moments import BadMoment, add_moment, moment
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.eligibility import (
    Answers,
    AnswersProblem,
    Assessment,
    Safety,
    State,
    answers_from_json,
    assess,
    names_of,
)
from mmhs_finder.nation import Nation
from mmhs_finder.render.outcome_json import criteria_json
from mmhs_finder.render.text import line_texts
from mmhs_finder.views.line import LineView, line_view
from mmhs_finder.words import date_words, join_words, say

BAD_INPUT = 2


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "check-criteria", help="whether one service looks right for a person's answers"
    )
    parser.add_argument("--service", required=True, metavar="ID", help="its id in services.csv")
    parser.add_argument(
        "--answers", required=True, metavar="FILE", help="JSON file of answers, or - for stdin"
    )
    add_moment(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints outcome and reasons. Returns 0, or 2 after one plain line on stderr for bad input."""
    try:
        at = moment(args.at)
        answers = answers_from_json(_read(args.answers), at.date())
        directory = open_application(checked=False).directory
        service = directory.services.get(args.service)
        if service is None or service.kind is not ServiceKind.MMHS:
            raise AnswersProblem(say("answers.unknown_service", service=args.service))
    except (BadMoment, AnswersProblem) as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT
    except BrokenDirectory as problem:
        print(problem, file=sys.stderr)
        return 1
    # These services are in England only.
    offers = NationalHelp(directory).urgent(Nation.ENGLAND, at)
    urgent = tuple(line_view(offer, at) for offer in offers)
    found: tuple[Assessment, ...] = ()
    if not answers.not_safe_now:
        criteria = directory.criteria.get(service.id)
        found = (assess(service, criteria, answers, names=names_of(directory)),)
    if args.json:
        print(json.dumps(criteria_json(urgent, found, answers), ensure_ascii=False, indent=2))
    else:
        print("\n".join(criteria_text(urgent, found, answers)))
    return 0


def _read(file: str) -> object:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise AnswersProblem(say("answers.not_read", problem=problem.strerror)) from problem
    except UnicodeDecodeError as problem:
        raise AnswersProblem(say("answers.not_read", problem=say("answers.not_utf_8"))) from problem
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as problem:
        raise AnswersProblem(say("answers.not_json", problem=problem)) from problem


def criteria_text(
    urgent: Sequence[LineView], found: Sequence[Assessment], answers: Answers
) -> Iterable[str]:
    """The same in plain lines: urgent help first or last, as the person's safety asks for."""
    lines = [say("criteria_cli.urgent_heading"), f"  {say('criteria_cli.urgent')}"]
    lines += line_texts(urgent)
    if answers.not_safe_now:
        return [*lines, "", say("criteria_cli.safe_after")]
    outcome = [line for each in found for line in _assessment_text(each)]
    return [*lines, "", *outcome] if answers.safety is Safety.UNSURE else [*outcome, "", *lines]


def _assessment_text(found: Assessment) -> Iterable[str]:
    yield from (found.service.name, found.headline)
    if found.by_professional and found.consultation:
        yield say("assessment.consultation", text=found.consultation)
    met = [f for f in found.findings if f.state is State.MET]
    for heading, findings in (
        (say("assessment.reasons"), found.reasons),
        (say("assessment.unchecked"), found.unchecked),
        (say("assessment.met"), met),
        (say("assessment.read"), found.to_read),
        (say("assessment.not_published"), found.not_published),
    ):
        if findings:
            yield from ("", heading)
            yield from (f"  {f.reason} {f.instead}".rstrip() for f in findings)
    if found.questions:
        yield from ("", say("assessment.questions"))
        yield from (f"  {q}" for q in found.questions)
    service = found.service
    if service.source_urls:
        links, day = join_words(service.source_urls), date_words(service.checked_on)
        yield from ("", say("criteria_cli.source", links=links, date=day))
