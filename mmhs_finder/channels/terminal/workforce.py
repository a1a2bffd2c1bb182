"""`python -m mmhs_finder workforce --births 10000`: the workforce model in a terminal.

Also for several areas at once, and with the cost of posts where somebody gives what one costs.
Not for: the sums (`mmhs_finder.planning`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Final

from mmhs_finder.application import open_application
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.directory.named import area_words
from mmhs_finder.planning.births import Births, CountedArea, births_by_area, together
from mmhs_finder.planning.plans import PAY_KEYS, Plan
from mmhs_finder.planning.workforce import (
    BANDS,
    FIGURES,
    Assumptions,
    BadFigure,
    Workforce,
    printed,
    published,
    workforce,
)
from mmhs_finder.words import join_words, number, say, texts

BAD_INPUT = 2

_LEFT_OUT: Final = frozenset({"high_hours", "low_hours", "hours_per_wte"})
_FIGURES: Final = tuple(
    name for name in FIGURES if name not in _LEFT_OUT and not name.endswith("_patients")
)
_FIGURE: Final = texts("terminal_workforce.{}", _FIGURES)
_COST: Final = texts("terminal_workforce.cost_{}", BANDS)
_PARTS: Final = ("high_cases", "low_cases", "both_cases")
"""Parts of the figure before them: they stand further in."""


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "workforce", help="how many practitioners an area needs for its births"
    )
    births = parser.add_mutually_exclusive_group(required=True)
    births.add_argument("--births", help="births a year: 10000")
    births.add_argument(
        "--area",
        action="append",
        default=[],
        metavar="NAME",
        help="births of a council, ICB or NHS region, by name or ONS code; "
        "may be given more than once, and a council in two of them is counted once",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="change an assumption: --set prevalence=0.16; may be given more than once",
    )
    parser.add_argument(
        "--pay",
        action="append",
        default=[],
        metavar="BAND=POUNDS",
        help="what one full-time post costs a year, your own figure: --pay band5=40000; "
        f"bands: {', '.join(PAY_KEYS.values())}",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the answer. Returns 0; 2 after one plain line on stderr for bad input, 1 where the
    directory cannot be read."""
    try:
        assumptions = published().with_changes(_pairs("--set", "prevalence=0.16", args.set))
        areas = together(_areas(args.area))
        births = sum(part.counted for part in areas) if areas else _number("births", args.births)
        names = tuple(part.area.name for part in areas)
        plan = Plan(workforce(births, assumptions), names, _pay(args.pay))
    except BadFigure as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT
    except BrokenDirectory as problem:
        print(problem, file=sys.stderr)
        return 1
    if args.json:
        parts = {"areas": [_part_json(part, assumptions) for part in areas]} if areas else {}
        costs = plan.as_json() if plan.pay else {}
        answer = plan.result.as_json() | parts | costs
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print("\n".join([*_area_lines(areas, assumptions), workforce_text(plan.result)]))
        print("\n".join(_cost_lines(plan)), end="\n" if plan.pay else "")
    return 0


def _areas(asked: Sequence[str]) -> list[Births]:
    """The areas that were asked for, by name or code. Raises BadFigure for one that is not there,
    and BrokenDirectory."""
    if not asked:
        return []
    every = births_by_area(open_application(checked=False).directory)
    known = {each.code.casefold(): each for each in every}
    known |= {name.casefold(): a for a in every for name in (a.name, area_words(a.name))}
    found = []
    for text in asked:
        area = known.get(" ".join(text.split()).casefold())
        if area is None:
            raise BadFigure(
                f"There is no district, borough, ICB or NHS region {text!r} in areas.csv."
            )
        found.append(area)
    return found


def _part_json(part: CountedArea, assumptions: Assumptions) -> dict[str, object]:
    return {
        "code": part.area.code,
        "name": part.area.name,
        "kind": part.area.kind,
        "births": part.area.births,
        "births_counted": part.counted,
        "counted_in": list(part.inside),
        "missing": list(part.area.missing),
        "total_wte": workforce(part.counted, assumptions).wte,
    }


def _area_lines(areas: Sequence[CountedArea], assumptions: Assumptions) -> list[str]:
    """Each area with the births that count and its posts, and what is counted elsewhere."""
    lines = []
    for part in areas:
        name = area_words(part.area.name)
        births, counted = number(part.area.births), number(part.counted)
        wte = number(workforce(part.counted, assumptions).wte, 2)
        lines.append(
            say("terminal_workforce.area", name=name, births=births, counted=counted, wte=wte)
        )
        if part.inside:
            held = join_words([area_words(n) for n in part.inside])
            lines.append("  " + say("planning_areas.once", name=name, held=held))
        if part.area.missing:
            names = join_words([area_words(n) for n in part.area.missing])
            lines.append("  " + say("planning_areas.missing", names=names))
    return [*lines, say("terminal_workforce.of_when"), ""] if lines else []


def _cost_lines(plan: Plan) -> list[str]:
    if not plan.pay:
        return []
    costs = plan.costs()
    lines = [_line(_COST(band), costs[band]) for band in BANDS if band in costs]
    if plan.cost is not None:
        return ["", *lines, _line(say("terminal_workforce.cost"), plan.cost)]
    missing = ", ".join(PAY_KEYS[band] for band in plan.unknown())
    return ["", *lines, say("terminal_workforce.no_cost", bands=missing)]


def _pairs(option: str, example: str, items: Sequence[str]) -> dict[str, float]:
    pairs = {}
    for item in items:
        name, equals, value = item.partition("=")
        if not equals:
            raise BadFigure(f"{option} needs a name and a value, such as {example}: {item!r}.")
        pairs[name.strip()] = _number(name.strip(), value)
    return pairs


def _pay(items: Sequence[str]) -> dict[str, float]:
    """By band. Raises BadFigure for a band that is not in the model, or is no number."""
    bands = {key: band for band, key in PAY_KEYS.items()}
    given = {}
    for key, pounds in _pairs("--pay", "band5=40000", items).items():
        if key not in bands:
            raise BadFigure(f"There is no {key!r}. There are: {', '.join(bands)}.")
        given[bands[key]] = pounds
    return given


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
