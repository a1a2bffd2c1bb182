"""Checks of what a service told: who answered, how that is known, and of which day it is.

An answer counts as the service's own only where it came from its organisation's domain, or where
somebody rang back on a number of the organisation's own page; which, stands in `told_proof`.
Not for: single cells (`cells`), or what such a row is called (`directory.confirming`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from mmhs_finder.directory.confirming import SURE
from mmhs_finder.directory.files import CsvRow, Problem
from mmhs_finder.directory.models import Pathway, PathwayOffer, WebsiteKind
from mmhs_finder.directory.vocabularies import ToldHow

_SERVICES: Final = "services.csv"
_CRITERIA: Final = "mmhs_criteria.csv"
_TOLD: Final = ("told_on", "told_by", "told_how")
_WAITS: Final = ("wait_assessment_weeks", "wait_therapy_weeks")
TELLING: Final = (*_TOLD, "told_proof", *_WAITS, "referrer_phone", "referrer_phone_status")
"""The columns that `told_problems` looks at; a row where all are blank has nothing to say."""

_SHARED: Final = frozenset(
    {"nhs.net", "nhs.uk", "gov.uk", "org.uk", "co.uk", "ac.uk", "me.uk", "org", "com", "net", "uk"}
)
"""Domains that many organisations send from: one of these proves nothing about one of them."""

_HEALTH_SERVICE: Final = ".nhs.uk"
"""Only organisations of the health service are given names below it."""

_DOMAIN: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def told_problems(row: CsvRow, own: Collection[str]) -> Iterator[Problem]:
    """What does not fit together in what a service told. own: as of `own_domains`."""
    cells = row.cells
    filled = [column for column in _TOLD if cells.get(column)]
    for column in _TOLD if filled else ():
        if not cells.get(column):
            message = (
                f"this cell is blank, but {filled[0]} is not. Write when the service answered "
                "(told_on), in which role (told_by) and how it is known (told_how), or none of it."
            )
            yield Problem(_SERVICES, row.number, column, "", message)
    how, proof = cells.get("told_how", ""), cells.get("told_proof", "")
    if message := proof_problem(how, proof, own):
        yield Problem(_SERVICES, row.number, "told_proof", proof, message)
    if any(cells.get(wait) for wait in _WAITS) and not cells.get("availability_as_of"):
        message = "this cell is blank, but there is a wait. Write of which day it is."
        yield Problem(_SERVICES, row.number, "availability_as_of", "", message)
    number, status = cells.get("referrer_phone", ""), cells.get("referrer_phone_status", "")
    if bool(number) != bool(status):
        message = (
            "this cell is blank, but referrer_phone is not. Write confirmed, or check if you are "
            "not sure."
            if number
            else "is about nothing: referrer_phone is blank. Clear this cell."
        )
        yield Problem(_SERVICES, row.number, "referrer_phone_status", status, message)


def proof_problem(how: str, proof: str, own: Collection[str]) -> str:
    """What is wrong with the proof that a service sent an answer: "" or a message.

    how: a value of `ToldHow`, or "". proof: the domain of the sender's address; or the number that
    was rung and, after it, the address of the page it stands on. own: domains of the organisation's
    own pages as they were known before the answer (`own_domains`); empty where none was.
    """
    if how not in SURE:
        return "is about nothing: told_how names no such way. Clear this cell." if proof else ""
    if not proof:
        return (
            "this cell is blank. Write the domain of the address it came from, or the number that "
            "you rang and the page it stands on. Without either, told_how is not_known."
        )
    if how == ToldHow.CALL_BACK:
        number, _, page = proof.rpartition(" ")
        host = _host(page)
        if not (re.search(r"\d{3}", number) and host):
            return "does not say both. Write the number, then the page: 020 7946 0000 https://..."
        whose = "the page"
    else:
        host, whose = proof.casefold().rpartition("@")[2], "the address"
        if not _DOMAIN.fullmatch(host):
            return "is not a domain. Write what stands behind the @, such as kmpt.nhs.uk."
        if host in _SHARED:
            return (
                "is used by many organisations, so it does not show who sent it. Ring back on a "
                "number of their own page. Until then it was told to us (told_how: not_known)."
            )
    if _belongs(host, own):
        return ""
    theirs = f" ({', '.join(sorted(own))})" if own else ""
    return (
        f"does not belong to this organisation, as far as {whose} of its own pages{theirs} says. "
        "Ring back on a number of their own page. "
        "Until then it was told to us (told_how: not_known)."
    )


def is_own_page(url: str, own: Collection[str]) -> bool:
    """Whether a page belongs to the organisation, by its own pages, or to the health service where
    none of its own is known. own: as of `own_domains`."""
    return _belongs(_host(url), own)


def _belongs(host: str, own: Collection[str]) -> bool:
    return any(_same(host, each) for each in own) or (not own and host.endswith(_HEALTH_SERVICE))


def own_domains(rows: Iterable[Mapping[str, str]], provider: str) -> frozenset[str]:
    """The hosts of the pages that services of a provider have of their own, without "www."."""
    return frozenset(
        host
        for cells in rows
        if provider and cells.get("provider", "") == provider
        if cells.get("website_kind") == WebsiteKind.SERVICE_PAGE
        if (host := _host(cells.get("website", "")))
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").casefold().removeprefix("www.").rstrip(".")
    except ValueError:
        return ""


def _same(host: str, own: str) -> bool:
    """Whether two hosts are of one organisation: one of them, never a shared one, is below it."""
    return (
        host == own
        or host.endswith(f".{own}")
        or (own.endswith(f".{host}") and host not in _SHARED)
    )


def criteria_problems(row: CsvRow) -> Iterator[Problem]:
    """Conditions that stand beside an offer that is no yes."""
    for pathway in Pathway:
        column = f"{pathway}_only_if"
        value = row.cells.get(column, "")
        if value and row.cells.get(pathway.value) != PathwayOffer.YES:
            message = f"is a condition, but {pathway} is not yes. Write yes there, or clear this."
            yield Problem(_CRITERIA, row.number, column, value, message)
