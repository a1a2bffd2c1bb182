"""The examples of docs/api.md, run as they stand there against a server of this computer."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from mmhs_finder.channels.api.routes import interface, routes
from tests.api.conftest import often_enough

DOC = Path(__file__).parents[2] / "docs" / "api.md"
SITE = "https://finder.example.org"


@pytest.fixture(scope="module")
def server(application):
    """Its address on loopback."""
    app = Starlette(routes=routes(application, rates=often_enough()))
    heard = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [heard]}, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{heard.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)


def example(language: str, server: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOC.read_text(encoding="utf-8"), re.S)
    assert SITE in found
    return found.replace(SITE, server)


def ran(*command: str, given: str = "") -> str:
    done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_one_for_a_terminal(server):
    found = json.loads(ran("sh", "-c", example("sh", server)))
    assert found["urgent"]
    assert found["place"]["postcode"] == "CT1 3NG"


def test_the_one_in_python(server, directory):
    out = ran(sys.executable, "-c", example("python", server))
    assert "999" in out.splitlines()[0]
    assert any(service.name in out for service in directory.services.values())


@pytest.mark.skipif(not shutil.which("node"), reason="Node is not installed")
def test_the_one_in_javascript(server, directory):
    out = ran("node", "--input-type=module", "-", given=example("js", server))
    names = {
        s.name for s in directory.services.values() if s.kind == "mmhs" and s.status != "closed"
    }
    assert len(names) > 10, "more than one page"
    assert all(name in out for name in names)


def test_the_document_names_every_address_and_what_it_may_be_asked_for(application):
    text = DOC.read_text(encoding="utf-8")
    for path, ways in interface(application).openapi()["paths"].items():
        for method, operation in ways.items():
            (row,) = re.findall(rf"^\| `{method.upper()} /api{re.escape(path)}` \|.*$", text, re.M)
            asked = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"}
            assert {f"`{name}`" for name in asked} <= {*re.findall(r"`\w+`", row)}
