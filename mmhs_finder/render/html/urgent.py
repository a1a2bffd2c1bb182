"""The urgent-help strip as HTML, from the directory's own rows. It stands on every page.

The same words serve the Streamlit pages, the page before the app has loaded, and the page without
JavaScript. Not for: choosing what else to offer (`signposting`).
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from mmhs_finder.directory.models import NationalSupport, UrgentStrip
from mmhs_finder.directory.ways import WayKind, line_ways

# General on purpose: "press 2" holds in England and Wales, which is where 111 answers with options;
# in Scotland 111 reaches NHS 24 and asks too.
_STRIP = Markup(
    "<strong>In danger now?</strong> Call {emergency}. "
    "<strong>Need urgent mental health help?</strong> Call {mental_health_line} and press 2, "
    "or Samaritans on {listening_line}, or text SHOUT to {text_line}. Free, day and night."
)


_VOICE = (WayKind.PHONE, WayKind.TEXT)


class MissingUrgentNumber(LookupError):
    """The directory lacks a row or a confirmed number that the urgent-help strip needs."""

    def __init__(self, gap: UrgentStrip) -> None:
        super().__init__(
            f"national_support.csv: no row for England has {gap.value} in urgent_strip and a "
            "confirmed number. The urgent-help strip on every page needs it."
        )


def urgent_text(supports: Iterable[NationalSupport]) -> Markup:
    """The sentence with its telephone links. Raises `MissingUrgentNumber`."""
    rows = [row for row in supports if {"England", "UK"} & {*row.nations}]
    return _STRIP.format(**{gap.value: _number_link(rows, gap) for gap in UrgentStrip})


def urgent_section(supports: Iterable[NationalSupport], *, label: str = "Urgent help") -> Markup:
    """The strip: a labelled region, pale red, never blinking."""
    section = Markup('<section class="urgent" aria-label="{}"><p>{}</p></section>')
    return section.format(label, urgent_text(supports))


def _number_link(rows: Iterable[NationalSupport], gap: UrgentStrip) -> Markup:
    support = next((row for row in rows if row.urgent_strip is gap), None)
    ways = [way for way in line_ways(support) if way.kind in _VOICE] if support else []
    if not ways:
        raise MissingUrgentNumber(gap)
    body = "?body=SHOUT" if ways[0].kind is WayKind.TEXT else ""
    return Markup('<a href="{}{}">{}</a>').format(ways[0].link, body, ways[0].value)
