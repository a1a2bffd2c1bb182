"""A letter to refer somebody with: plain text with gaps in brackets, to copy and to fill elsewhere.

Nothing of a person is in it and nothing can be typed into it. It holds no telephone number: numbers
stand in the pack, each marked for whom it is.
Not for: the other parts of a pack (`referral_pack`).
"""

from __future__ import annotations

from collections.abc import Iterable

from mmhs_finder.directory.models import Need, Service
from mmhs_finder.directory.ways import email_for_referrers
from mmhs_finder.eligibility import CriterionId
from mmhs_finder.views.pack_questions import PackQuestion, needs_words
from mmhs_finder.words import say


def letter(service: Service, needs: Iterable[Need], questions: Iterable[PackQuestion]) -> str:
    """The letter, a line a paragraph, a blank line between its parts.

    needs: what the service helps with. questions: those of its criteria.
    """
    parts = (
        _head(service),
        (say("pack_letter.opening"), _reason(tuple(needs))),
        _person(),
        _what(),
        _criteria(questions),
        (
            say("pack_letter.consent"),
            say("pack_letter.wish"),
            say("pack_letter.meanwhile"),
            say("pack_letter.reply"),
        ),
        (say("pack_letter.closing"), say("pack_letter.signed")),
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _head(service: Service) -> tuple[str, ...]:
    name, provider = _line(service.name), _line(service.provider)
    email = email_for_referrers(service)
    to = (
        say("pack_letter.to_provider", name=name, provider=provider)
        if provider
        else say("pack_letter.to", name=name)
    )
    by = (say("pack_letter.by_email", email=_line(email)),) if email else ()
    subject = say("pack_letter.subject", name=name)
    return (say("pack_letter.date"), to, *by, say("pack_letter.from"), "", subject)


def _reason(needs: tuple[Need, ...]) -> str:
    words = (
        say("pack_letter.reason", needs=needs_words(needs))
        if needs
        else say("pack_letter.reason_plain")
    )
    return f"{say('pack_letter.asks')} {words}"


def _person() -> tuple[str, ...]:
    return (
        say("pack_letter.person"),
        say("pack_letter.address"),
        say("pack_letter.contact"),
        say("pack_letter.access"),
        say("pack_letter.gp"),
    )


def _what() -> tuple[str, ...]:
    return (
        say("pack_letter.event"),
        say("pack_letter.now"),
        say("pack_letter.family"),
        say("pack_letter.risk"),
        say("pack_letter.before"),
    )


def _criteria(questions: Iterable[PackQuestion]) -> tuple[str, ...]:
    """Whether somebody is safe is no criterion: the letter asks for the risk."""
    asked = [q for q in questions if q.criterion is not CriterionId.SAFE]
    lines = (say("pack_letter.answer", question=_line(q.text)) for q in asked)
    return (say("pack_letter.answers"), *lines) if asked else ()


def _line(text: str) -> str:
    """A text of the directory in one line: a cell may hold any character."""
    return " ".join(text.split())
