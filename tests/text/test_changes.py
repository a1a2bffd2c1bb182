"""What has changed, without a script, and as feeds: choices, pages, addresses, caching."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.channels.text import feeds
from mmhs_finder.channels.text.addresses import SETTING
from mmhs_finder.channels.text.feeds import MOST_ENTRIES
from mmhs_finder.channels.text.public import CHANGES_A_PAGE
from mmhs_finder.directory.changes import FILE, HISTORY_COLUMNS
from mmhs_finder.views.history import ENGLAND, NATIONS, History
from mmhs_finder.words import say
from tests.made_up.standing import PATH, standing_below
from tests.text.conftest import client_of

KENT = "E54000032"
SITE = "https://finder.example"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = "</script><script>alert(1)</script>]]>&\"'\x08\ufffe"


@pytest.fixture
def public(monkeypatch):
    monkeypatch.setenv(SETTING, SITE)


def main(reply) -> str:
    return reply.text[reply.text.index("<main") : reply.text.index("</main>")]


@pytest.fixture
def with_changes(directory, index, tmp_path):
    """The pages of the made-up directory with these changes and no other: (day, file, row, ...)."""

    def client(*rows, **fields):
        with (tmp_path / FILE).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HISTORY_COLUMNS)
            writer.writeheader()
            for row in rows:
                writer.writerow(dict(zip(HISTORY_COLUMNS, row, strict=False)))
        known = replace(directory, folder=tmp_path, **fields)
        application = Application(known, IndexOpening(lambda _: index))
        assert application.history is not None  # read now, as it is before it is served
        return client_of(application)

    return client


# --- the page -------------------------------------------------------------------------------------


def test_every_change_stands_under_its_month_and_day_with_old_new_and_source(client):
    text = main(client.get("/text/changes"))
    assert re.findall(r"<h2>(\w+ 2026)</h2>", text) == ["November 2026", "October 2026"]
    assert re.findall(r"<h3>(\d+ \w+ 2026)</h3>", text)[-1] == "5 October 2026"
    assert '<a href="/text/service/birch">Birch</a>' in text
    assert "Now: yes" in text and "Before: not known to us" in text
    assert '<a href="https://example.org/birch" rel="noreferrer">' in text
    assert say("changes.intro") in text
    assert say("changes.told") in text  # Willow answered a form; how that is known is not on record
    assert say("changes.added", now="https://example.org/line/samaritans") in text


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        (f"icb={KENT}", "harbour", "birch"),
        ("month=2026-10", "birch", "harbour"),
        ("what=helps", "willow", "birch"),
        (f"icb={ENGLAND}", "Samaritans", "harbour"),
        ("icb=E99&what=x&month=1999-01&page=x", "harbour", "Thrive"),
    ],
)
def test_the_list_is_of_what_is_asked_for(client, asked, there, not_there):
    text = main(client.get(f"/text/changes?{asked}"))
    listed = text[text.index("changes-count") : text.index("changes-feeds")]
    assert there in listed and not_there not in listed


def test_the_choices_stand_as_they_were_made_and_every_health_area_has_its_page(client, directory):
    text = main(client.get(f"/text/changes?icb={KENT}&what=where&month=2026-11"))
    assert re.findall(r'<option value="([^"]*)" selected>', text) == [KENT, "where", "2026-11"]
    codes = {area.icb_2026_code for area in directory.areas.values()}
    assert {code for code in codes if f'href="/text/changes?icb={code}"' in text} == codes


def test_where_nothing_was_changed_it_says_so_and_no_more(client):
    text = main(client.get(f"/text/changes?icb={NATIONS}"))
    assert say("changes.none_icb", place=say("changes.nations")) in text
    assert "<h3>" not in text and "changes-count" not in text


def birch_at(directory, age):
    """The services of the made-up directory; Birch takes people from this age on."""
    birch = directory.services["birch"].model_copy(update={"min_age": age})
    return {**directory.services, "birch": birch}


def test_a_long_list_has_pages_and_each_leads_to_the_next(with_changes, directory):
    days = (date(2020, 1, 1).toordinal() + n for n in range(2 * CHANGES_A_PAGE + 1))
    rows = [
        (date.fromordinal(day), "services.csv", "birch", "min_age", n, n + 1)
        for n, day in enumerate(days)
    ]
    client = with_changes(*rows, services=birch_at(directory, len(rows)))
    seen, at = [], "/text/changes?icb="
    while at:
        text = main(client.get(at))
        seen += re.findall(r"Now: (\d+)", text)
        older = re.findall(rf'<a href="([^"]+)">{say("changes.older")}</a>', text)
        at = older[0].replace("&amp;", "&") if older else ""
    assert seen == [str(n + 1) for n in range(2 * CHANGES_A_PAGE, -1, -1)]


def test_the_page_tells_programs_where_its_feeds_are(client):
    text = client.get(f"/text/changes?icb={KENT}").text
    head = text[: text.index("</head>")]
    links = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', head)
    assert links == [
        ("application/atom+xml", f"/changes.atom?icb={KENT}"),
        ("application/feed+json", f"/changes.json?icb={KENT}"),
    ]


# --- the feeds ----------------------------------------------------------------------------------


def json_feed(client, asked="") -> dict:
    reply = client.get(f"/changes.json{asked}")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("application/feed+json")
    return json.loads(reply.content)


def atom_feed(client, asked="") -> ElementTree.Element:
    reply = client.get(f"/changes.atom{asked}")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("application/atom+xml")
    return ElementTree.fromstring(reply.content)


def is_moment(text: str) -> bool:
    """RFC 3339, with what the clock is ahead."""
    return datetime.fromisoformat(text).utcoffset() is not None and "T" in text


def is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("asked", ["", f"?icb={KENT}", f"?icb={ENGLAND}", f"?icb={NATIONS}"])
def test_the_json_feed_keeps_the_rules_of_json_feed(client, asked):
    feed = json_feed(client, asked)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] and feed["language"] == "en-GB"
    assert feed["feed_url"] == f"{SITE}/changes.json{asked}"
    assert feed["home_page_url"] == f"{SITE}/text/changes{asked}"
    assert all(author["name"] for author in feed["authors"])
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids))
    for item in feed["items"]:
        assert isinstance(item["id"], str) and item["id"].startswith("tag:finder.example,2026-")
        assert is_address(item["url"]) and item["title"] and item["content_html"]
        assert is_moment(item["date_published"])
        assert all(isinstance(tag, str) and tag for tag in item["tags"])
        assert isinstance(item["_mmhs"], dict)
    known = {"version", "title", "language", "feed_url", "home_page_url", "authors", "items"}
    assert {key for key in feed if not key.startswith("_")} <= known | {"description"}


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("asked", ["", f"?icb={KENT}", f"?icb={NATIONS}"])
def test_the_atom_feed_has_what_rfc_4287_asks_for(client, asked):
    feed = atom_feed(client, asked)
    for parent in (feed, *feed.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            (one,) = parent.findall(f"a:{name}", ATOM)
            assert one.text
        assert is_moment(parent.find("a:updated", ATOM).text)
        alternate = [x for x in parent.findall("a:link", ATOM) if x.get("rel") == "alternate"]
        assert len(alternate) == 1
        assert all(is_address(x.get("href")) for x in parent.findall("a:link", ATOM))
    assert feed.find("a:author/a:name", ATOM).text
    (own,) = [x for x in feed.findall("a:link", ATOM) if x.get("rel") == "self"]
    assert own.get("href") == f"{SITE}/changes.atom{asked}"
    ids = [x.text for x in feed.findall("a:entry/a:id", ATOM)]
    assert len(ids) == len(set(ids))
    assert all(x.get("type") == "html" for x in feed.findall("a:entry/a:content", ATOM))


@pytest.mark.usefixtures("public")
def test_both_feeds_hold_the_entries_of_the_history_the_newest_first(client, directory):
    history = [f"{e.day}:/changes/{e.kind}/{e.key}" for e in History(directory).entries]
    wanted = [f"tag:finder.example,{one}" for one in history]
    assert [item["id"] for item in json_feed(client)["items"]] == wanted
    assert [x.text for x in atom_feed(client).findall("a:entry/a:id", ATOM)] == wanted
    newest = atom_feed(client).find("a:updated", ATOM).text
    assert newest == f"{History(directory).newest}T00:00:00+00:00"


def test_an_item_is_dated_by_the_clock_in_london(with_changes):
    client = with_changes(("2026-07-01", "services.csv", "birch", "min_age", "15", "16"))
    (item,) = json_feed(client)["items"]
    assert item["date_published"] == "2026-07-01T00:00:00+01:00"


def test_an_item_says_what_was_changed_for_people_and_for_programs(client):
    (item,) = [i for i in json_feed(client)["items"] if i["_mmhs"]["id"] == "birch"]
    assert item["url"].endswith("/text/service/birch")
    assert "Now: yes<br>Before: not known to us" in item["content_html"]
    assert item["_mmhs"] == {
        "day": "2026-10-05",
        "kind": "service",
        "id": "birch",
        "name": "Birch",
        "listed": True,
        "places": item["_mmhs"]["places"],
        "backing": "read",
        "changes": [
            {
                "about": "status",
                "column": "status",
                "area": None,
                "old": "unknown",
                "new": "open",
                "professional": False,
                "source_url": "https://example.org/birch",
            }
        ],
    }


def test_a_feed_of_a_health_area_has_what_concerns_it(client):
    found = {item["_mmhs"]["id"] for item in json_feed(client, f"?icb={KENT}")["items"]}
    assert found == {"harbour"}


@pytest.mark.parametrize("at", ["json", "atom"])
@pytest.mark.parametrize("code", ["E54000099", "TS24 7BT", "<b>", "e54000032", "E06000035"])
def test_a_health_area_that_there_is_not_is_said_in_plain_words(client, at, code):
    reply = client.get(f"/changes.{at}", params={"icb": code})
    assert reply.status_code == 404
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-type"].startswith("application/problem+")
    assert say("changes.feed_unknown") in reply.text
    assert code not in reply.text


@pytest.mark.parametrize("at", ["json", "atom"])
def test_a_feed_is_kept_for_a_minute_and_not_sent_twice(client, public, at):
    reply = client.get(f"/changes.{at}")
    assert reply.headers["cache-control"] == "public, max-age=60"
    tag = reply.headers["etag"]
    for said in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = client.get(f"/changes.{at}", headers={"If-None-Match": said})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(f"/changes.{at}", headers={"If-None-Match": '"x"'}).status_code == 200
    assert client.get(f"/changes.{at}?icb={KENT}").headers["etag"] != tag


@pytest.mark.parametrize("at", ["json", "atom"])
def test_without_an_address_of_its_own_nobody_keeps_a_feed_that_a_made_up_name_is_in(
    client, monkeypatch, at
):
    monkeypatch.delenv(SETTING, raising=False)
    reply = client.get(f"/changes.{at}", headers={"Host": "made-up.example"})
    assert "http://made-up.example/changes" in reply.text
    assert reply.headers["cache-control"] == "no-store"
    assert "etag" not in reply.headers
    refused = client.get(f"/changes.{at}", headers={"Host": "a b<c>"})
    assert refused.status_code == 400
    assert say("changes.feed_no_address") in refused.text


@pytest.mark.parametrize("at", ["json", "atom"])
def test_the_head_alone_has_no_body_and_other_methods_are_refused(client, public, at):
    assert client.head(f"/changes.{at}").content == b""
    assert client.post(f"/changes.{at}").status_code == 405


@pytest.mark.usefixtures("public")
def test_below_a_path_every_address_is_below_it(application):
    with standing_below():
        client = client_of(application)
        feed = json.loads(client.get(f"{PATH}/changes.json").content)
        atom = ElementTree.fromstring(client.get(f"{PATH}/changes.atom").content)
    links = [item["url"] for item in feed["items"]] + [feed["feed_url"], feed["home_page_url"]]
    own = [x for x in atom.iter(f"{{{ATOM['a']}}}link") if x.get("rel") != "related"]
    links += [x.get("href") for x in own]
    assert links and all(link.startswith(f"{SITE}{PATH}/") for link in links)


def test_the_newest_are_in_a_feed_and_no_more_than_so_many(with_changes, directory):
    days = (date(2020, 1, 1).toordinal() + n for n in range(MOST_ENTRIES + 5))
    rows = [
        (date.fromordinal(day), "services.csv", "birch", "min_age", n, n + 1)
        for n, day in enumerate(days)
    ]
    items = json_feed(with_changes(*rows, services=birch_at(directory, len(rows))))["items"]
    assert len(items) == MOST_ENTRIES
    assert items[0]["_mmhs"]["changes"][0]["new"] == str(len(rows))


def test_whatever_stands_in_a_cell_feed_and_page_stay_what_they_are(with_changes, directory):
    rows = [
        ("2026-07-01", "services.csv", "birch", column, HOSTILE, HOSTILE[::-1], HOSTILE)
        for column in ("name", "who_for", "website", "status", "referral_note", "told_on")
    ]
    held = dict.fromkeys(("who_for", "website", "referral_note"), HOSTILE[::-1])
    named = {**held, "name": f"Birch {HOSTILE}"}
    birch = directory.services["birch"].model_copy(update=named)
    client = with_changes(*rows, services={**directory.services, "birch": birch})
    (item,) = json_feed(client)["items"]
    assert "<script" not in item["content_html"]
    assert item["title"].startswith("Birch </script>")  # a title is plain text
    (entry,) = atom_feed(client).findall("a:entry", ATOM)
    assert "<script" not in entry.find("a:content", ATOM).text
    assert "<script>alert" not in client.get("/text/changes").text


def test_without_a_history_the_feeds_are_empty_and_whole(with_changes):
    client = with_changes()
    assert json_feed(client)["items"] == []
    feed = atom_feed(client)
    assert not feed.findall("a:entry", ATOM)
    assert is_moment(feed.find("a:updated", ATOM).text)
    assert say("changes.no_history") in client.get("/text/changes").text


def test_what_a_directory_gained_is_there_with_the_next_one(with_changes):
    before = with_changes()
    assert json_feed(before)["items"] == []
    rows = [("2026-07-01", "services.csv", "birch", "min_age", "15", "16")]
    after = with_changes(*rows)
    assert len(json_feed(after)["items"]) == 1
    assert json_feed(before)["items"] == []


@pytest.mark.usefixtures("public")
def test_a_feed_is_written_once_for_a_directory_and_anew_for_the_next(with_changes, monkeypatch):
    row = ("2026-07-01", "services.csv", "birch", "min_age", "15", "16")
    client, written = with_changes(row), []
    whole = feeds._view
    monkeypatch.setattr(feeds, "_view", lambda *given: written.append(given) or whole(*given))
    for _ in range(3):
        assert len(json_feed(client)["items"]) == 1
        assert len(json_feed(client, f"?icb={KENT}")["items"]) == 0
    assert len(written) == 2
    assert json_feed(with_changes())["items"] == []


def test_links_of_the_page_ask_only_for_what_an_address_may_ask_for(client):
    text = main(client.get("/text/changes"))
    asked = [parse_qs(urlsplit(link).query) for link in re.findall(r'href="(/[^"]*)"', text)]
    assert {name for one in asked for name in one} == {"icb"}
