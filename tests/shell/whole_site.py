"""The site as `app.py` puts it together, around a stand-in for Streamlit's own part.

For tests over every route there is: one that is added to the site is in them by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.index_page import APP_PAGES
from mmhs_finder.channels.shell.metrics import Metrics
from mmhs_finder.channels.shell.ours import our_routes
from mmhs_finder.channels.shell.reload import Reloads
from mmhs_finder.channels.shell.stack import middleware
from mmhs_finder.channels.shell.stopping import Stopping

STREAMLITS = "Streamlit's first page"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


async def _inside(_request: Request) -> Response:
    return PlainTextResponse(STREAMLITS)


class WholeSite:
    """app: all of it, as ASGI. routes: ours."""

    def __init__(self, application: Application) -> None:
        reloads = Reloads()
        metrics = Metrics(lambda: application, reloads)
        self.routes = our_routes(Stopping(), reloads, metrics)
        self.app = Starlette(
            routes=[*self.routes, Route("/{rest:path}", _inside, methods=METHODS)],
            middleware=middleware(application, self.routes),
        )

    def addresses(self) -> list[str]:
        """An address of every route, its gaps filled with what may stand there, and the pages."""
        directory_of = {"code": "E07000106", "id": "harbour", "nation": "wales", "region": "london"}
        found = dict.fromkeys(APP_PAGES)
        for path, _ in every_route(self.routes):
            for gap, value in directory_of.items():
                path = path.replace(f"{{{gap}}}", value)
            found[path.replace("{token:path}", "token").replace("{path:path}", "")] = None
        return list(found)

    def forms(self) -> list[str]:
        """The addresses of the pages without a script to which a form may be sent."""
        return [
            path
            for path, methods in every_route(self.routes)
            if "POST" in methods and "{" not in path and not path.startswith("/api/")
        ]


def every_route(routes: Sequence[BaseRoute], before: str = "") -> Iterator[tuple[str, set[str]]]:
    """(path, methods) of each, also of those of an app that is mounted, whatever is around it."""
    for route in routes:
        path = before + str(getattr(route, "path", ""))
        if isinstance(route, Mount):
            app = route.app
            while not hasattr(app, "routes") and hasattr(app, "app"):
                app = app.app
            yield f"{path}/", set()
            yield from every_route(getattr(app, "routes", ()), path)
        elif router := getattr(route, "original_router", None):  # FastAPI keeps its own aside
            yield from every_route(router.routes, path)
        else:
            yield path, set(getattr(route, "methods", None) or ())


# --- asking it ------------------------------------------------------------------------------------

RUNNER = asyncio.Runner()


class Answer:
    """What came of one request."""

    def __init__(self, messages: list[Message]) -> None:
        start = messages[0]
        self.status = int(start["status"])
        self.headers = [
            (name.decode("latin-1").lower(), value.decode("latin-1"))
            for name, value in start["headers"]
        ]
        self.body = b"".join(m.get("body", b"") for m in messages[1:])


def ask(
    app: ASGIApp,
    path: str,
    method: str = "GET",
    accept: str = "text/html",
    body: bytes = b"",
    kind: str = "",
) -> Answer:
    """A request as a server reads it off the wire: nothing puts the path right beforehand.

    kind: the type of the body.
    """
    raw, _, query = path.partition("?")
    wire = raw.encode("utf-8")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw),
        "raw_path": wire,
        "root_path": "",
        "query_string": query.encode("utf-8"),
        "headers": [
            (b"host", b"finder.example"),
            (b"accept", accept.encode()),
            *([(b"content-type", kind.encode("latin-1"))] if kind else []),
        ],
        "client": ("192.0.2.1", 1),
        "server": ("finder.example", 80),
        "state": {},
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def whole() -> None:
        await app(scope, receive, send)

    RUNNER.run(whole())
    return Answer(sent)
