"""How a curator knows what she writes: asked for once for all answers, or for one by itself.

Not for: what counts as proof (`curation.telling`), or what evidence changes (`curation.answering`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from mmhs_finder.channels.curator.state import WHOLE, Sitting
from mmhs_finder.curation.answering import Answerer, Evidence
from mmhs_finder.directory.models import Confidence
from mmhs_finder.directory.vocabularies import ToldHow
from mmhs_finder.words import say, texts

KINDS: Final = ("told", "page")
_KIND: Final = texts("curator.evidence_{}", KINDS)
_HOW: Final = texts("curator.how_{}", ToldHow)
_SURE: Final = texts("curator.sure_{}", Confidence)
_PAGE: Final = ("page_link", "page_quote")
_MISSING: Final = texts(
    "curator.missing_{}",
    (
        "told_domain",
        "told_number",
        "told_page",
        "told_by",
        "told_on",
        *_PAGE,
    ),
)
_PROOF: Final[Mapping[ToldHow, tuple[str, ...]]] = {
    ToldHow.SENDER_DOMAIN: ("told_domain",),
    ToldHow.CALL_BACK: ("told_number", "told_page"),
}
FIELDS: Final = ("told_by", "told_how", "told_proof", "told_on")
"""What can be wrong with it, by the names of the directory's columns."""

_MOST_LETTERS: Final = 500


@dataclass(frozen=True)
class EvidenceGiven:
    """What stands in the boxes for evidence. missing: what has to be filled in still, in words;
    then the evidence is one to look at the outcome with, and not one to save."""

    evidence: Evidence
    missing: tuple[str, ...]


def kind_of(sitting: Sitting, whose: str) -> str:
    """One of `KINDS`."""
    return str(sitting.session.get(sitting.evidence(whose, "kind")) or _usual(whose))


def _usual(whose: str) -> str:
    """Who knows one thing from somewhere else has read it, for the most part."""
    return KINDS[0] if whose == WHOLE else KINDS[1]


def read(sitting: Sitting, whose: str, today: date) -> EvidenceGiven:
    """What stands in the boxes. whose: a question's id, or `state.WHOLE`."""
    return (_page if kind_of(sitting, whose) == KINDS[1] else _told)(sitting, whose, today)


def _text(sitting: Sitting, whose: str, field: str) -> str:
    return " ".join(sitting.said(sitting.evidence(whose, field)).split())


def _how(sitting: Sitting, whose: str) -> ToldHow:
    return ToldHow(sitting.session.get(sitting.evidence(whose, "how")) or next(iter(ToldHow)))


def _told(sitting: Sitting, whose: str, today: date) -> EvidenceGiven:
    how = _how(sitting, whose)
    fields = [*_PROOF.get(how, ()), "told_by"]
    given = {field: _text(sitting, whose, field) for field in fields}
    key = sitting.evidence(whose, "told_on")
    day = sitting.session.get(key, today)
    missing = [field for field, text in given.items() if not text]
    missing += [] if isinstance(day, date) else ["told_on"]
    proof = " ".join(given[field] for field in _PROOF.get(how, ()))
    if how is ToldHow.SENDER_DOMAIN:
        proof = proof.rpartition("@")[2]
    role = given["told_by"] or say("curator.stand_in_role")
    proven = how not in _PROOF or all(given[f] for f in _PROOF[how])
    whole = whose == WHOLE and bool(sitting.session.get(sitting.evidence(WHOLE, "confirms")))
    told = Answerer(role, how, proof, whole) if proven else Answerer(role)
    evidence = Evidence(
        day=day if isinstance(day, date) else today,
        source=f"{'mail' if how is ToldHow.SENDER_DOMAIN else 'call'}:{role}",
        told=told,
    )
    return EvidenceGiven(evidence, tuple(map(_MISSING, missing)))


def _page(sitting: Sitting, whose: str, today: date) -> EvidenceGiven:
    given = {field: _text(sitting, whose, field) for field in _PAGE}
    missing = [field for field, text in given.items() if not text]
    sure = sitting.session.get(sitting.evidence(whose, "sure"))
    evidence = Evidence(
        day=today,
        source=given["page_link"] or f"call:{say('curator.stand_in_source')}",
        quote=given["page_quote"] or say("curator.stand_in_source"),
        source_date=_text(sitting, whose, "page_date"),
        confidence=Confidence(sure or Confidence.HIGH),
    )
    return EvidenceGiven(evidence, tuple(map(_MISSING, missing)))


def draw(sitting: Sitting, whose: str, today: date) -> None:
    """Draws the boxes. today: no day may be later."""
    kind = st.segmented_control(
        say("curator.evidence_kind"),
        KINDS,
        default=None if sitting.knows(sitting.evidence(whose, "kind")) else _usual(whose),
        required=True,
        format_func=_KIND,
        key=sitting.evidence(whose, "kind"),
        persist_state="session",
    )
    if kind == KINDS[1]:
        _draw_page(sitting, whose)
    else:
        _draw_told(sitting, whose, today)


def _box(sitting: Sitting, whose: str, field: str, label: str, hint: str | None = None) -> None:
    st.text_input(
        label,
        key=sitting.evidence(whose, field),
        max_chars=_MOST_LETTERS,
        help=hint,
        persist_state="session",
    )


def _draw_told(sitting: Sitting, whose: str, today: date) -> None:
    how = st.radio(
        say("curator.told_how"),
        list(ToldHow),
        format_func=_HOW,
        key=sitting.evidence(whose, "how"),
        persist_state="session",
    )
    if how == ToldHow.SENDER_DOMAIN:
        _box(sitting, whose, "told_domain", say("curator.told_domain"))
    elif how == ToldHow.CALL_BACK:
        _box(sitting, whose, "told_number", say("curator.told_number"))
        _box(sitting, whose, "told_page", say("curator.told_page"))
    role, day = st.columns(2)
    with role:
        _box(sitting, whose, "told_by", say("curator.told_by"), say("curator.told_by_help"))
    key = sitting.evidence(whose, "told_on")
    if not sitting.knows(key):
        sitting.session[key] = today
    with day:
        st.date_input(
            say("curator.told_on"),
            max_value=today,
            format="DD/MM/YYYY",
            key=key,
            persist_state="session",
        )


def _draw_page(sitting: Sitting, whose: str) -> None:
    _box(sitting, whose, "page_link", say("curator.page_link"))
    _box(sitting, whose, "page_quote", say("curator.page_quote"))
    hint = say("curator.page_date_hint")
    _box(sitting, whose, "page_date", say("curator.page_date"), hint)
    st.radio(
        say("curator.page_sure"),
        list(Confidence),
        format_func=_SURE,
        key=sitting.evidence(whose, "sure"),
        persist_state="session",
    )
