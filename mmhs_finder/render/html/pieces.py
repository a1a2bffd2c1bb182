"""Small pieces of HTML for cards and strips. Everything that comes from data is escaped here.

Each function returns `Markup`: safe to put together with other pieces.
Never build HTML from data with f-strings: use these, or `Markup("...{}...").format(data)`.
Not for: drawing, which a channel does.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape

from mmhs_finder.render.addresses import here
from mmhs_finder.views.ways import pressable, web

# A sign beside the colour, and the class of its colour: never colour alone.
_SIGNS: dict[str, tuple[str, str]] = {
    "yes": ("✓", "yes"),
    "no": ("✕", "no"),
    "not_listed": ("–", "unknown"),
    "unknown": ("?", "unknown"),
}


def tag(kind: str, text: str, spoken: str = "") -> Markup:
    """A word in a small coloured box, with a sign that screen readers pass over.

    kind: "yes", "no", "not_listed" or "unknown" (the values of `PathwayOffer`).
    spoken: what the sign says, heard before a text that does not say it itself: "Yes" of the name
    of something they help with. Nearly every text does.
    """
    sign, colour = _SIGNS[kind]
    hidden = Markup('<span class="sr-only">{}: </span>').format(spoken) if spoken else Markup("")
    return Markup('<span class="tag tag-{}"><span aria-hidden="true">{}</span> {}{}</span>').format(
        colour, sign, hidden, text
    )


def tag_list(tags: Iterable[Markup]) -> Markup:
    """Tags in a row that wraps, as a list so that screen readers say how many there are."""
    items = Markup("").join(Markup("<li>{}</li>").format(one) for one in tags)
    return Markup('<ul class="tags" role="list">{}</ul>').format(items)


def definition_list(rows: Iterable[tuple[str, str | Markup]]) -> Markup:
    """Terms and what they mean here, side by side; one above the other on phones. Blank rows go."""
    items = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(term, meaning)
        for term, meaning in rows
        if meaning
    )
    return Markup('<dl class="facts">{}</dl>').format(items)


def link(href: str, text: str | Markup, of: str = "") -> Markup:
    """A link, or only its text when `href` is not a web, telephone, e-mail or text-message address.

    `?...` is this page with other values: a link of our own.
    of: whose link it is, for somebody who hears the links of a page one after the other.

    Web links tell the other site nothing about this page.
    """
    shown = escape(text)
    if of:
        shown += Markup('<span class="sr-only">: {}</span>').format(of)
    if href.startswith("?"):
        return Markup('<a href="{}">{}</a>').format(href, shown)
    address = pressable(href.strip())
    if not address:
        return shown
    rel = Markup(' rel="noreferrer"') if web(address) else Markup("")
    return Markup('<a href="{}"{}>{}</a>').format(address, rel, shown)


SHEETS: Final = "professionals?service={}"
"""Where the app has the sheet of a service."""


def sheet_link(service_id: str, name: str, at: str = SHEETS) -> Markup:
    """A service's name as the way to its sheet, which has the focus when it is there.

    at: where sheets are, with a gap for the service. In the app the page changes without loading
    everything anew, so that what was searched for stands.
    """
    inside = "" if at.startswith("/") else f"#sheet-{service_id} h2"
    attribute = Markup(' data-in-app="{}"').format(inside) if inside else Markup("")
    return Markup('<a href="{}"{}>{}</a>').format(here(at.format(service_id)), attribute, name)


def fold(words: str, *inside: Markup) -> Markup:
    """Something behind words that say what it is."""
    return Markup('<details class="more"><summary>{}</summary>{}</details>').format(
        words, Markup("").join(inside)
    )


def file_link(address: str, label: str, *, first: bool = False) -> Markup:
    """A file to download, and the place where is said how far it is (`static/files.js`).

    address: where it is. first: it is the one thing to do here.
    """
    return Markup(
        '<div class="file"><a class="{}" href="{}" download data-file>'
        '<span class="file-icon" aria-hidden="true"></span><span>{}</span></a>'
        '<p class="file-state" role="status"></p></div>'
    ).format(
        "file-link file-first" if first else "file-link",
        address,
        label,
    )


def image_address(svg: str) -> str:
    """An SVG as the address of an image: Streamlit takes drawings out of HTML, but not images."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
