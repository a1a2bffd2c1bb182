"""What is described and what is answered are one, whatever schemathesis can think of asking."""

from __future__ import annotations

import pytest
import schemathesis
from schemathesis import GenerationMode

from mmhs_finder.channels.open_referral.routes import described_feed
from tests.api.test_description import EXAMPLES, try_out
from tests.open_referral.conftest import AT, app_over


@pytest.fixture(scope="session")
def described(application):
    return schemathesis.openapi.from_asgi(f"{AT}/openapi.json", app_over(application))


ASKED = [
    (path, mode)
    for path, ways in described_feed().openapi()["paths"].items()
    for mode in GenerationMode
    # What may only be opened by its address cannot be asked wrongly.
    if mode is GenerationMode.POSITIVE
    or any(one["in"] == "query" for one in ways["get"].get("parameters", ()))
]


@pytest.mark.parametrize(("path", "mode"), ASKED)
def test_nothing_that_is_sent_breaks_it_or_gets_what_is_not_described(described, path, mode):
    try_out(described[path]["get"], mode, EXAMPLES)
