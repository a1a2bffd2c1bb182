"""The running app: what all share is made at start and never searched for garbage again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

RUNS = """
import gc, sys, time
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
import app
from mmhs_finder.application import served

def run(socket):
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    socket.send_bytes(asked.SerializeToString())
    while True:
        said = ForwardMsg.FromString(socket.receive_bytes())
        if said.WhichOneof("type") == "script_finished":
            return

searches = []
with TestClient(app.app) as client:
    while not gc.get_freeze_count():
        time.sleep(0.1)
    made = served()
    assert not {id(made), id(made.finder), id(made.directory)} & set(map(id, gc.get_objects()))
    assert "mmhs_finder.channels.streamlit.results" in sys.modules
    with client.websocket_connect("/_stcore/stream", subprotocols=["streamlit"]) as socket:
        run(socket)
        gc.callbacks.append(lambda when, found: searches.append((when, found["generation"])))
        for _ in range(8):
            run(socket)
full = searches.count(("start", 2))
assert full < 4, f"{full} searches of everything in 8 runs of a page"
"""


@pytest.mark.slow
def test_what_all_share_is_settled_and_no_run_of_a_page_searches_everything() -> None:
    """In a process of its own: Streamlit allows one runtime a process."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUNS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-2000:]
