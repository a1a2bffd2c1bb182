"""The urgent-help strip as HTML. It stands on every page.

The same words serve the Streamlit pages, the page before the app has loaded, and the page without
JavaScript. Not for: the words (`views.urgent`), or choosing what else to offer (`signposting`).
"""

from __future__ import annotations

from markupsafe import Markup

from mmhs_finder.render.html.cards import way_html
from mmhs_finder.views.urgent import StripView, TodayView


def urgent_text(view: StripView) -> Markup:
    """The sentences with their telephone links."""
    parts = [
        Markup("<strong>{}</strong>").format(view.danger),
        way_html(view.emergency),
        Markup("<strong>{}</strong>").format(view.help),
        *(way_html(way) for way in view.ways),
    ]
    if view.then:
        parts.append(Markup("{}").format(view.then))
    return Markup(" ").join(parts)


def urgent_section(view: StripView) -> Markup:
    """The strip: a labelled region, pale red, never blinking."""
    section = Markup('<section class="urgent" aria-label="{}"><p>{}</p></section>')
    return section.format(view.label, urgent_text(view))


def today_html(view: TodayView) -> Markup:
    """An emergency that needs a doctor today: what to do, in order."""
    items = Markup("").join(Markup("<li>{}</li>").format(step) for step in view.steps)
    unit = Markup("<p>{}</p>").format(view.unit) if view.unit else Markup("")
    return Markup(
        '<div class="alert" role="note"><p><strong>{}</strong></p><ul>{}</ul>{}</div>'
    ).format(view.intro, items, unit)
