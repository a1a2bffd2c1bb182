"""The urgent-help strip as HTML, from the directory's own rows. It stands on every page.

The same words serve the Streamlit pages, the page before the app has loaded, and the page without
JavaScript. Not for: choosing what else to offer (`signposting`).
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from mmhs_finder.directory.models import NationalSupport

# General on purpose: "press 2" holds in England and Wales, which is where 111 answers with options;
# in Scotland 111 reaches NHS 24 and asks too.
_STRIP = Markup(
    "<strong>In danger now?</strong> Call {emergency}. "
    "<strong>Need urgent mental health help?</strong> Call {nhs_111} and press 2, "
    "or Samaritans on {samaritans}, or text SHOUT to {shout}. Free, day and night."
)
_ROWS = {
    "emergency": "emergency-999",
    "nhs_111": "nhs-111-option-2",
    "samaritans": "samaritans",
    "shout": "shout-85258",
}


class MissingUrgentNumber(LookupError):
    """The directory lacks a row or a confirmed number that the urgent-help strip needs."""

    def __init__(self, support_id: str) -> None:
        super().__init__(
            f"national_support.csv: the row {support_id} is missing, or has no confirmed number. "
            "The urgent-help strip on every page needs it."
        )


def urgent_text(supports: Iterable[NationalSupport]) -> Markup:
    """The sentence with its telephone links. Raises `MissingUrgentNumber`."""
    by_id = {support.id: support for support in supports}
    links = {name: _number_link(by_id, support_id) for name, support_id in _ROWS.items()}
    return _STRIP.format(**links)


def urgent_section(supports: Iterable[NationalSupport], *, label: str = "Urgent help") -> Markup:
    """The strip: a labelled region, pale red, never blinking."""
    section = Markup('<section class="urgent" aria-label="{}"><p>{}</p></section>')
    return section.format(label, urgent_text(supports))


def _number_link(by_id: dict[str, NationalSupport], support_id: str) -> Markup:
    support = by_id.get(support_id)
    if support is None or not (support.public_phone or support.text_number):
        raise MissingUrgentNumber(support_id)
    if support.public_phone:
        number = support.public_phone
        return Markup('<a href="tel:{}">{}</a>').format(number.replace(" ", ""), number)
    number = support.text_number
    return Markup('<a href="sms:{}?body=SHOUT">{}</a>').format(number.replace(" ", ""), number)
