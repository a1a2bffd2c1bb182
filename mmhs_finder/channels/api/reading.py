"""Records of the directory for programs: one page of a list, one record, and what may be kept.

Not for: what may be published (`views.public`), or answers for a place (`answering`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

import mmhs_finder
from mmhs_finder.application import Application
from mmhs_finder.channels.text.kept_files import A_MINUTE, has_it
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.directory import Directory
from mmhs_finder.render.json import Json
from mmhs_finder.render.public_json import coverage_json
from mmhs_finder.views.public import PublicDirectory
from mmhs_finder.words import language, say

T = TypeVar("T")


def public_of(application: Application, day: date) -> PublicDirectory:
    """The public view of what is served, made once for a day and a language."""
    return application.once(_public, day, language())


def _public(application: Application, day: date, _language: str) -> PublicDirectory:
    return PublicDirectory(application.directory, day)


# --- what may be kept ----------------------------------------------------------------------------


def digest(application: Application) -> str:
    """Another one whenever anything in the directory is, and the same in every process."""
    return application.once(_digest)


def _digest(application: Application) -> str:
    found = hashlib.sha256()
    for row in _every_row(application.directory):
        found.update(repr(row).encode())
    return found.hexdigest()[:32]


def _every_row(directory: Directory) -> Sequence[object]:
    return (
        *directory.services.values(),
        *directory.criteria.values(),
        *directory.service_areas,
        *directory.areas.values(),
        *directory.national,
        *directory.devolved,
        *directory.changes,
        *directory.link_status.items(),  # no column, and told beside the links
        *directory.withdrawn,
    )


class NotModified(Exception):
    """Who asks has it already."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__()
        self.headers = dict(headers)

    def response(self) -> Response:
        return Response(status_code=304, headers=self.headers)


def keep(request: Request, response: Response, application: Application, day: date) -> None:
    """Says how long an answer that depends on the directory alone may be kept, and by which mark.

    Raises `NotModified` for who sends that mark.
    """
    response.headers.update(kept(request, application, day))


def kept(request: Request, application: Application, day: date) -> dict[str, str]:
    """The headers by which `keep` says so. Raises as it."""
    parts = (digest(application), day.isoformat(), mmhs_finder.__version__, language())
    tag = f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": A_MINUTE}
    if has_it(request.headers.get("if-none-match", ""), tag):
        raise NotModified(headers)
    return headers


# --- lists ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paging:
    """Which part of a list. page: from 1."""

    page: int
    per_page: int


def paged(
    request: Request,
    response: Response,
    found: Sequence[T],
    asked: Paging,
    drawn: Callable[[T], Json],
) -> dict[str, Any]:
    """One page of a list, and the ways to the others."""
    return {
        "total": len(found),
        "page": asked.page,
        "per_page": asked.per_page,
        "items": [drawn(each) for each in part_of(request, response, found, asked)],
    }


def last_page(found: Sequence[object], asked: Paging) -> int:
    """How many pages a list has; an empty one has one, too."""
    return max(1, -(-len(found) // asked.per_page))


def part_of(request: Request, response: Response, found: Sequence[T], asked: Paging) -> Sequence[T]:
    """What is on one page; the ways to the others go into the `Link` header (RFC 8288)."""
    start = (asked.page - 1) * asked.per_page
    last = last_page(found, asked)
    ways = {"first": 1, "prev": asked.page - 1, "next": asked.page + 1, "last": last}
    links = [
        f'<{_address(request, number, asked)}>; rel="{name}"'
        for name, number in ways.items()
        if 1 <= number <= last
    ]
    response.headers["Link"] = ", ".join(links)
    return found[start : start + asked.per_page]


def _address(request: Request, number: int, asked: Paging) -> str:
    """The same list at another page. Each part of it has been checked: it holds nothing else."""
    others = [(n, v) for n, v in request.query_params.items() if n not in ("page", "per_page")]
    query = urlencode([*others, ("page", number), ("per_page", asked.per_page)])
    return f"{request.url.path}?{query}"


# --- coverage, version ---------------------------------------------------------------------------


def coverage_of(
    application: Application, day: date, level: Level, measure: Measure, where: Where
) -> Json:
    """One measure for every area of a level."""
    return coverage_json(application.coverage(day), level, measure, where)


def place_of_coverage(application: Application, day: date, code: str | None) -> Where | None:
    """England, an NHS region by its name, an ICB by its code; None where there is none."""
    return ENGLAND if code is None else application.coverage(day).place(code)


def version(application: Application, day: date) -> Json:
    """Which version answers, and how old the directory is."""
    directory = application.directory
    return {
        "version": mmhs_finder.__version__,
        "api": "v1",
        "directory": digest(application),
        "newest_check": directory.newest_check.isoformat(),
        "services": len(public_of(application, day).services),
        "areas": len(directory.areas),
        "licence": say("api.licence"),
        "attribution": say("frame.attribution"),
        "about": say("frame.not_nhs"),
    }
