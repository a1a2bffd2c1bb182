"""Our search as it stands on somebody else's page: what a parent is told there, and where it leads.

It names no place but a council that the owner of the page has set, and holds nothing of a person.
Not for: markup (`render.html.pages.embedding`), or which sites may have it (`channels.shell`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mmhs_finder.directory.models import Area
from mmhs_finder.directory.named import area_words
from mmhs_finder.views.urgent import StripView
from mmhs_finder.words import say


class EmbedTarget(StrEnum):
    """Where the answer opens: in place of the whole page, or in a new tab. Never in a frame: what
    stands around a frame could not be cleared by "Leave this page"."""

    TOP = "top"
    NEW = "new"


@dataclass(frozen=True)
class EmbedFormView:
    """The search on another page.

    council: the code that was set beforehand; "" for none. problem: what is wrong with what was
    set, in words. strip: the urgent numbers while no place is known.
    """

    target: EmbedTarget
    council: str
    title: str
    intro: str
    label: str
    hint: str
    submit: str
    kept: str
    problem: str
    strip: StripView


def embed_form_view(
    strip: StripView, target: EmbedTarget, area: Area | None = None, *, is_unknown: bool = False
) -> EmbedFormView:
    """area: the council that is set beforehand. is_unknown: one was asked for that there is not."""
    hint = say("embed.hint_council", council=area_words(area.name)) if area else say("embed.hint")
    return EmbedFormView(
        target=target,
        council=area.code if area else "",
        title=say("find.title"),
        intro=say("find.intro"),
        label=say("find.postcode_label"),
        hint=hint,
        submit=say("embed.submit_new") if target is EmbedTarget.NEW else say("find.submit"),
        kept=say("embed.kept"),
        problem=say("embed.unknown_council") if is_unknown else "",
        strip=strip,
    )
