"""Pages about things: data for programs, what has closed, what was changed, hostile cells."""

from __future__ import annotations

import csv
import html
import json
import re

import pytest

from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.directory import load_directory
from mmhs_finder.directory.changes import FILE
from mmhs_finder.directory.models import Audience, PhoneStatus, Status, YesNo
from mmhs_finder.render.linked_data import data_html, service_data
from mmhs_finder.views.history import History
from mmhs_finder.views.service import service_view
from tests.made_up.records import TUESDAY_NOON, match, service
from tests.text.conftest import client_of

PHONE = "020 7946 0000"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(**changes):
    of = service(self_referral=YesNo.YES, phone=PHONE, **changes)
    return service_data(service_view(match(of), (), TUESDAY_NOON), ("Midshire",))


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("audience", [*Audience, None])
@pytest.mark.parametrize("confirmed", [*PhoneStatus, None])
def test_programs_are_given_a_number_only_where_a_parent_is(status, audience, confirmed):
    found = data_of(status=status, phone_audience=audience, phone_status=confirmed)
    hers = (
        status is Status.OPEN and audience is Audience.PUBLIC and confirmed is PhoneStatus.CONFIRMED
    )
    assert (PHONE in json.dumps(found)) == hers
    assert bool(found) == (status is Status.OPEN)


def test_data_cannot_end_its_block():
    block = data_html({"name": "</script><script>alert(1)</script>&"})
    assert block.count("</script>") == 1
    assert json.loads(BLOCK.findall(block)[0])["name"].startswith("</script>")


def test_each_running_service_has_its_data_and_no_other(client, directory):
    for of in directory.services.values():
        found = BLOCK.findall(client.get(f"/text/service/{of.id}").text)
        assert len(found) == (of.status is Status.OPEN)
        if found:
            data = json.loads(found[0])
            assert data["@context"] == "https://schema.org"
            assert data["name"] == of.name


def test_a_service_that_has_closed_keeps_its_address_and_offers_no_way(client, directory):
    closed = [s for s in directory.services.values() if s.status is Status.CLOSED]
    for of in closed:
        page = client.get(f"/text/service/{of.id}").text
        main = page[page.index("<main") :]
        assert "tel:" not in main[: main.index("</main>")]


def test_no_page_of_a_service_has_a_number_that_is_not_a_parents(client, directory):
    for of in directory.services.values():
        hers = of.phone_audience is Audience.PUBLIC and of.phone_status is PhoneStatus.CONFIRMED
        if of.phone and not hers:
            page = client.get(f"/text/service/{of.id}").text
            assert f'href="tel:{re.sub("[^0-9+]", "", of.phone)}"' not in page


# --- what was changed -----------------------------------------------------------------------------


def test_what_was_changed_is_told_without_notes_quotes_codes_and_numbers_in_doubt(
    client, directory
):
    page = client.get("/text/changes").text
    with (directory.folder / FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert History(directory).entries
    kept_back = [row["quote"] for row in rows]
    for row in rows:
        if row["column"] in ("curator_notes", "phone", "phone_status", "email", "source_urls"):
            kept_back += [row["old"], row["new"]]
        if not row["source_url"].startswith("http"):
            kept_back.append(row["source_url"])
    long_enough = [cell for cell in kept_back if len(cell) > 10]
    assert long_enough
    names = html.unescape(page)
    assert not [cell for cell in long_enough if cell in names and cell not in told_names(directory)]


def told_names(directory):
    """Names of services and lines, which quotes may be a part of."""
    rows = (*directory.services.values(), *directory.national)
    return "; ".join(row.name for row in rows)


def test_a_directory_without_a_list_of_changes_has_none(copy):
    (copy.folder / FILE).unlink()
    assert History(load_directory(copy.folder)).entries == ()


def test_notes_of_those_who_keep_the_directory_are_no_change(copy):
    head = "applied_on,file,row,column,old,new,source_url,quote,source_date,confidence\n"
    key = next(iter(load_directory(copy.folder).services))
    rows = f"2026-11-25,services.csv,{key},curator_notes,a,b,,,,\n"
    (copy.folder / FILE).write_text(head + rows, encoding="utf-8")
    assert History(load_directory(copy.folder)).entries == ()


# --- hostile cells ------------------------------------------------------------------------------


HOSTILE = "<script>alert(1)</script>{{ 7*7 }}{% x %}\"'><img src=x onerror=y>"


def test_what_comes_from_data_cannot_become_markup_or_a_template(copy, index):
    row = copy.row_where("services.csv", kind="mmhs", status="open")
    for column in ("name", "provider", "who_for", "referral_note", "area_text"):
        copy.set("services.csv", row, column, HOSTILE)
    line = copy.row_where("national_support.csv", kind="voluntary_sector")
    for column in ("name", "what_it_offers", "who_for"):
        copy.set("national_support.csv", line, column, HOSTILE)
    council = copy.row_where("areas.csv", parent="")
    copy.set("areas.csv", council, "name", HOSTILE)
    directory = load_directory(copy.folder)
    made = Application(directory, IndexOpening(lambda _report: index))
    made.index.result()
    client = client_of(made)
    of = next(s for s in directory.services.values() if s.name == HOSTILE)
    area = next(a for a in directory.areas.values() if a.name == HOSTILE)
    codes = [a.code for a, _ in directory.areas_of(of.id)][:1]
    paths = [f"service/{of.id}", f"sheet/{of.id}", "services", "councils", "support", "coverage"]
    for path in (*paths, "changes", f"area/{area.code}", *(f"area/{code}" for code in codes), ""):
        reply = client.get(f"/text/{path}")
        assert reply.status_code == 200, path
        assert "<script>alert" not in reply.text, path
        assert "<img" not in reply.text, path
    sent = {"council": (codes or [area.code])[0], "need": "loss"}
    for path in ("", "check", "outcome", "words", "support", "link", "professionals"):
        reply = client.post(f"/text/{path}", data=sent)
        assert reply.status_code == 200, path
        assert "<script>alert" not in reply.text, path
        assert "<img" not in reply.text, path
