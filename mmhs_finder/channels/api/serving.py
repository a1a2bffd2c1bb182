"""What every endpoint for programs answers from: the application of a request, its moment, and what
an address may ask for.

Not for: which addresses there are (`endpoints`), or one page of a list (`reading`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request

from mmhs_finder.application import Application
from mmhs_finder.channels.api import reading
from mmhs_finder.channels.api.problems import NotAnswered, Trouble
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.hours import LONDON

Clock = Callable[[], datetime]

PAGES: Final = ("page", "per_page")
_MOST_A_PAGE: Final = 100


class ServedNow:
    """The application of a request and its moment: what every endpoint answers from."""

    def __init__(self, application: Application, at: datetime) -> None:
        self.application = application
        self.directory = application.directory
        self.at = at
        self.day: date = at.astimezone(LONDON).date()


def served_now(request: Request) -> ServedNow:
    settings = request.app.state
    clock: Clock = settings.clock
    return ServedNow(application_of(request.scope, settings.default), clock())


def asks_only(*names: str) -> Any:
    """A dependency: refuses an address that asks for anything else, or for a thing twice."""

    def check(request: Request) -> None:
        given = [name for name, _ in request.query_params.multi_items()]
        if {*given} - {*names} or len(given) > len({*given}):
            raise NotAnswered(Trouble.QUERY)

    return Depends(check)


def _paging(
    page: Annotated[int, Query(ge=1, le=10_000, description="Which page, from 1.")] = 1,
    per_page: Annotated[int, Query(ge=1, le=_MOST_A_PAGE, description="How many on a page.")] = 50,
) -> reading.Paging:
    return reading.Paging(page, per_page)


Now = Annotated[ServedNow, Depends(served_now)]
Paged = Annotated[reading.Paging, Depends(_paging)]
