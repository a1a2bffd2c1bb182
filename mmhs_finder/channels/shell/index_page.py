"""Streamlit's first page, rewritten: what a visitor has before, and without, the app's JavaScript.

Streamlit answers every page address with one `index.html`: an empty shell in American English. We
give it our language, title and description, the way out ("Leave this page") as plain links that
work before anything has loaded, and while it loads the urgent numbers and a search that leads to
the pages without a script (`channels.text`): also where scripts are off or the app never comes.
Not for: what the app draws afterwards (`channels.streamlit`).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from markupsafe import Markup
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mmhs_finder.channels import privates
from mmhs_finder.channels.streamlit import site
from mmhs_finder.nation import Nation
from mmhs_finder.render.addresses import here, inside
from mmhs_finder.render.html.feeds import alternates_html
from mmhs_finder.render.html.pages.frame import HOME, urgent_path
from mmhs_finder.render.html.urgent import always_open_lines, urgent_section
from mmhs_finder.render.static import SAFE_PLACE, app_file_url, bundle_url
from mmhs_finder.views.changes import every_feed_title
from mmhs_finder.views.urgent import StripView
from mmhs_finder.words import html_language, language, say

_HTML = Markup('<html lang="{}" data-home="{}">')
"""data-home: the address of the first page, for scripts."""

_HEAD = Markup(
    "<title>{title}</title>\n"
    '<meta name="description" content="{description}">\n'
    '<meta name="referrer" content="no-referrer">\n'
    '<meta name="format-detection" content="telephone=no">\n'
    '<meta name="color-scheme" content="light dark">\n'
    # After Streamlit's own: of two fonts with one name the later one is loaded, which is ours.
    '{styles}<link rel="stylesheet" href="{css}">\n{feeds}\n'
    # Blocking on purpose: it must run before anything is drawn, see the first lines of its files.
    '<script src="{js}" data-title="{leaving}"></script>'
)
_BODY_START = Markup(
    '<a class="skip-link" href="#main-content">{skip}</a>\n'
    '<div class="leave" role="region" aria-label="{region}">'
    '<a id="leave" href="{safe}" rel="noreferrer nofollow">{leave}</a></div>\n'
)
_BODY_END = Markup(
    '<main id="before-app">{urgent}<div class="before" id="main-content">'
    '<h1>{title}</h1><div id="loading-words" role="status"><p>{loading}</p></div>'
    "<noscript><style>#loading-words{{display:none}}</style></noscript>"
    '<form id="first-search" method="post" action="{simple_at}"><label for="first-postcode">{label}'
    '</label><p class="first-hint" id="first-hint">{hint}</p><div class="first-row">'
    '<input id="first-postcode" name="postcode" type="text" maxlength="200" '
    'autocomplete="postal-code" autocapitalize="characters" spellcheck="false" '
    'enterkeyhint="search" aria-describedby="first-hint"> <button>{submit}</button></div>'
    '</form><p><a href="{simple_at}">{simple}</a></p>{lines}'
    '<noscript><div class="no-script"><p>{has_all} <a href="{simple_at}">{simple_version}</a></p>'
    "<p>{ask}</p></div></noscript></div></main>\n"
    '<div id="connection" role="status"></div>\n'
    '<template id="late-words"><p>{late} <a href="{simple_at}">{simple_version}</a></p></template>'
    '<template id="late-ask"><p>{ask}</p></template>'
    '<template id="lost-words"><p>{lost} <a href="{simple_at}">{simple_version}</a></p></template>'
    '<template id="file-words" data-making="{making}" data-ready="{ready}" data-404="{gone}" '
    'data-503="{busy}" data-500="{failed}" data-lost="{no_file}"></template>'
    '<div id="came-back" role="status"></div>\n<template id="broke-words"><p>{broke} '
    '<span data-with-area>{broke_area}</span> <button type="button">{broke_close}</button></p>'
    "</template>\n"
    # Behind all that can be used without them: what the app needs. Its style sheet is in the body,
    # where it overrules what Streamlit puts into the head while it runs, and its script before
    # Streamlit's, which draws.
    '<link rel="stylesheet" href="{app_css}">\n<script src="{app_js}" defer></script>\n{scripts}'
)


def title() -> str:
    """The title of the site, in the language of the moment."""
    return say("index.title")


def rewrite(html: str, strip: StripView) -> str:
    """Streamlit's `index.html` with our head, way out, urgent numbers, and a search that needs no
    JavaScript. What only the app needs comes last, so that it does not hold up the rest.

    Returns any other HTML as it is.
    """
    if privates.INDEX_SHELL not in html:
        return html
    # The comment with Streamlit's licence comes before the doctype and would mean "quirks mode" to
    # old browsers: it goes after it. The inline script only serves search robots: the policy
    # refuses it. The font would be loaded whole: `static/fonts/` has what is used of it.
    html = privates.INDEX_LICENCE.sub(r"\2\n\1", html)
    for cut in privates.INDEX_CUTS:
        html = cut.sub("", html)
    html, styles = _taken_out(privates.INDEX_STYLES, html)
    html, scripts = _taken_out(privates.INDEX_SCRIPTS, html)
    html = html.replace(privates.INDEX_LANGUAGE, _HTML.format(html_language(), here("/")))
    html = html.replace(privates.INDEX_ICON, f'href="{app_file_url("icon.svg")}"')
    licence, tag, rest = html.partition("<html")
    html = licence + tag + privates.INDEX_REMARKS.sub("", rest)
    head, before, after = _parts(strip, styles, scripts)
    html = privates.INDEX_TITLE.sub(lambda _: head, html)
    return html.replace(privates.INDEX_SHELL, f"{before}{privates.INDEX_SHELL}\n{after}")


def _taken_out(what: re.Pattern[str], html: str) -> tuple[str, Markup]:
    """A page without some of its elements, and those, one a line."""
    found = "".join(f"{one[0].strip()}\n" for one in what.finditer(html))
    return what.sub("", html), Markup(found)  # noqa: S704 - Streamlit's own


def _parts(strip: StripView, styles: Markup, scripts: Markup) -> tuple[str, str, str]:
    """What goes into the head, and before and behind the place where the app is drawn."""
    head = _HEAD.format(
        title=title(),
        description=say("index.description"),
        styles=styles,
        css=bundle_url("shell.css"),
        js=bundle_url("shell.js"),
        leaving=say("index.leaving"),
        feeds=alternates_html(every_feed_title()),
    )
    before = _BODY_START.format(
        safe=SAFE_PLACE,
        skip=say("index.skip"),
        region=say("index.leave_region"),
        leave=say("index.leave"),
    )
    after = _BODY_END.format(
        urgent=urgent_section(strip, urgent_path(Nation.ENGLAND)),
        title=title(),
        loading=say("index.loading"),
        late=say("index.late"),
        lost=say("index.lost"),
        broke=say("index.broke"),
        broke_area=say("index.broke_area"),
        broke_close=say("index.broke_close"),
        label=say("find.postcode_label"),
        hint=say("find.postcode_hint"),
        submit=say("find.submit"),
        simple_at=here(HOME),
        simple=say("text_pages.simple_use"),
        lines=always_open_lines(strip),
        making=say("files.making"),
        ready=say("files.ready"),
        gone=say("files.gone"),
        busy=say("files.busy"),
        failed=say("files.failed"),
        no_file=say("files.lost"),
        has_all=say("text_pages.simple_has"),
        simple_version=say("text_pages.simple_version"),
        ask=say("index.ask"),
        app_css=bundle_url("app.css"),
        app_js=bundle_url("app.js"),
        scripts=scripts,
    )
    return str(head), str(before), str(after)


class IndexPage:
    """ASGI middleware that rewrites Streamlit's `index.html` on its way out.

    Pages are sent with `no-store`: the browser's Back after leaving finds no copy to show.
    """

    def __init__(self, app: ASGIApp, strip: Callable[[], StripView]) -> None:
        """strip: gives the urgent-help strip of the moment."""
        self.app = app
        self._strip = strip
        self._page = lru_cache(maxsize=4)(
            lambda html, strip, _language: rewrite(html.decode(), strip).encode()
        )
        self._zipped = lru_cache(maxsize=4)(lambda body: gzip.compress(body, 9))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_app_page(scope):
            await self.app(scope, receive, send)
            return
        wants = Headers(scope=scope)
        zips = "gzip" in wants.get("accept-encoding", "")
        # Asked for plain and whole, also for HEAD: there must be text to rewrite and to measure.
        plain = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
        only_head = scope["method"] == "HEAD"
        headers = [h for h in scope["headers"] if h[0] not in plain]
        scope = {**scope, "method": "GET", "headers": headers}
        start: Message | None = None
        body = bytearray()

        async def rewriting(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                if (
                    not Headers(raw=message["headers"])
                    .get("content-type", "")
                    .startswith("text/html")
                ):
                    start = None
                    await send(message)
                return
            if start is None or message["type"] != "http.response.body":
                await send({**message, "body": b""} if only_head else message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            head, page = self._page_sent(start, bytes(body), zips)
            await send(head)
            await send({"type": "http.response.body", "body": b"" if only_head else page})

        await self.app(scope, receive, rewriting)

    def _page_sent(self, start: Message, body: bytes, zips: bool) -> tuple[Message, bytes]:
        headers = MutableHeaders(raw=list(start["headers"]))
        if privates.INDEX_SHELL.encode() in body:
            body = self._page(body, self._strip(), language())
            headers["Cache-Control"] = "no-store"
            for stale in ("etag", "last-modified", "accept-ranges"):
                del headers[stale]
        if zips and body:
            body = self._zipped(body)
            headers["Content-Encoding"] = "gzip"
        headers.add_vary_header("Accept-Encoding")
        if body:
            headers["Content-Length"] = str(len(body))
        return {**start, "headers": headers.raw}, body


APP_PAGES: Final = tuple(f"/{path}" for path in site.PATHS.values())
"""The path of each page of the app, as "/check"."""


def is_app_page(scope: Scope) -> bool:
    """Whether a request opens a page of the app."""
    return scope["method"] in ("GET", "HEAD") and inside(scope["path"]) in APP_PAGES
