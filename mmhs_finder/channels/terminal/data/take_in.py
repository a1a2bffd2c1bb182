"""`python -m mmhs_finder data import FORM.xlsx`: what a form that came back changes; with
`--apply` the changes are made.

Not for: reading a form (`curation.taking_in`), or making changes (`curation.applying`).
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from mmhs_finder.channels.terminal.data.apply import change_lines, done_words
from mmhs_finder.channels.terminal.data.check import every_problem, known_postcodes
from mmhs_finder.channels.terminal.data.folder import add_folder, folder_of, tables_of
from mmhs_finder.channels.terminal.moments import day_argument
from mmhs_finder.curation.applying import Refused, apply_changes
from mmhs_finder.curation.form_file import FormNotTaken
from mmhs_finder.curation.questions import QUESTIONS
from mmhs_finder.curation.taking_in import HowSent, TakenService, take_in
from mmhs_finder.directory.vocabularies import ToldHow
from mmhs_finder.hours import LONDON
from mmhs_finder.views.forms import held_words
from mmhs_finder.words import say


def add_action(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the action `import`."""
    parser = actions.add_parser("import", help="take in a form that a service has filled in")
    parser.add_argument("form", type=Path, metavar="FORM.xlsx", help="the form that came back")
    add_folder(parser)
    parser.add_argument("--apply", action="store_true", help="make the changes; else only say them")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--from-domain",
        metavar="DOMAIN",
        help="what stands behind the @ of the address that it came from: kmpt.nhs.uk",
    )
    how.add_argument(
        "--called",
        metavar="'NUMBER PAGE'",
        help="the number that you rang to ask whether it is theirs, and the page it stands on",
    )
    parser.add_argument("--role", default="", help="the role of who answered, if the form has none")
    parser.add_argument("--today", type=day_argument, metavar="DAY", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Says what would change, old and new, and with `--apply` changes it. Returns 1, and changes
    nothing, when anything of the form cannot be used."""
    folder = folder_of(args)
    if folder is None:
        return 1
    today = args.today or datetime.now(LONDON).date()
    tables = tables_of(folder)
    if tables is None:
        return 1
    try:
        form = take_in(args.form, tables, today, _how_sent(args))
        for service in form.services:
            _print(service, args)
        known = known_postcodes()
        done = apply_changes(
            folder,
            form.changes,
            today=today,
            dry_run=not args.apply,
            check_folder=lambda place: every_problem(place, known),
            who="data import",
        )
    except (FormNotTaken, Refused) as refused:
        print(refused, file=sys.stderr)
        print("Nothing was changed.", file=sys.stderr)
        return 1
    for name in form.blank:
        print(f"{name}: nobody has filled in its sheet. It stays as it is.")
    if args.apply:
        print(done_words(done, folder))
    else:
        print("Nothing was changed yet. To make these changes, add --apply.")
    return 0


def _how_sent(args: argparse.Namespace) -> HowSent:
    if args.from_domain is not None:
        return HowSent(ToldHow.SENDER_DOMAIN, args.from_domain.strip().casefold(), args.role)
    if args.called is not None:
        return HowSent(ToldHow.CALL_BACK, " ".join(args.called.split()), args.role)
    return HowSent(role=args.role)


def _print(service: TakenService, args: argparse.Namespace) -> None:
    print(f"{service.name} ({service.service_id})")
    for question in QUESTIONS:
        if question.id in service.answers:
            old = held_words(question, service.before[question.id]) or say("ask_have.blank")
            new = held_words(question, service.answers[question.id])
            print(f"  {question.words}\n      {old} -> {new}")
    if not service.answers:
        print("  Nothing is different from what we have.")
    beside = [
        change
        for change in service.changes
        if change.column not in service.answers and not change.column.startswith("told_")
    ]
    if beside:
        print("  What changes with it:")
    for line in change_lines(beside):
        print(f"    {line}")
    told = {c.column: c.new for c in service.changes if c.column.startswith("told_")}
    sure = args.from_domain is not None or args.called is not None
    words = "“Confirmed by the service”" if sure else "“Told to us”: no --from-domain or --called"
    print(f"  {words}" + (f", on {told['told_on']}." if "told_on" in told else "."))
    for line in service.mended:
        print(f"  {line}")
    if service.remarks:
        print(f"  They also write, and it is not stored: {service.remarks}")
