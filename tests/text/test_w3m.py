"""A journey in w3m, a browser that knows no script, no style and no picture: read as text."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import uvicorn
from starlette.applications import Starlette

from mmhs_finder.application import Application
from mmhs_finder.channels.text.routes import routes
from mmhs_finder.directory.models import Pathway
from mmhs_finder.views.answer import answer_view
from mmhs_finder.words import say
from tests.made_up.records import SUNDAY_NIGHT
from tests.text.pages import Page
from tests.tools import need


class _Server(uvicorn.Server):
    """Says when it is there."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


@pytest.fixture(scope="module")
def site(application: Application) -> Iterator[str]:
    """The pages, served at three o'clock on a Sunday night."""
    app = Starlette(routes=routes(application, lambda: SUNDAY_NIGHT))
    server = _Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert server.is_up.wait(60), "the server did not start"
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


class Reader:
    """w3m, which is given a form's fields as somebody would fill them in."""

    def __init__(self, site: str, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.source = ""

    def open(self, path: str) -> str:
        return self._read(path)

    def send(self, action: str, **typed: str) -> str:
        """Sends the form of the page that is open. typed: what is changed in it."""
        form = Page(self.source).to(action)[0]
        kept = [(k, v) for k, v in form.fields if k not in typed]
        sent = self.folder / "sent"
        sent.write_text(urlencode([*kept, *typed.items()]), encoding="ascii")
        return self._read(action, "-post", str(sent))

    def _read(self, path: str, *options: str) -> str:
        self.source = self._w3m("-dump_source", path, *options)
        return self._w3m("-dump", path, *options)

    def _w3m(self, how: str, path: str, *options: str) -> str:
        command = [need("w3m"), "-I", "UTF-8", "-O", "UTF-8", "-cols", "72", how, *options]
        home = {"HOME": str(self.folder), "TERM": "dumb", "LANG": "C.UTF-8"}
        run = subprocess.run(
            [*command, self.site + path], capture_output=True, env=home, timeout=60, check=True
        )
        return run.stdout.decode()


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_bereaved_woman_at_three_in_the_morning(site, tmp_path, finder):
    reader = Reader(site, tmp_path)
    home = reader.open("/text/")
    assert "999" in home[: home.index(say("find.title"))]
    assert say("find.postcode_label") in home

    wrong = reader.send("/text/", postcode="Margate")
    assert say("find.error_title") in plain(wrong)

    answer = reader.send("/text/", postcode="CT1 3NG", need="loss")
    view = answer_view(finder.find(finder.place("CT1 3NG"), (Pathway.LOSS,), SUNDAY_NIGHT))
    assert plain(view.verdict.sentence) in plain(answer)
    for service in view.services:
        assert service.name in answer
        assert plain(service.contact_heading) in plain(answer)
        assert plain(service.script)[-40:] in plain(answer), "the words for her GP are in sight"
    for line in view.now.lines:
        assert line.number in plain(answer) and line.below in plain(answer)

    questions = reader.send("/text/check")
    assert say("check_page.safety") in questions
    assert say("question.loss_kind") in questions
    outcome = reader.send("/text/outcome", loss_kind="stillbirth", has_baby="no")
    assert say("check_page.outcome_heading") in outcome
    assert say("check_page.next_heading") in outcome

    words = reader.send("/text/words")
    for service in view.services:
        assert service.name in words


def test_somebody_who_is_not_safe(site, tmp_path):
    reader = Reader(site, tmp_path)
    reader.open("/text/")
    reader.send("/text/", postcode="CT1 3NG")
    reader.send("/text/check")
    page = reader.send("/text/outcome", safety="unsafe")
    assert say("result.urgent_heading") in page
    assert "116 123" in page
    assert say("check_page.outcome_heading") not in page
