"""`python -m mmhs_finder data ask -o FOLDER`: forms, letters and call sheets for services.

Not for: what a form says (`views.forms`), or taking one in again (`take_in`).
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from mmhs_finder.channels.terminal.data.folder import add_folder, folder_of, tables_of
from mmhs_finder.channels.text.addresses import public_address
from mmhs_finder.directory.files import CsvFile
from mmhs_finder.directory.models import ServiceKind, Status
from mmhs_finder.hours import LONDON
from mmhs_finder.render.addresses import here
from mmhs_finder.render.documents.pdf import call_pdf
from mmhs_finder.render.files.forms import form_xlsx
from mmhs_finder.views.call_sheet import call_paper
from mmhs_finder.views.forms import provider_forms
from mmhs_finder.views.wording import without_brackets

_LONGEST_NAME = 60


def add_action(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the action `ask`."""
    parser = actions.add_parser(
        "ask", help="make forms for services to fill in, with a letter and a sheet for a call"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--provider", metavar="NAME", help="the services of one organisation")
    which.add_argument("--service", metavar="ID", help="one service, by its id")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="where to")
    add_folder(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes a workbook, a letter and a PDF for each organisation: of one service, of one
    organisation, or of each that runs an MMHS which is not known to have closed.

    Returns 1, and writes nothing, when the directory cannot be read, there is no such service, or a
    file is there already.
    """
    folder = folder_of(args)
    if folder is None:
        return 1
    tables = tables_of(folder)
    if tables is None:
        return 1
    try:
        ids = _chosen(tables, args.provider, args.service)
        files = _files(tables, ids, _today())
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 1
    there = [name for name in files if (args.output / name).exists()]
    if there:
        print(
            f"{args.output / there[0]} is there already, and may be a form that came back. Choose "
            "an empty folder.",
            file=sys.stderr,
        )
        return 1
    try:
        args.output.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (args.output / name).write_bytes(content)
            print(args.output / name)
    except OSError as error:
        print(f"{args.output} cannot be written ({error.strerror}).", file=sys.stderr)
        return 1
    forms = len(files) // 3
    services = f"{len(ids)} {'service' if len(ids) == 1 else 'services'}"
    print(f"{services}, {forms} {'form' if forms == 1 else 'forms'}. Send each with its letter.")
    return 0


def _chosen(tables: Mapping[str, CsvFile], provider: str | None, service: str | None) -> list[str]:
    """The services to ask, in the order of the file. Raises LookupError with words for people."""
    rows = [row.cells for row in tables["services.csv"].rows]
    if service is not None:
        found = [cells["id"] for cells in rows if cells.get("id") == service]
        if not found:
            raise LookupError(f"There is no service {service}. Look up its id in services.csv.")
        return found
    running = [cells for cells in rows if cells.get("status") != Status.CLOSED]
    if provider is None:
        return [cells["id"] for cells in running if cells.get("kind") == ServiceKind.MMHS]
    wanted = " ".join(provider.casefold().split())
    exact = [c for c in running if c.get("provider", "").casefold() == wanted]
    alike = exact or [c for c in running if wanted in c.get("provider", "").casefold()]
    names = sorted({cells.get("provider", "") for cells in alike})
    if len(names) != 1 or not wanted:
        which = f" It could be: {'; '.join(names[:10])}." if names and wanted else ""
        raise LookupError(f"No organisation is called {provider} in services.csv.{which}")
    return [cells["id"] for cells in alike]


def _files(tables: Mapping[str, CsvFile], ids: list[str], today: date) -> dict[str, bytes]:
    base = public_address()
    links = {each: f"{base}{here(f'/text/service/{each}')}" for each in ids if base}
    files: dict[str, bytes] = {}
    for form in provider_forms(tables, ids, today, links):
        name = _file_name(form.provider, files)
        services = [service.service_id for service in form.services]
        files[f"{name}-form.xlsx"] = form_xlsx(form)
        files[f"{name}-letter.txt"] = form.letter.encode("utf-8", "replace")
        files[f"{name}-call.pdf"] = call_pdf(call_paper(tables, form.provider, services, today))
    return files


def _file_name(provider: str, taken: Mapping[str, bytes]) -> str:
    """A name that every system takes: small letters, digits and hyphens; each once."""
    short = without_brackets(provider) or provider
    plain = unicodedata.normalize("NFKD", short).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:_LONGEST_NAME].strip("-")
    name = name or "service"
    number, found = 1, name
    while f"{found}-form.xlsx" in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def _today() -> date:
    return datetime.now(LONDON).date()
