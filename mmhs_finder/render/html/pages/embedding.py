"""Our search for other people's pages: a form to paste, a frame, and the page that gives both.

The form is written once: what is pasted, what is shown as it will be, and what the frame holds are
the same lines. Nothing of it has a script or a style, or asks for anything but its own answer.
Not for: what is told (`views.embedding`), or who may frame it (`channels.shell`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import Markup

from mmhs_finder.nation import Nation
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.cards import way_html
from mmhs_finder.render.html.pages.finding import rows_of
from mmhs_finder.render.html.pages.frame import HOME, TextPage, draw, urgent_path
from mmhs_finder.render.html.urgent import urgent_section
from mmhs_finder.render.static import app_file_url, bundle_url
from mmhs_finder.views.embedding import EmbedFormView, EmbedTarget
from mmhs_finder.words import html_language, say

EMBED_AT: Final = "/embed"
EMBED_FORM_AT: Final = "/embed/form"
"""What a frame holds: the search, and nothing that is made from what somebody says."""

_HEIGHT: Final = 720
"""Pixels, for a frame 360 wide with a council set. In a narrower one the last lines are scrolled
to; the box and the button are in sight."""

_MOST_ROWS: Final = 12

_WINDOW: Final = {EmbedTarget.TOP: "_top", EmbedTarget.NEW: "_blank"}


@dataclass(frozen=True)
class _Part:
    """One way to have the search: its code, and how that looks."""

    name: str
    heading: str
    texts: Sequence[str]
    label: str
    code: str
    looks: str
    shown: Markup

    @property
    def rows(self) -> int:
        return min(rows_of(self.code), _MOST_ROWS)


def form_html(view: EmbedFormView, site: str = "") -> Markup:
    """The form to paste, with the line for danger. site: our public address; "" on our own page."""
    return draw("embed_snippet.html", **_drawn(view, site))


def frame_html(view: EmbedFormView, site: str = "", *, title: str = "") -> Markup:
    """The frame to paste, and the link for where it does not load. site: as of `form_html`.
    title: of the frame, where that is not what the search is called."""
    council = [("area", view.council)] if view.council else []
    asked = urlencode([*council, ("target", view.target)])
    source = f"{site}{here(EMBED_FORM_AT)}?{asked}"
    values = {**_drawn(view, site), "source": source, "height": _HEIGHT}
    return draw("embed_frame.html", **values, frame_title=title or view.title)


def embed_document(view: EmbedFormView) -> str:
    """The whole document of the frame: the search and a few lines of urgent help."""
    return str(
        draw(
            "embed_document.html",
            **_drawn(view, ""),
            strip=urgent_section(view.strip, urgent_path(Nation.ENGLAND)),
            language=html_language(),
            icon=app_file_url("icon.svg"),
            css=bundle_url("text.css"),
        )
    )


def embed_page(
    view: EmbedFormView,
    *,
    councils: Sequence[tuple[str, str]],
    site: str,
    leave: str,
) -> TextPage:
    """The page for who looks after another page.

    councils: code and name of each to choose from. site: our public address. leave: how a site
    comes to be one that may have the frame, in words.
    """
    parts = (
        _Part(
            name="code-form",
            heading=say("embed_page.form_heading"),
            texts=(say("embed_page.form_text"),),
            label=say("embed_page.code_form"),
            code=str(form_html(view, site)).strip(),
            looks=say("embed_page.looks_form"),
            shown=form_html(view),
        ),
        _Part(
            name="code-frame",
            heading=say("embed_page.frame_heading"),
            texts=(say("embed_page.frame_text"), leave),
            label=say("embed_page.code_frame"),
            code=str(frame_html(view, site)).strip(),
            looks=say("embed_page.looks_frame"),
            shown=frame_html(view, title=say("embed_page.preview")),
        ),
    )
    body = draw(
        "embed_page.html",
        view=view,
        at=here(EMBED_AT),
        intro=say("embed_page.intro"),
        opens_here=say("embed_page.opens_here"),
        problem=say("embed_page.unknown") if view.problem else "",
        choose_heading=say("embed_page.choose_heading"),
        council=say("embed_page.council"),
        council_hint=say("embed_page.council_hint"),
        any_council=say("embed_page.any_council"),
        councils=councils,
        target_label=say("embed_page.target"),
        target_hint=say("embed_page.target_hint"),
        targets=(
            (EmbedTarget.TOP, say("embed_page.target_top")),
            (EmbedTarget.NEW, say("embed_page.target_new")),
        ),
        show=say("embed_page.show"),
        copy=say("embed_page.copy"),
        parts=parts,
        lists=(
            (say("embed_page.around_heading"), _around(site)),
            (say("embed_page.not_heading"), _never()),
        ),
    )
    title = say("embed_page.title")
    return TextPage(title, title, body, say("embed_page.about"), EMBED_AT)


def embed_link() -> Markup:
    """The way to the page, in a paragraph of its own."""
    return Markup('<p><a href="{}">{}</a></p>').format(here(EMBED_AT), say("embed_page.title"))


def _drawn(view: EmbedFormView, site: str) -> dict[str, Any]:
    danger = view.strip.danger
    return {
        "view": view,
        "action": f"{site}{here(HOME)}",
        "target": _WINDOW[view.target],
        "urgent": f"{site}{here(urgent_path(Nation.ENGLAND))}",
        "danger": Markup("{} {}").format(danger.spoken, way_html(danger.way)),
        "not_nhs": say("frame.not_nhs"),
    }


def _around(site: str) -> tuple[str, ...]:
    return (
        say("embed_page.around_title"),
        say("embed_page.around_where"),
        say("embed_page.around_link"),
        say("embed_page.around_size"),
        say("embed_page.around_policy", site=site),
    )


def _never() -> tuple[str, ...]:
    return (
        say("embed_page.not_fill"),
        say("embed_page.not_log"),
        say("embed_page.not_change"),
        say("embed_page.not_inside"),
        say("embed_page.not_hide"),
    )
