"""The page that a server in front shows when no process of the site can answer.

It is one file that needs no other: no style sheet, no script, no page to go on to. The numbers are
those of the directory, so it is made anew when they change.
Not for: what the app itself says while it runs.
"""

from __future__ import annotations

from markupsafe import Markup

from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.urgent import always_open_lines, urgent_section
from mmhs_finder.render.static import SAFE_PLACE, bundle
from mmhs_finder.views.urgent import StripView
from mmhs_finder.words import html_language, say

_PAGE = Markup("""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<meta name="color-scheme" content="light dark">
<style>{css}</style>
</head>
<body>
<a class="skip-link" href="#main">{skip}</a>
<div class="leave" role="region" aria-label="{leave_label}">\
<a href="{safe}" rel="noreferrer nofollow">{leave}</a></div>
<header>{urgent}</header>
<main id="main" tabindex="-1">
<h1>{title}</h1>
<p>{text}</p>
<p><a href="{home}">{again}</a></p>
<div id="numbers"><p>{numbers}</p>{lines}</div>
<p>{ask}</p>
</main>
<footer><p>{not_nhs}</p></footer>
</body>
</html>
""")


def away_page(strip: StripView) -> str:
    """The whole page. strip: the urgent numbers, for where nobody knows where somebody lives."""
    return str(
        _PAGE.format(
            language=html_language(),
            title=say("away.title"),
            css=Markup(bundle("text.css").decode()),  # noqa: S704 - our own file
            skip=say("index.skip"),
            leave_label=say("index.leave_region"),
            safe=SAFE_PLACE,
            leave=say("index.leave"),
            urgent=urgent_section(strip, "#numbers"),
            text=say("away.text"),
            home=here("/"),
            again=say("away.again"),
            numbers=say("away.numbers"),
            lines=always_open_lines(strip),
            ask=say("index.ask"),
            not_nhs=say("frame.not_nhs"),
        )
    )
