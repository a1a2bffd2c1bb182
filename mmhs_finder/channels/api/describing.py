"""The description of the interface for programs (OpenAPI 3.1), as FastAPI makes it and we mend it.

Not for: the page for people (`explaining`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from mmhs_finder.channels.api.models.problems import ProblemData
from mmhs_finder.channels.api.problems import MEDIA_TYPE, STATUS, TITLE, Trouble
from mmhs_finder.render.addresses import here

_ALWAYS: Final = (Trouble.QUERY, Trouble.TOO_OFTEN, Trouble.BROKEN)
_OF_A_BODY: Final = (
    Trouble.NOT_JSON,
    Trouble.ORIGIN,
    Trouble.TOO_LARGE,
    Trouble.MEDIA,
    Trouble.FIELDS,
    Trouble.NOT_READY,
)
_MADE_BY_FASTAPI: Final = ("HTTPValidationError", "ValidationError")


@dataclass(frozen=True)
class Introduction:
    """What an interface says of itself. at: its place in the site. tags: name to description.

    missing: what is said where a path names something that is not there.
    """

    at: str
    title: str
    summary: str
    description: str
    missing: Callable[[str], tuple[Trouble, ...]]
    tags: Mapping[str, str] = field(default_factory=dict)


def described(app: FastAPI, introduction: Introduction) -> Callable[[], dict[str, Any]]:
    """What gives the description, made once."""
    made: dict[str, Any] = {}

    def description() -> dict[str, Any]:
        if not made:
            made.update(_description(app, introduction))
        return made

    return description


def _description(app: FastAPI, introduction: Introduction) -> dict[str, Any]:
    found = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        summary=introduction.summary,
        description=introduction.description,
        license_info={"name": "Open Government Licence v3.0", "identifier": "OGL-UK-3.0"},
        servers=[{"url": here(introduction.at)}],
        tags=[{"name": n, "description": d} for n, d in introduction.tags.items()],
        routes=app.routes,
    )
    schemas = found["components"]["schemas"]
    for name in _MADE_BY_FASTAPI:
        schemas.pop(name, None)
    problem = ProblemData.model_json_schema(ref_template="#/components/schemas/{model}")
    for name, schema in problem.pop("$defs", {}).items():
        schemas.setdefault(name, schema)
    schemas["ProblemData"] = problem
    for path, ways in found["paths"].items():
        for method, operation in ways.items():
            _mend(path, method, operation, introduction)
    return found


def _mend(path: str, method: str, operation: dict[str, Any], introduction: Introduction) -> None:
    """The problems that there can be, and the headers of what goes well."""
    responses = operation["responses"]
    responses.pop("422", None)
    troubles = [*_ALWAYS]
    if method == "post":
        troubles += _OF_A_BODY
    if operation.get("parameters"):
        troubles.append(Trouble.FIELDS)
    if "{" in path:
        troubles += introduction.missing(path)
    for trouble in sorted(troubles, key=lambda one: STATUS[one]):
        responses[str(STATUS[trouble])] = _problem(trouble)
    responses["200"]["headers"] = _headers(path, method, operation)
    if "ETag" in responses["200"]["headers"]:
        responses["304"] = {"description": "Nothing has changed since the ETag that was sent."}


def _problem(trouble: Trouble) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ProblemData"}
    found: dict[str, Any] = {
        "description": TITLE(trouble),
        "content": {MEDIA_TYPE: {"schema": schema}},
    }
    if STATUS[trouble] in (429, 503):
        wait = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
        found["headers"] = {"Retry-After": wait}
    return found


def _headers(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    text = {"type": "string"}
    found: dict[str, Any] = {"Cache-Control": {"description": "How long.", "schema": text}}
    if method == "get" and not path.endswith("/answer"):
        found["ETag"] = {"description": "For `If-None-Match`.", "schema": text}
    if any(one["name"] == "page" for one in operation.get("parameters", ())):
        found["Link"] = {"description": "RFC 8288: first, prev, next, last.", "schema": text}
    return found
