"""What is described and what is answered are one, whatever schemathesis can think of asking."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette
from starlette.middleware import Middleware

from mmhs_finder.channels.api.routes import interface, routes
from mmhs_finder.channels.shell.headers import SecurityHeaders
from tests.api.conftest import often_enough
from tests.made_up.records import SUNDAY_NIGHT

EXAMPLES = 15
"""Of each address and way of making them up; the audit makes more."""

NOT_SAID_BY_A_SCHEMA = [positive_data_acceptance]
"""No schema says which texts are postcodes, which codes there are, or which answers go together."""


@pytest.fixture(scope="session")
def described(application):
    ours = routes(application, lambda: SUNDAY_NIGHT, often_enough())
    app = Starlette(routes=ours, middleware=[Middleware(SecurityHeaders)])
    return schemathesis.openapi.from_asgi("/api/openapi.json", app)


OPERATIONS = [
    (path, method, mode)
    for path, ways in interface().openapi()["paths"].items()
    for method, operation in ways.items()
    for mode in GenerationMode
    # What may only be opened by its address cannot be asked wrongly.
    if mode is GenerationMode.POSITIVE
    or "requestBody" in operation
    or any(one["in"] == "query" for one in operation.get("parameters", ()))
]


@pytest.mark.parametrize(("path", "method", "mode"), OPERATIONS)
def test_nothing_that_is_sent_breaks_it_or_gets_what_is_not_described(
    described, path, method, mode
):
    try_out(described[path][method], mode, EXAMPLES)


def try_out(operation, mode, examples):
    """mode: what the description allows, or what it does not."""

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[*HealthCheck],
    )
    def check(case):
        reply = case.call_and_validate(excluded_checks=NOT_SAID_BY_A_SCHEMA)
        assert reply.status_code < 500
        if reply.status_code == 200 and case.path.endswith(("/answers", "/answer")):
            assert reply.json()["urgent"]

    check()


def test_every_field_says_what_it_holds_or_its_name_does(client):
    """A field without words has a type of its own, or a name that needs none."""
    schemas = client.get("/api/openapi.json").json()["components"]["schemas"]
    plain = {"name", "status", "text", "type", "code", "kind", "title", "what", "births", "outcome"}
    bare = {
        f"{name}.{field}"
        for name, made in schemas.items()
        for field, said in made.get("properties", {}).items()
        if not said.get("description") and not {"$ref", "items"} & {*said} and field not in plain
    }
    assert len(bare) < 45, sorted(bare)


def test_it_is_openapi_3_1_and_says_how_it_may_be_used(client):
    found = client.get("/api/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert found["info"]["license"]["identifier"] == "OGL-UK-3.0"
    for path, ways in found["paths"].items():
        assert "postcode" not in path
        for operation in ways.values():
            names = {one["name"] for one in operation.get("parameters", ())}
            assert not names & {"postcode", "needs", "need", "answers", "loss_kind"}
            wrong = {s: r for s, r in operation["responses"].items() if s >= "400"}
            assert all("application/problem+json" in r["content"] for r in wrong.values())
            assert {"400", "429", "500"} <= {*wrong}
