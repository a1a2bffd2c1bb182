"""The form "Tell us if something is wrong" and what is said after it, as HTML. Pure.

Not for: what it asks and what comes of it (`views.suggesting`).
"""

from __future__ import annotations

from markupsafe import Markup

from mmhs_finder.curation.suggestions import KEPT_DAYS, suggestions_folder
from mmhs_finder.render.html.about import CORRECT
from mmhs_finder.render.html.pieces import link
from mmhs_finder.views.correcting import contact
from mmhs_finder.views.suggesting import CorrectionTold
from mmhs_finder.words import say

_EMPTY = Markup("")


def correction_intro() -> Markup:
    """What stands above the form: what not to write, and what is kept."""
    return Markup("<p>{}</p><p>{}</p>").format(say("suggest.intro"), what_is_kept())


def correction_heading() -> Markup:
    """The part of a page that the form stands in begins with this; below the address of whoever
    runs the site, where there is one (`about`)."""
    if contact():
        return Markup("<h3>{}</h3>{}").format(say("suggest.title"), correction_intro())
    return Markup('<section id="{}"><h2>{}</h2>{}</section>').format(
        CORRECT, say("suggest.title"), correction_intro()
    )


def what_is_kept() -> str:
    """What happens with what somebody writes, as the site is set up."""
    if suggestions_folder() is not None:
        return say("suggest.kept", days=KEPT_DAYS)
    return say("suggest.not_kept") if contact() else say("suggest.only_ways")


def submit_words() -> str:
    """The words of the button: what it does, as the site is set up."""
    if suggestions_folder() is not None:
        return say("suggest.submit")
    return say("suggest.submit_letter") if contact() else say("suggest.submit_ways")


def told_html(told: CorrectionTold) -> Markup:
    """What came of it. What is to be mended is listed."""
    if told.problems:
        items = _EMPTY.join(Markup("<li>{}</li>").format(p) for p in told.problems.values())
        return Markup(
            '<div class="alert" role="alert"><p><strong>{}</strong></p><ul>{}</ul></div>'
        ).format(say("suggest.mend"), items)
    parts = [Markup("<h3>{}</h3><p>{}</p>").format(told.heading, told.text)]
    if told.letter:
        parts.append(
            Markup('<p>{}</p><pre class="letter" tabindex="0" aria-label="{}">{}</pre>').format(
                link(told.letter_link, say("suggest.letter_send")),
                say("suggest.letter_label"),
                told.letter,
            )
        )
    if told.ways:
        items = _EMPTY.join(
            Markup("<li>{}</li>").format(link(way.link, way.value)) for way in told.ways
        )
        parts.append(Markup("<ul>{}</ul>").format(items))
    return _EMPTY.join(parts)
