"""A process of its own, as an operator starts it: what is done to its files, and how it ends."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections import deque
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from mmhs_finder.postcodes.index_file import index_path
from tests.browser.conftest import free_port
from tests.made_up.folder import lay_out

ROOT = Path(__file__).parents[2]
PATIENCE = 90  # seconds, on a machine that has other things to do

pytestmark = pytest.mark.slow


def _one_gigabyte() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


class Server:
    """A running app in one gigabyte of memory, with data and an index that a test may break."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.data = lay_out(folder / "data", small=True)
        self.cache = folder / "cache"
        self.cache.mkdir()
        self.index = self.cache / index_path().name
        shutil.copyfile(index_path(), self.index)
        self.log_file = folder / "server.log"
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        own = {
            "MMHS_DATA_DIR": str(self.data),
            "MMHS_CACHE_DIR": str(self.cache),
            "MMHS_RELOAD_SECONDS": "0.3",
            "MMHS_LOG": "json",
            "MALLOC_ARENA_MAX": "2",  # each reserves 64 MB of addresses, used or not
            **environment,
        }
        with self.log_file.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "streamlit", "run", "app.py"),
                    *("--server.address", "127.0.0.1", "--server.port", str(port)),
                ],
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": str(ROOT), **own},
                preexec_fn=_one_gigabyte,
            )

    def get(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        data = urllib.parse.urlencode(form).encode() if form else None
        try:
            with urllib.request.urlopen(f"{self.url}{path}", data, timeout=PATIENCE) as answer:
                return int(answer.status), answer.read().decode()
        except HTTPError as problem:
            return problem.code, problem.read().decode()
        except OSError:
            return 0, ""

    def search(self) -> str:
        return self.get("/text/", {"postcode": "CT1 3NG"})[1]

    @property
    def events(self) -> list[dict[str, Any]]:
        lines = self.log_file.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def until(self, so: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not so():
            assert self.process.poll() is None, self.log_file.read_text(encoding="utf-8")
            assert time.monotonic() < end, self.log_file.read_text(encoding="utf-8")
            time.sleep(0.1)

    def ready(self) -> bool:
        return self.get("/readyz")[0] == 200

    def said(self, event: str) -> int:
        return sum(line["event"] == event for line in self.events)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    try:
        server.until(server.ready)
        yield server
    finally:
        server.end()


def test_what_is_done_to_its_files_and_how_it_ends(server: Server) -> None:
    """One server, since each takes seconds to start."""
    right = server.search()
    assert "Harbour" in right

    # The index is cut, copied over and deleted while the process lives.
    server.index.write_bytes(b"")
    assert server.search() == right
    with server.index.open("r+b") as file:
        file.write(os.urandom(200_000))
    assert server.search() == right
    server.index.unlink()
    assert server.search() == right and server.ready()

    # A changed directory is served, a broken one is not.
    services = server.data / "services.csv"
    text = services.read_text(encoding="utf-8").replace("Harbour", "Lighthouse")
    services.write_text(text, encoding="utf-8")
    server.until(lambda: "Lighthouse" in server.search())
    services.write_text("garbage", encoding="utf-8")
    server.until(lambda: server.said("data_refused"))
    assert "Lighthouse" in server.search()
    assert json.loads(server.get("/readyz")[1])["data"]["state"] == "refused"
    time.sleep(1)
    assert server.said("data_refused") == 1
    services.write_text(text.replace("Lighthouse", "Beacon"), encoding="utf-8")
    server.process.send_signal(signal.SIGHUP)
    server.until(lambda: "Beacon" in server.search())

    # It ends, and its pages are told to connect anew.
    with connect(f"ws{server.url[4:]}/_stcore/stream", subprotocols=["streamlit"]) as socket:  # type: ignore[list-item]
        server.process.terminate()
        with pytest.raises(ConnectionClosed, match="1012"):
            deque((socket.recv(timeout=PATIENCE) for _ in count()), maxlen=0)
    assert server.process.wait(PATIENCE) in (0, -signal.SIGTERM)
    said = [line["event"] for line in server.events]
    assert [name for name in said if name in ("start", "ready", "stop", "stopped")] == [
        "start",
        "ready",
        "stop",
        "stopped",
    ]
    assert "CT1" not in server.log_file.read_text(encoding="utf-8")
    assert "Traceback" not in server.log_file.read_text(encoding="utf-8")
