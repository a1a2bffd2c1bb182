"""`python -m mmhs_finder find "CT1 3NG"`: the answer in a terminal, as text or JSON."""

from __future__ import annotations

import argparse
import json
import sys

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.suited import Situation
from mmhs_finder.application import open_application
from mmhs_finder.channels.terminal.moments import BadMoment, add_moment, moment
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.directory.models import FurtherNeed, Pathway
from mmhs_finder.places.place import Place
from mmhs_finder.postcodes import IndexProblem, NotAPostcode, PostcodeError
from mmhs_finder.render.json import answer_json
from mmhs_finder.render.text import answer_text
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.suggestions import suggestions_view
from mmhs_finder.views.urgent import strip_view

BAD_INPUT = 2


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "find", help="which maternal mental health service is there for a postcode"
    )
    parser.add_argument(
        "postcode",
        help='a postcode, or its first part: "CT1 3NG" or CT1; or a code of a council: E07000106',
    )
    parser.add_argument(
        "--need",
        action="append",
        default=[],
        choices=[n.value for n in (*Pathway, *FurtherNeed)],
        help="what happened; may be given more than once",
    )
    add_moment(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def _place(finder: Finder, text: str) -> Place:
    """The place of a postcode, of a name outside England, or of a council's code."""
    code = text.strip().upper()
    return finder.council(code) if code in finder.directory.areas else finder.place(text)


def run(args: argparse.Namespace) -> int:
    """Prints the answer. Returns 0, 2 after one plain line on stderr for bad input, or 1
    where the directory or the index cannot be used."""
    try:
        at = moment(args.at)
    except BadMoment as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT
    try:
        finder = open_application(checked=False).finder
    except (BrokenDirectory, IndexProblem, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    try:
        place = _place(finder, args.postcode)
    except PostcodeError as problem:
        if isinstance(problem, NotAPostcode) and problem.reason == "hard_time":
            _numbers(finder)
        print(problem.message, file=sys.stderr)
        meant = suggestions_view(finder.suggestions(args.postcode))
        if meant.offers:
            print(meant.lead, file=sys.stderr)
        for offer in meant.offers:
            code = f" ({offer.code})" if offer.code else ""
            print(f"- {offer.words}{code}", file=sys.stderr)
        return BAD_INPUT
    needs = [p for p in Pathway if p in args.need]
    who = Situation(frozenset(needs), further=frozenset(n for n in FurtherNeed if n in args.need))
    view = answer_view(finder.find(place, needs, at, who))
    if args.json:
        print(json.dumps(answer_json(view), ensure_ascii=False, indent=2))
    else:
        print(answer_text(view))
    return 0


def _numbers(finder: Finder) -> None:
    """Those that stand at the top of every page, at the top of what is told here."""
    strip = strip_view(finder.directory.national, None)
    for button in (strip.danger, strip.crisis):
        way = f"{button.way.words} {button.way.text}".strip()
        print(f"{button.spoken} {way}", file=sys.stderr)
