"""`python -m mmhs_finder find "CT1 3NG"`: the answer in a terminal, as text or JSON."""

from __future__ import annotations

import argparse
import json
import sys

from mmhs_finder.answers.finder import Finder
from mmhs_finder.answers.types import Answer
from mmhs_finder.directory import BrokenDirectory, load_directory
from mmhs_finder.directory.models import Pathway
from mmhs_finder.hours import describe
from mmhs_finder.postcodes import PostcodeError, open_index
from mmhs_finder.postcodes.geocoders import fallback_geocoder
from mmhs_finder.render.json import answer_json
from mmhs_finder.words import join_words, say

BAD_INPUT = 2


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "find", help="which maternal mental health service is there for a postcode"
    )
    parser.add_argument("postcode", help='a postcode, or its first part: "CT1 3NG" or CT1')
    parser.add_argument(
        "--need",
        action="append",
        default=[],
        choices=[p.value for p in Pathway],
        help="what happened; may be given more than once",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the answer. Returns 0, or 2 after one plain line on stderr for bad input."""
    try:
        finder = Finder(load_directory(), open_index(), newer=fallback_geocoder())
        place = finder.place(args.postcode)
    except PostcodeError as problem:
        print(problem.message, file=sys.stderr)
        return BAD_INPUT
    except BrokenDirectory as problem:
        print(problem, file=sys.stderr)
        return 1
    answer = finder.find(place, [Pathway(n) for n in args.need])
    if args.json:
        print(json.dumps(answer_json(answer), ensure_ascii=False, indent=2))
    else:
        print(answer_text(answer))
    return 0


def answer_text(answer: Answer) -> str:
    """The answer in plain lines, for a parent: no number that is for professionals only as hers."""
    place = answer.place
    where = join_words([a.name for a in place.areas]) or place.nation.value
    lines = [f"{place.label} ({where})", ""]
    lines += [f"! {n.text}" for n in answer.notices] + [""] * bool(answer.notices)
    for match in answer.mmhs:
        service, criteria = match.service, match.criteria
        lines.append(f"{service.name}{f', {service.provider}' if service.provider else ''}")
        lines.append(f"  {say(f'contact.{service.self_referral.value}')}")
        if service.public_phone:
            lines.append(f"  {say('contact.yes_phone', name=service.name)} {service.public_phone}")
        if service.referrer_phone:
            lines.append(f"  {say('contact.referrer_phone_yes', phone=service.referrer_phone)}")
        if service.website:
            lines.append(f"  {service.website}")
        if criteria:
            lines += [
                f"  {say(f'pathway.{p.value}')}: {say(f'tag.{criteria.offers(p).value}')}"
                for p in Pathway
            ]
        lines += [f"  {describe(match.opening, answer.at) or say('card.hours_unknown')}", ""]
    if answer.alternatives:
        lines.append(say("result.alternatives_heading"))
        for match in answer.alternatives:
            contact = match.service.public_phone or match.service.website
            lines.append(f"  {say(f'kind.{match.kind.value}')}: {match.service.name} {contact}")
        lines.append("")
    for heading, offers in (
        ("result.routes_heading", answer.routes),
        ("result.national_heading", answer.national),
        ("result.urgent_heading", answer.urgent),
    ):
        if offers:
            lines.append(say(heading))
            for offer in offers:
                row = offer.support
                contact = row.public_phone or row.text_number or row.website
                lines.append(f"  {row.name}: {contact}".rstrip(": "))
            lines.append("")
    return "\n".join(lines).rstrip()
