from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from streamlit.runtime.memory_session_storage import MemorySessionStorage

from mmhs_finder.channels.streamlit import sessions


def test_visits_that_ended_are_dropped_without_waiting_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sessions, "_EVERY_SECONDS", 0.01)
    storage = MemorySessionStorage(ttl_seconds=0)
    storage.save(SimpleNamespace(session=SimpleNamespace(id="one")))
    manager = SimpleNamespace(_session_storage=storage)
    app = SimpleNamespace(_runtime=SimpleNamespace(_session_mgr=manager))
    kept = storage._cache
    assert len(kept._expirations) == 1

    async def live() -> None:
        async with sessions.forget_gone_visitors(app):
            while kept._expirations:
                await asyncio.sleep(0)

    asyncio.run(live())
    assert len(kept._expirations) == 0


def test_a_changed_inside_of_streamlit_is_said_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def live() -> None:
        async with sessions.forget_gone_visitors(SimpleNamespace()):
            pass

    asyncio.run(live())
    assert "may stay in memory" in caplog.text
