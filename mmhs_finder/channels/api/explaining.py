"""The page that explains the interface to people who make other sites, made from its description.

Not for: the description itself (`describing`), or how a page looks (`render.html.pages`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mmhs_finder.application import Application
from mmhs_finder.channels.api.gate import MOST_BYTES
from mmhs_finder.channels.api.problems import STATUS, TITLE, Trouble
from mmhs_finder.channels.api.rates import Rates
from mmhs_finder.channels.shell.headers import FOR_PROGRAMS
from mmhs_finder.channels.text.refusing import drawn
from mmhs_finder.render.html.pages.programs import AddressRow, programs_page
from mmhs_finder.words import number, say


def explained(application: Application, description: Mapping[str, Any], rates: Rates) -> str:
    """The page as HTML, with the urgent numbers of every page."""
    page = programs_page(
        rows=[
            _row(f"{FOR_PROGRAMS}{path}", method, operation)
            for path, ways in description["paths"].items()
            for method, operation in ways.items()
        ],
        problems=[
            (trouble.value, say("api.problem", status=STATUS[trouble], title=TITLE(trouble)))
            for trouble in sorted(Trouble, key=lambda one: STATUS[one])
        ],
        limits=say(
            "api.limits",
            client=number(rates.client.a_minute),
            everybody=number(rates.everybody.a_minute),
            bytes=number(MOST_BYTES),
        ),
    )
    return drawn(application, page)


def _row(path: str, method: str, operation: Mapping[str, Any]) -> AddressRow:
    asked = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"]
    summary = operation["description"].partition("\n\n")[0].replace("\n", " ")
    return AddressRow(method.upper(), path, summary, tuple(asked))
