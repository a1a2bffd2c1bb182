"""`python -m mmhs_finder workforce --births 10000`: the workforce model in a terminal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from mmhs_finder.planning.workforce import BadFigure, Workforce, printed, published, workforce

BAD_INPUT = 2

_NAMES = {
    "losses": "losses added",
    "adjusted_births": "births and losses",
    "with_any_difficulty": "any difficulty",
    "with_mild_moderate": "mild to moderate",
    "cases": "seen in a year",
    "high_cases": "  high intensity",
    "low_cases": "  low intensity",
    "both_cases": "  both",
    "hours_per_high": "hours, high intensity",
    "hours_per_low": "hours, low intensity",
    "total_hours": "hours in a year",
    "low_wte": "WTE, Band 5",
    "high_wte": "WTE, Band 7",
    "lead_wte": "WTE, Band 8a",
    "total_wte": "WTE, all",
}


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
    lines = [f"{'births':24}{result.births:>14,.0f}"]
    for name, words in _NAMES.items():
        line = f"{words:24}{exact[name]:>14,.{_digits(name)}f}"
        if name in guide:
            line += f"   printed {guide[name].value:,g}. {guide[name].note}"
        lines.append(line)
    lines.append(f"{'WTE, the guide scaled':24}{result.guide_wte:>14,.2f}")
    changed = result.assumptions.changed()
    lines += ["", f"Changed: {', '.join(changed)}" if changed else "Assumptions: the guide's own."]
    lines.append(f"Source: {result.as_json()['source']}")
    return "\n".join(lines)


def _digits(name: str) -> int:
    if name.startswith("hours_per_"):
        return 3
    return 2 if name.endswith("_wte") else 0
