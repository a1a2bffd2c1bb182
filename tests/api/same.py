"""One answer through every channel: page, page without a script, interface, document, terminal.

`differences` asks each for the same place, needs and moment, and names what one tells and another
does not. Not for: whether it is right (the rules have tests of their own).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from starlette.testclient import TestClient

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.suited import Situation
from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.directory.models import Pathway
from mmhs_finder.directory.ways import dialled
from mmhs_finder.eligibility import Answers
from mmhs_finder.render.documents.pdf import summary_pdf
from mmhs_finder.render.html.answer import answer_html
from mmhs_finder.signposting.steps import next_steps
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.summary import summary_of

_SERVICES = ("mmhs", "alternatives", "neighbours")
_LINES = ("national", "urgent")


class Channels:
    """Every channel over one directory, at one moment."""

    def __init__(self, finder: Finder, at: datetime, text: TestClient, api: TestClient, capsys):
        self.finder, self.at, self.text, self.api, self.capsys = finder, at, text, api, capsys

    def differences(self, postcode: str, needs: tuple[Pathway, ...]) -> list[str]:
        """What one channel tells and another does not; [] where all tell the same."""
        return [*self._differences(postcode, needs)]

    def _differences(self, postcode: str, needs: tuple[Pathway, ...]) -> Iterator[str]:
        names = [need.value for need in needs]
        sent = {"postcode": postcode, "needs": names, "answers": {}}
        reply = self.api.post("/api/v1/answers", json=sent)
        assert reply.status_code == 200, reply.text
        api = reply.json()
        terminal = json.loads(self._terminal(postcode, names, "--json"))
        for name, value in terminal.items():
            yield from differ(f"terminal {name}", as_sent(value), as_sent(api[name]))
        who = Situation(frozenset(needs))
        answer = self.finder.find(self.finder.place(postcode), needs, self.at, who)
        drawn = str(answer_html(answer_view(answer)))
        page = self.text.post("/text/", data={"postcode": postcode, "need": names}).text
        shown = {
            "page": plain(drawn),
            "text page": plain(page),
            "terminal": plain(self._terminal(postcode, names)),
        }
        yield from missing(api, shown)
        yield from differ("numbers to press", sorted(pressed(drawn)), sorted(numbers_of(api)))
        yield from (f"text page: no {n}" for n in numbers_of(api) - pressed(page))
        yield from self._on_paper(answer, api, needs)

    def _terminal(self, postcode: str, needs: list[str], *options: str) -> str:
        moment = f"{self.at:%Y-%m-%dT%H:%M}"
        asked = [part for need in needs for part in ("--need", need)]
        assert main(["find", postcode, "--at", moment, *asked, *options]) == 0
        return self.capsys.readouterr().out

    def _on_paper(self, answer: Any, api: dict[str, Any], needs: tuple[Pathway, ...]):
        answers = Answers(happened=frozenset(needs) if needs else None)
        steps = next_steps(self.finder, answer, answers)
        known = digits(json.dumps(api))
        for match in answer.mmhs[:1] or (None,):
            paper = pdf_text(summary_pdf(summary_of(match, answer, steps)))
            if match is not None:
                service = api["mmhs"][0]
                yield from (
                    f"paper: no {value}"
                    for value in (service["name"], service["phone"])
                    if value and squeezed(value) not in squeezed(paper)
                )
            for number in re.findall(r"(?<![\d/])0\d[\d ]{7,12}\d(?![\d/])", paper):
                if digits(number) not in known:
                    yield f"paper alone has {number}"
        first = next(line["phone"] for line in api["urgent"] if line["phone"])
        if digits(first) not in digits(paper):
            yield f"paper: no {first}"


def missing(api: dict[str, Any], shown: dict[str, str]) -> Iterator[str]:
    """The facts of the interface that a channel for people does not tell."""
    facts = [api["verdict"]["sentence"], *(notice["text"] for notice in api["notices"])]
    facts += [line["number"] for line in api["open_now"]]
    for service in (row for name in _SERVICES for row in api[name]):
        facts += [service["name"], service["phone"]] if "distance_km" in service else []
    for line in (row for name in _LINES for row in api[name]):
        facts += [line["name"], line["phone"], line["text_number"]]
    facts += [one["name"] for one in api["devolved"]]
    for channel, text in shown.items():
        for fact in facts:
            # What is told in the verdict of a page in other words is a notice in the terminal.
            if fact and plain(fact) not in text and not is_notice(api, fact):
                yield f"{channel}: no {fact!r}"


def is_notice(api: dict[str, Any], fact: str) -> bool:
    return fact in {notice["text"] for notice in api["notices"]}


def numbers_of(api: dict[str, Any]) -> set[str]:
    """Every number that somebody may ring or text, as it is dialled."""
    found = {re.sub(r"^\w+:|\?.*", "", line["link"]) for line in api["open_now"]}
    for row in (row for name in (*_SERVICES, *_LINES, "devolved") for row in api[name]):
        numbers = (row.get("phone"), row.get("text_number"))
        found |= {dialled(number) for number in numbers if number}
    return found


def pressed(markup: str) -> set[str]:
    """The numbers behind links of a page."""
    return set(re.findall(r'href="(?:tel|sms):([^"?]+)', markup))


def plain(text: str) -> str:
    shown = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return " ".join(shown.replace("\N{NO-BREAK SPACE}", " ").split())


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def squeezed(text: str) -> str:
    """Without spaces and signs that a line of paper may break at."""
    return re.sub(r"[\W_]", "", text)


def pdf_text(document: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)


def as_sent(value: Any) -> Any:
    """Moments alike, however they are written; no list of links where all have answered."""
    if isinstance(value, dict):
        told = {name: each for name, each in value.items() if each or name != "unanswered_links"}
        return {name: as_sent(each) for name, each in told.items()}
    if isinstance(value, list):
        return [as_sent(each) for each in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)", value):
        return datetime.fromisoformat(value).timestamp()
    return value


def differ(where: str, one: Any, other: Any) -> Iterator[str]:
    """Field by field."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in one.keys() | other.keys():
            yield from differ(f"{where}.{name}", one.get(name), other.get(name))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for at, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from differ(f"{where}[{at}]", a, b)
    elif one != other:
        yield f"{where}: {one!r} and {other!r}"
