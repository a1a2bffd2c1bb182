"""Which addresses the site has. Any other is a page that says so, with status 404.

Streamlit answers every address that it does not know with its app, and has some that no visitor
needs: figures about the process, ways to sign in, an interface for programs. Here only what a
browser asks for in a visit is let through: the pages, our own routes, and what
`privates.NEEDED` names. So an address that somebody typed never opens the app, which would write it
down in the browser. Whoever opens what is not there reads our words, with the urgent numbers, the
way out and a search; a program gets one line. Nothing is logged of it.
Not for: what the words are (`text.refusing`), an address that is nearly right (`nearly`), or which
messages a connection takes.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mmhs_finder.channels import privates
from mmhs_finder.channels.shell.headers import is_same_origin, opens_a_page, valid_host
from mmhs_finder.channels.shell.quiet_log import where
from mmhs_finder.render.addresses import below, inside

_LOG = logging.getLogger(__name__)

_OPENS: Final = ("GET", "HEAD")
_NO_PAGE, _NO_WAY, _NOT_OUR_NAME = 404, 405, 421
_WORDED: Final = frozenset({400, 403, _NO_PAGE, _NO_WAY})
"""Of an answer from inside with one of these statuses, whoever opened a page reads our words."""

Words = Callable[[int, bool], Response]
"""Makes the answer for a status: a page (True), or a line for a program."""


class Doors:
    """ASGI middleware: lets through what the site has, and answers for everything else."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        words: Words,
        pages: Collection[str],
        ours: Sequence[BaseRoute] = (),
        hosts: Collection[str] = (),
        origins: Collection[str] = (),
        files: Path | None = None,
    ) -> None:
        """pages: the paths of the app, as "/check". ours: the routes that we add to it. hosts: the
        names under which the site is reached, "*.example.org" for any below one; none: any name.
        origins: other sites whose pages may connect. files: the folder of Streamlit's own files."""
        self.app = app
        self._words = words
        self._pages = frozenset(pages)
        self._ours = tuple(ours)
        self._hosts = tuple(host.casefold().rstrip(".") for host in hosts)
        self._origins = frozenset(origins)
        self._files = files or privates.static_files()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            if self._may_connect(scope):
                await self.app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, allowed = self._refused(scope)
        if status:
            await self._answer(scope, status, allowed)(scope, receive, send)
            return
        await self._let_in(scope, receive, send)

    def _refused(self, scope: Scope) -> tuple[int, str]:
        """The status and the methods to refuse a request with; 0 to let it in."""
        path: str = scope["path"]
        if not self._is_our_name(scope):
            return _NOT_OUR_NAME, ""
        if not f"{path}/".startswith(f"{below()}/"):
            return _NO_PAGE, ""
        found = [(route, route.matches(scope)[0]) for route in self._ours]
        if any(match is Match.FULL for _, match in found):
            return 0, ""
        # Left to themselves, other methods of our routes would be answered by Streamlit's app.
        ways = {m for r, match in found if match is Match.PARTIAL for m in _methods_of(r)}
        methods = sorted(ways) or self._methods(inside(path))
        if scope["method"] in methods:
            return 0, ""
        return (_NO_WAY, ", ".join(methods)) if methods else (_NO_PAGE, "")

    def _methods(self, path: str) -> Sequence[str]:
        """How a page of the app, or what it needs of Streamlit, may be asked for; empty for what
        is neither."""
        if path in self._pages:
            return _OPENS
        if found := privates.STATIC_FILE.fullmatch(path):
            return _OPENS if (self._files / found[1]).is_file() else ()
        return next((m for known, m in privates.NEEDED.items() if known.fullmatch(path)), ())

    def _may_connect(self, scope: Scope) -> bool:
        """Only a page of this site may, and programs, which say no origin. Streamlit would let in
        any page of this computer, and write a line for each that it refuses."""
        headers = Headers(scope=scope)
        return (
            (is_same_origin(headers) or headers.get("origin") in self._origins)
            and self._is_our_name(scope)
            and inside(scope["path"]) == privates.SOCKET
        )

    def _is_our_name(self, scope: Scope) -> bool:
        """Whether it came under a name of the site. A page of somebody else's can be given a name
        that leads here, and would then count as one of ours; a number cannot be made up so."""
        if not self._hosts:
            return True
        said = Headers(scope=scope).get("host", "")
        host = said.rpartition(":")[0] if not said.endswith("]") and ":" in said else said
        name = host.casefold().rstrip(".")
        return valid_host(said) and (_is_number(name) or any(_fits(name, h) for h in self._hosts))

    def _answer(self, scope: Scope, status: int, allowed: str = "") -> Response:
        is_page = scope["method"] in _OPENS and opens_a_page(Headers(scope=scope))
        answer = self._words(status, is_page)
        if allowed:
            answer.headers["Allow"] = allowed
        if scope["method"] == "HEAD":
            answer.body = b""
        return answer

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """With our words where what is inside has only a status to say, or breaks."""
        worded: Response | None = None
        has_begun = False

        async def sending(message: Message) -> None:
            nonlocal worded, has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(raw=message["headers"])
                kind = headers.get("content-type", "")
                bare = message["status"] in _WORDED and not kind.startswith(("text/html", "app"))
                if bare and scope["method"] in _OPENS:
                    worded = self._answer(scope, message["status"], headers.get("allow", ""))
            if worded is None:
                await send(message)
            elif message["type"] == "http.response.body" and not message.get("more_body"):
                await worded(scope, receive, send)

        try:
            await self.app(scope, receive, sending)
        except Exception as problem:
            if has_begun:
                raise
            _LOG.error("An answer broke: %s", where(problem))
            await self._answer(scope, 500)(scope, receive, send)


def _methods_of(route: BaseRoute) -> Collection[str]:
    return getattr(route, "methods", None) or ()


def _is_number(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _fits(name: str, host: str) -> bool:
    if host.startswith("*."):
        return name.endswith(host[1:])
    return host in ("*", name)


def words_of(page: Callable[[int], str], line: Callable[[int], str], policy: str) -> Words:
    """Makes `Words` of a page and a line for a status. policy: what the page may load."""

    def words(status: int, is_page: bool) -> Response:
        if not is_page:
            return PlainTextResponse(line(status), status)
        return HTMLResponse(page(status), status, {"Content-Security-Policy": policy})

    return words
