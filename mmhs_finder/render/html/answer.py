"""What stands around the cards of an answer: its heading, and the words where no service is known.

Not for: the cards (`cards`), or rules (`answers`).
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from mmhs_finder.answers.types import Answer, Outcome
from mmhs_finder.words import join_words, say

_WORDS: Final = {
    Outcome.ONE_SERVICE: "one",
    Outcome.SEVERAL_SERVICES: "several",
    Outcome.UNCONFIRMED: "unconfirmed",
    Outcome.NONE_PUBLISHED: "none",
    Outcome.OTHER_NATION: "nation",
}


def heading(answer: Answer, searches: int) -> Markup:
    """The heading of an answer. searches: as `search_heading`."""
    key = _WORDS[answer.outcome]
    words = say(f"result.service_heading_{key}", nation=answer.place.nation.value)
    return search_heading(words, searches)


def found_line(answer: Answer) -> Markup:
    """What was found, in one line below the heading."""
    place = answer.place
    words = say(
        f"result.found_{_WORDS[answer.outcome]}",
        place=place.label,
        count=len(answer.mmhs),
        nation=place.nation.value,
    )
    return Markup('<p role="status" class="muted">{}</p>').format(words)


def search_heading(words: str, searches: int) -> Markup:
    """A heading that has the focus after a search.

    searches: how many this visit has made. `focus.js` brings the heading into view, and knows a new
    search by the number.
    """
    return Markup('<h2 tabindex="-1" data-search="{}">{}</h2>').format(searches, words)


def none_published(answer: Answer) -> Markup:
    """Where no service is known: what that means, and how to ask."""
    area = join_words([a.name for a in answer.place.areas]) or answer.place.label
    return Markup(
        '<article class="card"><h3>{}</h3><p>{}</p><blockquote>{}</blockquote><p>{}</p></article>'
    ).format(
        say("none_published.heading"),
        say("none_published.text"),
        say("none_published.say", area=area),
        say("none_published.text2"),
    )
