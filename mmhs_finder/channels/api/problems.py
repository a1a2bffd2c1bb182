"""What is said where a program cannot be answered: a problem as RFC 9457 has it, in plain words.

Nothing of what was sent is ever in one. Not for: when there is one (`gate`, `routes`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from starlette.responses import Response

from mmhs_finder.channels.shell.headers import FOR_PROGRAMS
from mmhs_finder.render.addresses import here
from mmhs_finder.words import join_words, say, texts

MEDIA_TYPE: Final = "application/problem+json"


class Trouble(StrEnum):
    """Why there is no answer."""

    NO_PAGE = "no_page"
    NO_AREA = "no_area"
    NO_SERVICE = "no_service"
    NO_RECORD = "no_record"
    TAKEN_OUT = "taken_out"
    METHOD = "method"
    QUERY = "query"
    TOO_LARGE = "too_large"
    MEDIA = "media"
    NOT_JSON = "not_json"
    FIELDS = "fields"
    PLACE = "place"
    ANSWERS = "answers"
    ORIGIN = "origin"
    TOO_OFTEN = "too_often"
    NOT_READY = "not_ready"
    INDEX_FAILED = "index_failed"
    BROKEN = "broken"


STATUS: Final[Mapping[Trouble, int]] = {
    Trouble.NO_PAGE: 404,
    Trouble.NO_AREA: 404,
    Trouble.NO_SERVICE: 404,
    Trouble.NO_RECORD: 404,
    Trouble.TAKEN_OUT: 410,
    Trouble.METHOD: 405,
    Trouble.QUERY: 400,
    Trouble.TOO_LARGE: 413,
    Trouble.MEDIA: 415,
    Trouble.NOT_JSON: 400,
    Trouble.FIELDS: 422,
    Trouble.PLACE: 422,
    Trouble.ANSWERS: 422,
    Trouble.ORIGIN: 403,
    Trouble.TOO_OFTEN: 429,
    Trouble.NOT_READY: 503,
    Trouble.INDEX_FAILED: 503,
    Trouble.BROKEN: 500,
}

TITLE: Final = texts("api_problem.{}", Trouble)
_ITS_OWN_WORDS: Final = (Trouble.PLACE, Trouble.ANSWERS)
"""Of these the detail comes from who could not read it: `PostcodeError`, `AnswersProblem`."""

_DETAIL: Final = texts("api_detail.{}", [t for t in Trouble if t not in _ITS_OWN_WORDS])


class NotAnswered(Exception):
    """There is no answer. Nothing of what was sent may be in it.

    detail: what to do, where the words of the trouble do not say it. more: members of the problem
    beside its own: "errors", "suggestions", "urgent".
    """

    def __init__(
        self,
        trouble: Trouble,
        detail: str = "",
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.detail = detail
        self.headers = dict(headers or {})
        self.more = more

    @property
    def status(self) -> int:
        return STATUS[self.trouble]

    @property
    def detail_words(self) -> str:
        """What to do."""
        return self.detail or _DETAIL(self.trouble)

    def response(self) -> Response:
        """The problem, which nobody may keep."""
        content = {
            "type": f"{here(FOR_PROGRAMS)}#{self.trouble.value}",
            "title": TITLE(self.trouble),
            "status": self.status,
            "detail": self.detail_words,
            **{name: value for name, value in self.more.items() if value},
        }
        body = json.dumps(content, ensure_ascii=False)
        headers = {"Cache-Control": "no-store", **self.headers}
        return Response(body, self.status, headers, MEDIA_TYPE)


# --- fields --------------------------------------------------------------------------------------


def field_errors(
    errors: Sequence[Mapping[str, Any]], known: frozenset[str]
) -> list[dict[str, str]]:
    """What is to be changed, by field. errors: as pydantic says them. known: the names of fields:
    any other name was made up by who sent it."""
    found: dict[str, str] = {}
    for error in errors:
        path = [part for part in error["loc"] if part not in ("body", "query", "path")]
        name = ".".join(str(part) for part in path if part in known)
        found.setdefault(name, _what_to_do(error))
    return [{"field": name, "problem": words} for name, words in found.items()]


def _what_to_do(error: Mapping[str, Any]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return say("api_field.unknown")
    if kind == "one_place":
        return say("api_field.one_place")
    if kind == "missing":
        return say("api_field.missing")
    if kind in ("literal_error", "enum"):
        return say("api_field.choice", values=_choices(context["expected"]))
    if kind == "unknown_code":
        return say("api_field.code")
    if kind == "string_type":
        return say("api_field.text")
    if kind in ("string_too_long", "too_long"):
        return say("api_field.too_long")
    return say("api_field.form")


def _choices(expected: str) -> str:
    """ "'a', 'b' or 'c'" in our own joining."""
    return join_words(expected.replace("'", "").replace(" or ", ", ").split(", "), "or")
