"""`python -m mmhs_finder pack ID`: the referral pack of a service as plain lines, or its letter."""

from __future__ import annotations

import argparse
import sys

from mmhs_finder.application import open_application
from mmhs_finder.channels.terminal.moments import BadMoment, add_moment, moment
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.render.pack_text import pack_text
from mmhs_finder.views.pack_paper import pack_paper
from mmhs_finder.views.referral_pack import referral_pack
from mmhs_finder.words import say

BAD_INPUT = 2


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "pack", help="what to know, to ask, to write and to offer when somebody is referred"
    )
    parser.add_argument("service", metavar="ID", help="the service's id in services.csv")
    parser.add_argument("--letter", action="store_true", help="print the letter alone")
    add_moment(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the pack. Returns 0, 2 after one plain line on stderr for bad input, or 1 where the
    directory cannot be used."""
    try:
        at = moment(args.at)
        finder = open_application(checked=False).finder_of_councils
    except BadMoment as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT
    except BrokenDirectory as problem:
        print(problem, file=sys.stderr)
        return 1
    service = finder.directory.services.get(args.service)
    if service is None:
        out = finder.directory.is_taken_out(args.service)
        print(say("text_pages.taken_out") if out else say("pack.no_service"), file=sys.stderr)
        return BAD_INPUT
    pack = referral_pack(finder, service, at=at)
    letter = pack.letter or f"{pack.notice}\n"
    print(letter if args.letter else pack_text(pack_paper(pack, at)), end="")
    return 0
