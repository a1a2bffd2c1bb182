"""`python -m mmhs_finder workforce --births 10000`: the workforce model in a terminal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Final

from mmhs_finder.planning.workforce import (
    FIGURES,
    BadFigure,
    Workforce,
    printed,
    published,
    workforce,
)
from mmhs_finder.words import number, say, texts

BAD_INPUT = 2

_LEFT_OUT: Final = frozenset({"high_hours", "low_hours", "hours_per_wte"})
_FIGURES: Final = tuple(
    name for name in FIGURES if name not in _LEFT_OUT and not name.endswith("_patients")
)
_FIGURE: Final = texts("terminal_workforce.{}", _FIGURES)
_PARTS: Final = ("high_cases", "low_cases", "both_cases")
"""Parts of the figure before them: they stand further in."""


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "workforce", help="how many practitioners an area needs for its births"
    )
    parser.add_argument("--births", required=True, help="births a year: 10000")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="change an assumption: --set prevalence=0.16; may be given more than once",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the answer. Returns 0, or 2 after one plain line on stderr for bad input."""
    try:
        assumptions = published().with_changes(_changes(args.set))
        result = workforce(_number("births", args.births), assumptions)
    except BadFigure as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT
    if args.json:
        print(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
    else:
        print(workforce_text(result))
    return 0


def _changes(items: Sequence[str]) -> dict[str, float]:
    changes = {}
    for item in items:
        name, equals, value = item.partition("=")
        if not equals:
            raise BadFigure(f"--set needs a name and a value, such as prevalence=0.16: {item!r}.")
        changes[name.strip()] = _number(name.strip(), value)
    return changes


def _number(name: str, text: str) -> float:
    try:
        return float(text.strip().replace(",", ""))
    except ValueError:
        raise BadFigure(f"{name} needs a number: {text!r} is not one.") from None


def workforce_text(result: Workforce) -> str:
    """The answer in plain lines, beside what the guide prints for the same births."""
    guide = {} if result.assumptions.changed() else {p.name: p for p in printed(result.births)}
    exact = result.figures()
    lines = [_line(say("terminal_workforce.births"), result.births)]
    for name in _FIGURES:
        inset = "  " if name in _PARTS else ""
        line = _line(inset + _FIGURE(name), exact[name], _digits(name))
        if name in guide:
            printed_ = number(guide[name].value, _places(guide[name].value))
            note = guide[name].note
            line += "   " + say("terminal_workforce.printed", value=printed_, note=note)
        lines.append(line)
    lines.append(_line(say("terminal_workforce.guide_wte"), result.guide_wte, 2))
    if changed := result.assumptions.changed():
        lines += ["", say("terminal_workforce.changed", names=", ".join(changed))]
    else:
        lines += ["", say("terminal_workforce.unchanged")]
    lines.append(say("terminal_workforce.source", source=result.as_json()["source"]))
    return "\n".join(lines)


def _line(words: str, value: float, places: int = 0) -> str:
    return f"{words:24}{number(value, places):>14}"


def _places(value: float) -> int:
    """As many decimal places as a printed figure has."""
    return len(f"{value:g}".partition(".")[2])


def _digits(name: str) -> int:
    if name.startswith("hours_per_"):
        return 3
    return 2 if name.endswith("_wte") else 0
