"""The form "Tell us if something is wrong": what it asks, what is to be mended, what happens then.

It asks which entry, which fact, what is right and how that is known: never who somebody is, or what
happened to her. Personal text that can be recognised for sure is asked to be left out.
Not for: markup (`render`), or keeping it (`curation.suggestions`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote, urlsplit

from mmhs_finder.curation.screening import Personal, must_go
from mmhs_finder.curation.suggestions import (
    BOX,
    LONGEST,
    CannotKeep,
    Correction,
    CorrectionBox,
    HowKnown,
    WrongFact,
    suggestions_folder,
)
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Service, Status
from mmhs_finder.directory.ways import Way, WayKind, line_ways, service_ways
from mmhs_finder.views.correcting import contact
from mmhs_finder.views.names import label
from mmhs_finder.words import join_words, say, texts

FACT: Final = texts("suggest_fact.{}", WrongFact)
HOW: Final = texts("suggest_how.{}", HowKnown)
_PERSONAL: Final = texts("suggest_personal.{}", Personal)

ENTRY, FACT_FIELD, RIGHT, HOW_FIELD, LINK = "entry", "fact", "right", "how", "link"
FIELDS: Final = (ENTRY, FACT_FIELD, RIGHT, HOW_FIELD, LINK)
MISSING: Final = "missing"
"""Stands for an entry that we do not have."""


@dataclass(frozen=True)
class CorrectionTyped:
    """What somebody has filled in, as it came."""

    entry: str = ""
    fact: str = ""
    right: str = ""
    how: str = ""
    link: str = ""


@dataclass(frozen=True)
class CorrectionTold:
    """What came of it.

    problems: what to mend, in words, by the field; then nothing was kept. heading, text: what is
    said else. letter: a text to send, and letter_link to send it by, where no file is kept. ways:
    how to tell the service itself.
    """

    problems: Mapping[str, str]
    heading: str = ""
    text: str = ""
    letter: str = ""
    letter_link: str = ""
    ways: tuple[Way, ...] = ()


def somebody_reads() -> bool:
    """Whether what is told here comes to anybody: into a folder, or by a letter."""
    return suggestions_folder() is not None or bool(contact())


def entries(directory: Directory) -> dict[str, str]:
    """The entries to choose from, by id, in the order of their names; the last is none of them."""
    services = [s for s in directory.services.values() if s.status is not Status.CLOSED]
    named = {s.id: label(s) for s in services} | {line.id: line.name for line in directory.national}
    ordered = sorted(named.items(), key=lambda pair: pair[1].casefold())
    return {**dict(ordered), MISSING: say("suggest.missing")}


def is_entry(value: str, directory: Directory) -> bool:
    """Whether an address may name this entry."""
    return value in directory.services or any(value == line.id for line in directory.national)


def tell(
    typed: CorrectionTyped, directory: Directory, today: date, box: CorrectionBox = BOX
) -> CorrectionTold:
    """Takes what somebody has filled in: kept, made a letter of, or sent back to be mended."""
    problems = _problems(typed, directory)
    if problems:
        return CorrectionTold(problems)
    right = " ".join(typed.right.split())
    entry = "" if typed.entry == MISSING else typed.entry
    suggestion = Correction(
        entry, typed.fact, right, typed.how, typed.link.strip(), today.isoformat()
    )
    folder = suggestions_folder()
    if folder is not None:
        try:
            box.keep(folder, suggestion)
        except CannotKeep as problem:
            text = say("suggest.full") if problem.why != "folder" else say("suggest.cannot_keep")
            return _otherwise(suggestion, directory, text)
        return CorrectionTold({}, say("suggest.thanks"), say("suggest.thanks_text"))
    return _otherwise(suggestion, directory, "")


def _otherwise(suggestion: Correction, directory: Directory, why: str) -> CorrectionTold:
    """Where nothing is kept here: a letter to whoever runs the site, or the ways to the service."""
    if address := contact():
        letter = _letter(suggestion, directory)
        subject = quote(say("suggest.subject"))
        link = f"mailto:{address}?subject={subject}&body={quote(letter)}"
        text = " ".join(t for t in (why, say("suggest.letter_text", address=address)) if t)
        return CorrectionTold({}, say("suggest.letter"), text, letter, link)
    ways = _ways(suggestion.entry, directory)
    text = say("suggest.service_text") if ways else say("suggest.nobody_text")
    return CorrectionTold(
        {}, say("suggest.service"), " ".join(t for t in (why, text) if t), ways=ways
    )


def _letter(suggestion: Correction, directory: Directory) -> str:
    lines = [
        (say("suggest.entry"), entries(directory).get(suggestion.entry, say("suggest.missing"))),
        (say("suggest.fact"), FACT(WrongFact(suggestion.fact))),
        (say("suggest.right"), suggestion.right),
        (say("suggest.how"), HOW(HowKnown(suggestion.how))),
        (say("suggest.link"), suggestion.link),
    ]
    return "\n".join(f"{asked} {said}" for asked, said in lines if said)


def _ways(entry: str, directory: Directory) -> tuple[Way, ...]:
    """Their number, address and page, as a parent is given them."""
    service: Service | None = directory.services.get(entry)
    if service is not None:
        found = service_ways(service)
    else:
        found = next((line_ways(row) for row in directory.national if row.id == entry), ())
    wanted = (WayKind.PHONE, WayKind.EMAIL, WayKind.PAGE)
    return tuple(way for way in found if way.kind in wanted and way.link)


# --- what is to be mended -------------------------------------------------------------------------


def _problems(typed: CorrectionTyped, directory: Directory) -> dict[str, str]:
    found: dict[str, str] = {}
    if typed.entry != MISSING and not is_entry(typed.entry, directory):
        found[ENTRY] = say("suggest.entry_problem")
    if typed.fact not in {*WrongFact}:
        found[FACT_FIELD] = say("suggest.fact_problem")
    if typed.how not in {*HowKnown}:
        found[HOW_FIELD] = say("suggest.how_problem")
    if text := _right_problem(typed):
        found[RIGHT] = text
    if text := _link_problem(typed):
        found[LINK] = text
    return found


def _right_problem(typed: CorrectionTyped) -> str:
    if not typed.right.strip():
        return say("suggest.right_problem")
    if len(typed.right) > LONGEST:
        return say("suggest.long_problem", most=LONGEST)
    if personal := must_go(typed.right, keeps_postcode=typed.fact == WrongFact.ADDRESS):
        return say("suggest.personal_problem", what=join_words([_PERSONAL(p) for p in personal]))
    return ""


def _link_problem(typed: CorrectionTyped) -> str:
    link = typed.link.strip()
    if not link:
        needed = typed.how == HowKnown.THEIR_PAGE
        return say("suggest.link_needed") if needed else ""
    try:
        parts = urlsplit(link)
        is_link = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        is_link = False
    if not is_link or len(link) > LONGEST or any(c.isspace() for c in link) or "@" in parts.netloc:
        return say("suggest.link_problem")
    if personal := must_go(link):
        return say("suggest.personal_problem", what=join_words([_PERSONAL(p) for p in personal]))
    return ""
