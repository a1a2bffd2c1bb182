"""200 answers of the real directory: every channel tells the same."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.channels.terminal import find
from mmhs_finder.directory.models import Pathway
from mmhs_finder.hours import LONDON
from tests.api.conftest import client_of
from tests.api.same import Channels
from tests.text.conftest import client_of as pages_of
from tests.text.test_parity import MINUTES

pytestmark = pytest.mark.audit

ANSWERS = 200
NEEDS = [(), *((p,) for p in Pathway), (Pathway.BIRTH_TRAUMA, Pathway.LOSS)]


@pytest.mark.timeout(3600)
def test_every_channel_tells_the_same(real_directory, index, monkeypatch, capsys, record):
    application = Application(real_directory, IndexOpening(lambda _report: index))
    application.index.result()
    monkeypatch.setattr(find, "open_application", lambda *, checked: application)
    chosen = random.Random(20261130)
    found = {}
    for _ in range(ANSWERS):
        text = str(index.postcode_at(chosen.randrange(len(index))))
        needs = chosen.choice(NEEDS)
        at = datetime(2026, 1, 1, tzinfo=LONDON) + timedelta(minutes=chosen.randrange(MINUTES))
        channels = Channels(
            application.finder, at, pages_of(application, at), client_of(application, at), capsys
        )
        if differences := channels.differences(text, needs):
            found[f"{text} {'+'.join(needs)} {at:%Y-%m-%d %H:%M}"] = differences
    record.add("answers through every channel: the same, field by field", ANSWERS, found)
    assert found == {}
