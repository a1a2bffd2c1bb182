"""Replicas behind a real nginx with the configuration that is shipped; only ports and paths differ.

Not for: what is asked of them, which stands in the tests.
"""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks.nginx import SHIPPED, written
from tests import tools

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
START_SECONDS = 300  # three start at once, on a machine that has other work
NAMES = ("a", "b", "c")
"""What replicas.conf calls them."""
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "STREAMLIT_SERVER_COOKIE_SECRET": "the same on all"}
PORTS = (8501, 8502, 8503)


# --- nginx ----------------------------------------------------------------------------------------


def written_config(folder: Path, port: int, replicas: Sequence[int]) -> Path:
    """The shipped configuration in a folder: for this port, these replicas and this folder."""
    config = written(folder, port, replicas)
    # As it is shipped, and not as it is made for any number of them.
    text = (SHIPPED / "replicas.conf").read_text(encoding="utf-8")
    for shipped_port, own in zip(PORTS, replicas, strict=True):
        text = text.replace(f":{shipped_port}", f":{own}")
    (folder / "mmhs" / "replicas.conf").write_text(text, encoding="utf-8")
    return config


@contextmanager
def nginx(folder: Path, port: int, replicas: Sequence[int]) -> Iterator[str]:
    """nginx before these ports of 127.0.0.1. Yields its address."""
    program = tools.need("nginx")
    config = written_config(folder, port, replicas)
    command = [program, "-p", str(folder), "-e", str(folder / "start.log"), "-c", str(config)]
    process = subprocess.Popen(command)
    try:
        deadline = time.monotonic() + 10
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail((folder / "start.log").read_text(encoding="utf-8"))
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _listens(port: int) -> bool:
    try:
        http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
    except OSError:
        return False
    return True


# --- replicas -------------------------------------------------------------------------------------


class Replica:
    """One process of the app, which can be killed, stopped and started again on its port."""

    def __init__(self, port: int, log_file: Path, **environment: str) -> None:
        self.port = port
        self._log_file = log_file
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and does not wait. As mmhs@.service does."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        command += ["--server.address", "127.0.0.1", "--server.port", str(self.port)]
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **ENVIRONMENT, **self._environment},
            )

    def wait_until_ready(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        while not self._is_healthy():
            if self._process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"a replica did not start:\n{self.log}")
            time.sleep(0.2)

    def _is_healthy(self) -> bool:
        try:
            address = f"http://127.0.0.1:{self.port}/_stcore/health"
            with urllib.request.urlopen(address, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """As the system does when memory is short: without a word."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """As an operator does: it is asked to, and given time."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    @property
    def log(self) -> str:
        return self._log_file.read_text(encoding="utf-8", errors="replace")


# --- visits ---------------------------------------------------------------------------------------


def cookie_of(answer: http.client.HTTPMessage, name: str) -> str:
    for line in answer.get_all("Set-Cookie") or ():
        if found := re.match(rf"{name}=([^;]*)", line):
            return found[1]
    return ""


class SocketVisit:
    """A visit without a browser: the cookies of one, and the app's socket."""

    def __init__(self, address: str) -> None:
        self._site = urlsplit(address)
        with urllib.request.urlopen(address, timeout=120) as page:
            page.read()
            self.cookies = {"mmhs_browser": cookie_of(page.headers, "mmhs_browser")}
        assert self.cookies["mmhs_browser"]
        self.number = ""
        self.socket = self._connected()

    def _connected(self) -> ClientConnection:
        wanted = ["streamlit", "none"] + ([self.number] if self.number else [])
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        socket = connect(
            f"ws://{self._site.netloc}/_stcore/stream",
            subprotocols=wanted,  # type: ignore[arg-type]
            additional_headers={"Cookie": cookies, "Origin": f"http://{self._site.netloc}"},
            max_size=None,
            open_timeout=120,
            legacy=True,  # opened here, closed elsewhere: no context manager
        )
        assert socket.response
        for line in socket.response.headers.get_all("Set-Cookie"):
            if found := re.match(r"(mmhs_replica)=([^;]*)", line):
                self.cookies[found[1]] = found[2]
        return socket

    @property
    def replica(self) -> str:
        """The name of the replica that it is at, as nginx says."""
        return self.cookies["mmhs_replica"]

    def run(self) -> str:
        """Asks for a run of the page, and waits for its end. Returns the number of the visit.

        Raises `websockets.exceptions.ConnectionClosed`.
        """
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        self.socket.send(asked.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(self.socket.recv(timeout=120))  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.number = message.new_session.initialize.session_id
            if kind == "script_finished":
                return self.number

    def reconnect(self) -> None:
        """As the page does when its socket has gone: with the number of its visit."""
        self.socket = self._connected()

    def close(self) -> None:
        self.socket.close()
