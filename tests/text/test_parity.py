"""The pages without a script tell the same as every other channel, and keep back the same."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.answers.suited import About, about_service, service_suits, situation
from mmhs_finder.directory.models import FurtherNeed, LossKind, Pathway, YesNo
from mmhs_finder.eligibility import Safety
from mmhs_finder.hours import LONDON
from mmhs_finder.render.html.answer import answer_html
from mmhs_finder.render.text import answer_text
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.support import TOPICS
from mmhs_finder.words import say
from tests.made_up.records import SUNDAY_NIGHT, TUESDAY_NOON

NOWHERE_ELSE = ("EH1 1YZ", "CF10 1EP", "BT1 5GS", "JE2 3QA", "CT1", "TD15")
"""Other nations, an island, a district, and one that lies over a border."""

MINUTES = 2 * 365 * 24 * 60
MOMENTS = st.integers(0, MINUTES).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=LONDON) + timedelta(minutes=minutes)
)
APART = (Pathway.LOSS, Pathway.SEPARATION, *FurtherNeed)


def plain(text: str) -> str:
    shown = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return " ".join(shown.replace("\N{NO-BREAK SPACE}", " ").split())


def links(text: str) -> set[str]:
    return set(re.findall(r'href="((?:tel|sms|mailto|https?):[^"]+)"', text))


@pytest.fixture(scope="session")
def postcodes(directory, finder):
    """Full postcodes of every region, where some service of the directory is; and elsewhere."""
    named = sorted({s.postcode for s in directory.services.values() if s.postcode})
    return (*named, *NOWHERE_ELSE)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_an_answer_says_what_every_other_channel_says(data, client_at, finder, postcodes):
    text = data.draw(st.sampled_from(postcodes))
    needs = data.draw(st.sets(st.sampled_from([*Pathway]), max_size=2))
    at = data.draw(MOMENTS)
    reply = client_at(at).post("/text/", data={"postcode": text, "need": [*needs]})
    assert reply.status_code == 200
    view = answer_view(finder.find(finder.place(text), tuple(needs), at))
    other = answer_html(view)
    assert links(str(other)) <= links(reply.text)
    shown = plain(reply.text)
    for piece in re.findall(r">([^<>]+)<", str(other)):
        assert plain(piece) in shown
    for line in answer_text(view).splitlines():
        without_pages = re.sub(r"https?://\S+", "", line)
        for number in re.findall(r"(?<!\w)\d[\d ]{4,}\d(?!\w)", without_pages):
            assert number in shown


def for_a_baby(directory):
    """The names and the ids on a page of everything for a parent with her baby."""
    services = [s for s in directory.services.values() if about_service(s) is About.BABY]
    lines = [row for row in directory.national if row.with_a_baby is YesNo.YES]
    assert services
    assert lines
    names = {*(s.name for s in services), *(row.name for row in lines)}
    return names, {*(f"service-{s.id}" for s in services), *(f"offer-{row.id}" for row in lines)}


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_after_a_loss_or_a_separation_no_page_has_anything_for_a_baby(
    data, client_at, directory, postcodes
):
    """Unless she says that a baby is with her. The pages on the way carry on what was said."""
    babies, ids = for_a_baby(directory)
    said = {
        "postcode": data.draw(st.sampled_from(postcodes)),
        "need": [
            data.draw(st.sampled_from(APART)),
            *data.draw(st.lists(st.sampled_from([*Pathway]))),
        ],
        "has_baby": data.draw(st.sampled_from(["", "no", "not_sure", "prefer_not_to_say"])),
        "topic": data.draw(st.sampled_from(TOPICS)),
    }
    if Pathway.LOSS in said["need"]:
        said["loss_kind"] = data.draw(st.sampled_from(["", *LossKind]))
    client = client_at(data.draw(MOMENTS))
    for path in ("", "check", "outcome", "words", "support"):
        reply = client.post(f"/text/{path}", data=said)
        assert reply.status_code == 200
        found = {*re.findall(r'id="((?:service|offer)-[^"]+)"', reply.text)}
        assert not found & ids
        rows = {html.unescape(n) for n in re.findall(r"<li><strong>([^<]+)</strong>", reply.text)}
        assert not rows & babies
        assert say("result.baby_heading") not in reply.text


def test_a_baby_that_is_with_her_brings_it_back(client, directory):
    """The shield is lifted by her word alone."""
    _, ids = for_a_baby(directory)
    sent = {"postcode": "CT1 3NG", "need": "loss"}
    without = client.post("/text/", data=sent).text
    with_one = client.post("/text/", data={**sent, "has_baby": "yes"}).text
    assert not [one for one in ids if f'id="{one}"' in without]
    assert [one for one in ids if f'id="{one}"' in with_one]


@pytest.mark.parametrize("need", [*Pathway])
def test_what_is_for_another_loss_is_not_shown(client_at, finder, directory, need):
    place = finder.place("CT1 3NG")
    answer = finder.find(place, (need,), TUESDAY_NOON)
    reply = client_at(TUESDAY_NOON).post("/text/", data={"postcode": "CT1 3NG", "need": need.value})
    shown = set(re.findall(r'id="service-([^"]+)"', reply.text))
    assert {m.service.id for m in (*answer.mmhs, *answer.alternatives)} <= shown
    named = [s for s in directory.services.values() if s.id in shown and s.only_for]
    assert all(service_suits(s, situation((need,))) for s in named)


def test_the_order_is_that_of_the_answer(client, finder):
    view = answer_view(finder.find(finder.place("CT1 3NG"), (Pathway.LOSS,), SUNDAY_NIGHT))
    text = client.post("/text/", data={"postcode": "CT1 3NG", "need": "loss"}).text
    wanted = [f"service-{s.id}" for s in (*view.services, *view.other_services)]
    wanted += [f"offer-{row.id}" for row in (*view.lines, *view.routes)]
    found = [x for x in re.findall(r'id="((?:service|offer)-[^"]+)"', text) if x in wanted]
    assert list(dict.fromkeys(found)) == wanted


def test_at_night_the_lines_that_are_always_open_are_named(client, finder):
    view = answer_view(finder.find(finder.place("CT1 3NG"), (Pathway.LOSS,), SUNDAY_NIGHT))
    text = client.post("/text/", data={"postcode": "CT1 3NG", "need": "loss"}).text
    assert len(view.now.lines) == 2
    for line in view.now.lines:
        assert text.index(f'<a href="{html.escape(line.link)}">') < text.index('id="near"')


@pytest.mark.parametrize("need", ["", "loss"])
@pytest.mark.parametrize("text", ["CT1 3NG", "EH1 1YZ", "TS24 7BT", "no place at all"])
def test_somebody_who_is_not_safe_gets_urgent_help_and_nothing_else(client, text, need):
    sent = {"postcode": text, "need": need, "safety": Safety.UNSAFE.value, "pregnant_now": "yes"}
    page = client.post("/text/outcome", data=sent).text
    assert say("result.urgent_heading") in page
    main = page[page.index("<main") : page.index("</main>")]
    assert not re.search(r'id="service-', main)
    assert say("check_page.outcome_heading") not in page
    assert not re.search(r'<form[^>]+action="(?!/text/check")', page), "only the way back"
    assert "<nav" not in page


@pytest.mark.parametrize("value", ["not_sure", "prefer_not_to_say"])
def test_somebody_who_is_not_sure_gets_urgent_help_first_and_then_the_rest(client, value):
    sent = {"postcode": "CT1 3NG", "need": "loss", "safety": value}
    page = client.post("/text/outcome", data=sent).text
    urgent, rest = say("result.urgent_heading"), say("check_page.outcome_heading")
    assert page.index(f"<h2>{urgent}</h2>") < page.index(f"<h2>{rest}</h2>")


# --- the questions --------------------------------------------------------------------------------


def test_what_was_said_stays_in_the_questions_and_comes_back(client):
    sent = {
        "postcode": "CT1 3NG",
        "need": ["loss", "birth_trauma"],
        "loss_kind": "stillbirth",
        "has_baby": "no",
        "pregnant_now": "yes",
    }
    outcome = client.post("/text/outcome", data=sent).text
    for name, value in (("need", "loss"), ("loss_kind", "stillbirth"), ("pregnant_now", "yes")):
        assert f'name="{name}" value="{value}"' in outcome
    again = client.post("/text/check", data=sent).text
    for name, value in (("need", "loss"), ("loss_kind", "stillbirth"), ("has_baby", "no")):
        assert f'name="{name}" value="{value}" checked' in again


def test_questions_that_matter_only_now_are_offered(client):
    form = client.post("/text/check", data={"postcode": "CT1 3NG"}).text
    asked = re.findall(r'name="asked" value="([^"]+)"', form)[0]
    assert "loss_kind" not in asked
    sent = {"postcode": "CT1 3NG", "need": "loss", "asked": asked}
    outcome = client.post("/text/outcome", data=sent).text
    assert say("text_pages.more_questions") in outcome
    assert say("question.loss_kind") in outcome
    assert (
        say("text_pages.more_questions")
        not in client.post(
            "/text/outcome", data={**sent, "asked": f"{asked} loss_kind has_baby"}
        ).text
    )


@pytest.mark.parametrize(
    ("unit", "number", "date"),
    [
        ("months_since", "lots", ""),
        ("weeks_since", "-3", ""),
        ("years_since", "9999", ""),
        ("event_date", "", "soon"),
        ("event_date", "", "1/1/2999"),
        ("event_date", "", "31/2/2025"),
        ("", "3", ""),
        ("", "3", "2025"),
        ("", "", "soon"),
        ("months_since", "", "9/3/2025"),
        ("months_since", "3", "9/3/2025"),
        ("event_date", "3", ""),
        ("event_date", "3", "2025"),
    ],
)
def test_a_time_that_cannot_be_read_is_said_by_its_question(client, dated, unit, number, date):
    sent = {
        "council": dated,
        "need": "loss",
        "when": unit,
        "when_number": number,
        "when_date": date,
    }
    reply = client.post("/text/outcome", data=sent)
    assert reply.status_code == 200
    assert say("text_pages.when_problem") in reply.text
    assert 'aria-describedby="when-problem"' in reply.text
    assert 'name="need" value="loss" checked' in reply.text


@pytest.mark.parametrize(
    ("unit", "number", "date"),
    [
        ("months_since", "3", ""),
        ("months_since", "", ""),
        ("event_date", "", "9/3/2025"),
        ("event_date", "", "2025-03-09"),
        ("event_date", "", "3.2025"),
        ("event_date", "", "2025"),
        ("not_sure", "many", ""),
    ],
)
def test_a_time_may_be_said_in_many_ways_or_not_at_all(client, dated, unit, number, date):
    sent = {"council": dated, "when": unit, "when_number": number, "when_date": date}
    text = client.post("/text/outcome", data=sent).text
    assert say("text_pages.when_problem") not in text
    assert say("check_page.outcome_heading") in text


@pytest.mark.parametrize("text", ["3/2015", "9/3/2015", "2015", "2015-03"])
def test_a_date_alone_counts_and_is_one_of_the_forms_that_we_name(client, dated, text):
    """Ten years ago is past the limit of any service."""
    sent = {"council": dated, "need": "loss"}
    without = client.post("/text/outcome", data=sent).text
    alone = client.post("/text/outcome", data={**sent, "when_date": text}).text
    ticked = client.post(
        "/text/outcome", data={**sent, "when": "event_date", "when_date": text}
    ).text

    def outcomes(page: str) -> str:
        return plain(page[page.index(say("check_page.outcome_heading")) : page.index("</main>")])

    assert outcomes(alone) == outcomes(ticked)
    assert outcomes(alone) != outcomes(without)


def test_the_problem_names_forms_that_can_be_read(client, dated):
    named = re.findall(r"\d[\d/]*", say("text_pages.when_problem"))
    assert named
    for text in named:
        reply = client.post("/text/outcome", data={"council": dated, "when_date": text})
        assert say("text_pages.when_problem") not in reply.text


@pytest.mark.parametrize("weeks", ["99", "none", "0"])
def test_weeks_that_no_pregnancy_has_are_said_by_their_question(client, weeks):
    sent = {
        "postcode": "CT1 3NG",
        "need": "tokophobia",
        "pregnant_now": "yes",
        "weeks_pregnant": weeks,
    }
    reply = client.post("/text/outcome", data=sent)
    assert reply.status_code == 200
    assert 'id="weeks_pregnant-problem"' in reply.text


def test_an_hour_of_the_clock_changes_nothing_but_who_is_open(client_at):
    sent = {"postcode": "CT1 3NG", "need": "loss"}
    day = client_at(TUESDAY_NOON).post("/text/", data=sent).text
    later = client_at(TUESDAY_NOON + timedelta(minutes=1)).post("/text/", data=sent).text
    assert day == later
