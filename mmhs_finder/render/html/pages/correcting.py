"""The form "Tell us if something is wrong" as a page that needs no script.

Not for: what it asks and what comes of it (`views.suggesting`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from mmhs_finder.curation.suggestions import LONGEST, HowKnown, WrongFact
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.pages.frame import TextPage, draw
from mmhs_finder.render.html.suggesting import correction_intro, submit_words, told_html
from mmhs_finder.views.suggesting import (
    FACT,
    FIELDS,
    HOW,
    CorrectionTold,
    CorrectionTyped,
)
from mmhs_finder.words import say

CORRECT_PAGE: Final = "/text/correct"


def correct_page(
    entries: Mapping[str, str], typed: CorrectionTyped, told: CorrectionTold | None = None
) -> TextPage:
    """The form, as it is filled in; or what came of it. told: None where nothing was sent."""
    if told is not None and not told.problems:
        again = Markup('<p><a href="{}">{}</a></p>').format(
            here(CORRECT_PAGE), say("suggest.again")
        )
        return TextPage(say("suggest.title"), say("suggest.title"), told_html(told) + again)
    problems = {name: (told.problems.get(name, "") if told else "") for name in FIELDS}
    form = draw(
        "correct.html",
        action=CORRECT_PAGE,
        entries=tuple(entries.items()),
        facts=[(fact.value, FACT(fact)) for fact in WrongFact],
        hows=[(how.value, HOW(how)) for how in HowKnown],
        typed=typed,
        problems=problems,
        most=LONGEST,
        words={
            "entry": say("suggest.entry"),
            "choose": say("suggest.choose"),
            "fact": say("suggest.fact"),
            "right": say("suggest.right"),
            "hint": say("suggest.right_hint", most=LONGEST),
            "how": say("suggest.how"),
            "link": say("suggest.link"),
            "submit": submit_words(),
        },
    )
    return TextPage(
        title=say("suggest.title"),
        heading=say("suggest.title"),
        body=correction_intro() + (told_html(told) if told else Markup("")) + form,
        description=say("suggest.about"),
        address="" if told else CORRECT_PAGE,
    )
