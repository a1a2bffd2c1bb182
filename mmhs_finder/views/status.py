"""Whether a service is running, in words: nothing where it is, else a tag and a sentence.

Not for: to whom a closed or unconfirmed one is offered (`directory.serving`, `answers`).
"""

from __future__ import annotations

from dataclasses import dataclass

from mmhs_finder.answers.notices import closed_notice
from mmhs_finder.directory.models import Service, Status
from mmhs_finder.views.notices import notice_text
from mmhs_finder.words import say


@dataclass(frozen=True)
class StatusView:
    """tag: a few words. text: a sentence. Both "" for a service that is open."""

    tag: str = ""
    text: str = ""


def status_words(service: Service) -> StatusView:
    if service.status is Status.CLOSED:
        return StatusView(say("status.closed"), closed_text(service))
    if service.status is Status.UNKNOWN:
        return StatusView(say("status.unconfirmed"), say("status.unconfirmed_text"))
    return StatusView()


def closed_text(service: Service) -> str:
    return notice_text(closed_notice(service))
