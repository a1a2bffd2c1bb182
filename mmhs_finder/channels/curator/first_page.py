"""Streamlit's first page for the curators' app: our language and title, and no script inside it.

The policy refuses a script inside a page (`shell.headers`), and this one serves search robots only.
Not for: the public first page (`shell.index_page`).
"""

from __future__ import annotations

from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mmhs_finder.channels import privates
from mmhs_finder.words import html_language, say


def rewrite(html: str) -> str:
    """The page with our head. Returns any other HTML as it is."""
    if privates.INDEX_SHELL not in html:
        return html
    for cut in privates.INDEX_CUTS:
        html = cut.sub("", html)
    language = Markup('<html lang="{}">').format(html_language())
    title = Markup("<title>{}</title>").format(say("curator.title"))
    html = html.replace(privates.INDEX_LANGUAGE, language)
    return privates.INDEX_TITLE.sub(lambda _: title, html)


class FirstPage:
    """ASGI middleware that rewrites it on its way out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(privates.NOT_PAGES):
            await self.app(scope, receive, send)
            return
        # Asked for plain and whole: there must be text to rewrite.
        left_out = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
        headers = [line for line in scope["headers"] if line[0] not in left_out]
        start: Message = {}
        body = bytearray()

        async def rewriting(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            elif message["type"] != "http.response.body":
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _send(send, start, bytes(body))

        await self.app({**scope, "headers": headers}, receive, rewriting)


async def _send(send: Send, start: Message, body: bytes) -> None:
    headers = MutableHeaders(raw=list(start["headers"]))
    if headers.get("content-type", "").startswith("text/html") and body:
        body = rewrite(body.decode("utf-8")).encode()
        headers["Content-Length"] = str(len(body))
        headers["Cache-Control"] = "no-store"
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})
