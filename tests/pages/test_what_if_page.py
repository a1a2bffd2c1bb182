"""The coverage page, what if: steps, a choice of one's own, links, and nothing that leaks."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder import application as module
from mmhs_finder.application import Application, served
from mmhs_finder.channels.streamlit.coverage import link_to
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.scenario import read
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import Where
from mmhs_finder.directory import Directory
from mmhs_finder.directory.withdrawing import without
from mmhs_finder.directory.withdrawn import Withdrawal
from mmhs_finder.hours import LONDON
from mmhs_finder.words import say
from tests.pages.test_coverage_page import body, opened, view
from tests.pages.test_pages import ran

NORTH_EAST = "North East and Yorkshire"
LABEL = "Scenario, not what is there today"


def what_if(**query: str) -> AppTest:
    return opened(**{"where": NORTH_EAST, "measure": "separation", "view": "what_if", **query})


def told(app: AppTest) -> str:
    """The page's text without the addresses of files and the number of the visit."""
    return re.sub(r"/files/[\w-]+|data-visit=\S+", "", body(app))


def pressed(app: AppTest, label: str) -> AppTest:
    (button,) = [each for each in app.button if each.label == label]
    button.click()
    return ran(app.run())


def test_at_first_nothing_is_assumed_and_steps_are_offered() -> None:
    text = body(what_if())
    assert say("what_if.none_yet") in text and LABEL not in text
    assert "1. Larch also offers help after separation from a baby" in text
    assert "A new service for NHS" in text and "Then yes for" in text


def test_a_step_shows_what_it_changes_and_can_be_taken_back() -> None:
    app = pressed(what_if(), "Try step 1")
    text = body(app)
    assert LABEL in text and "Larch also offers" in text
    assert "2 areas change to yes: County Durham, Stockton-on-Tees." in text
    assert any(h.value.startswith("Scenario: Help after separation") for h in app.header)
    assert "1. Larch" not in text
    assert LABEL not in body(pressed(app, "Take out: Larch"))
    app = pressed(pressed(app, "Try step 1"), "Clear this scenario")
    assert LABEL not in body(app)


def test_every_step_at_once() -> None:
    app = what_if(where="E54000032")  # Kent and Medway: the rest of it has no service
    (step,) = [b.label for b in app.button if b.label.startswith("Try")]
    assert step == "Try step 1"
    app = what_if()
    count = len([b for b in app.button if b.label.startswith("Try step")])
    assert "in areas with a yes" in body(pressed(app, f"Try all {count} steps"))


def test_a_choice_of_one_s_own() -> None:
    app = what_if()
    app.selectbox(key="what_if_service").set_value("larch")
    offers = ran(app.run()).pills(key="what_if_offers_larch_separation")
    assert offers.value == ["separation"]
    assert offers.options == ["Help after separation from a baby", "Self-referral"]
    offers.set_value(["separation", "self_referral"])
    app = pressed(ran(app.run()), "Assume this")
    assert "Larch also offers help after separation from a baby and self-referral." in body(app)
    app.selectbox(key="what_if_icb").set_value("E54000051")
    app = pressed(ran(app.run()), "Assume this service")
    assert "There is a new service for NHS Humber and North Yorkshire." in body(app)
    # Another place has other services: what was chosen for this one is gone, and not the scenario.
    app.selectbox(key="coverage_where").set_value("E54000032")
    app = ran(app.run())
    assert app.selectbox(key="what_if_service").value is None
    assert "nothing changes by this" in body(app) or "as today" in body(app)
    assert "Larch also offers" in body(app)


def test_a_service_in_doubt_cannot_be_chosen_and_is_named() -> None:
    app = what_if(where="Midlands", measure="loss")
    names = app.selectbox(key="what_if_service").options
    assert not any("Ivy" in name for name in names)
    assert "we could not confirm that they are running: Ivy" in body(app)


@pytest.mark.parametrize("measure", list(Measure))
def test_every_measure(measure: Measure) -> None:
    text = body(what_if(measure=measure.value, scenario="larch.separation~_E54000051.loss"))
    assert (LABEL in text) == (say("what_if.other_measure") not in text)


# --- links ----------------------------------------------------------------------------------------


def test_the_link_opens_the_same_scenario() -> None:
    where = Where(Level.REGION, NORTH_EAST)
    link = link_to(
        Level.COUNCIL,
        Measure.SEPARATION,
        None,
        "what_if",
        where,
        "larch.separation~_E54000051.loss",
    )
    assert link.endswith("&scenario=larch.separation~_E54000051.loss")
    query = {name: value for name, (value,) in parse_qs(link[1:]).items()}
    text = body(opened(**query))
    assert link in text.replace("&amp;", "&")
    assert "Larch also offers" in text and "new service for NHS Humber" in text


def test_a_step_is_in_the_offered_link_and_the_address_that_opened_the_page_is_emptied() -> None:
    app = what_if(scenario="larch.self_referral")
    assert app.query_params
    app = pressed(app, "Try step 1")
    assert "scenario=larch.separation.self_referral" in body(app)
    assert not app.query_params


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        ("x" * 100_000, "names no service or ICB in our list"),
        ("my-baby-died.loss", "names no service or ICB in our list"),
        ("<script>alert(1)</script>", "names no service or ICB in our list"),
        ("‮☃.loss~larch.separation~larch.separation", "names no service or ICB in our list"),
        ("ivy.loss", "we could not confirm that it is running"),
        ("harbour.loss", "Harbour is already known to offer"),
    ],
)
def test_a_hostile_or_old_link_says_what_was_left_out_and_shows_the_rest(scenario, said) -> None:
    text = body(what_if(scenario=scenario))
    assert said in text
    assert not any(bad in text for bad in ("my-baby", "<script>alert", "☃", "xxxx"))
    assert (LABEL in text) == bool(read(scenario).scenario.services and "larch" in scenario)


# --- today stays today ----------------------------------------------------------------------------


def test_no_other_view_and_no_other_visit_knows_of_it() -> None:
    before = {name: told(view(what_if(), name)) for name in ("map", "gaps", "table")}
    app = what_if(scenario="larch.separation.self_referral~_E54000051.loss")
    assert LABEL in body(app)
    for name, text in before.items():
        assert told(view(app, name)) == text
    assert LABEL in body(view(app, "what_if"))
    assert LABEL not in body(what_if())
    # What programs and the pages without a script are answered from is the same as before.
    now = served().coverage(datetime.now(LONDON).date())
    assert now.value(Measure.SEPARATION, "E06000004") is not Value.YES
    assert all("scenario" not in service.name for service in now.directory.services.values())


def test_a_service_that_is_taken_out_leaves_a_scenario_and_says_nothing_of_itself(
    monkeypatch: pytest.MonkeyPatch, application: Application, directory: Directory
) -> None:
    app = what_if(scenario="larch.separation")
    assert LABEL in body(app) and "Larch" in body(app)
    gone = Withdrawal(date(2026, 11, 30), "services.csv", "larch", "", "", "it may be another one")
    monkeypatch.setattr(module, "_served", application.over(without(directory, [gone])))
    for again in (ran(app.run()), what_if(scenario="larch.separation")):
        text = body(again)
        assert "Larch" not in text and LABEL not in text
        assert say("what_if.left_unknown") in text
