"""Every address: what it answers, to whom, how it may be kept, and what comes of junk."""

from __future__ import annotations

import gzip
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Event
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.channels.text import addresses
from mmhs_finder.channels.text.forms import MOST_BYTES, FormRefused, form_of
from mmhs_finder.directory.models import Status
from mmhs_finder.nation import Nation
from mmhs_finder.postcodes import IndexProblem
from mmhs_finder.render.static import bundle
from mmhs_finder.views.questions import NEEDS
from mmhs_finder.words import say
from tests.suggested import areas_of
from tests.text.conftest import FORM, client_of

KEPT = (
    "",
    "check",
    "words",
    "support",
    "urgent",
    "urgent/northern-ireland",
    "councils",
    "services",
    "professionals",
    "coverage",
    "about",
    "changes",
)
SENT = ("", "check", "words", "support", "link", "outcome", "professionals")
HERS = {"postcode": "CT1 3NG", "need": "loss"}
NUMBER = 'href="tel:999"'
MOST_ON_THE_WIRE = 30 * 1024


def heading(text: str) -> str:
    found = re.findall(r"<h1>(.*?)</h1>", text)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("path", KEPT)
def test_a_page_that_holds_nothing_of_a_person_may_be_kept(client, path):
    reply = client.get(f"/text/{path}")
    assert reply.status_code == 200
    assert "public" in reply.headers["cache-control"]
    assert 'name="robots"' not in reply.text
    assert '<meta name="description"' in reply.text


@pytest.mark.parametrize("path", SENT)
def test_a_page_made_from_her_words_is_kept_by_nobody(client, path):
    reply = client.post(f"/text/{path}", data=HERS)
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in reply.text


def every_page(client):
    yield from (client.get(f"/text/{path}") for path in KEPT)
    yield from (client.post(f"/text/{path}", data=HERS) for path in SENT)
    yield client.get("/text/nowhere")


def test_each_page_has_the_numbers_first_one_heading_a_title_and_no_script_or_cookie(client):
    titles = set()
    for reply in every_page(client):
        text = reply.text
        heading(text)
        title = re.findall(r"<title>(.*?)</title>", text)
        assert len(title) == 1
        titles.add((reply.request.url.path, title[0]))
        first_numbers = text.index('class="urgent"')
        assert NUMBER in text[first_numbers : text.index("</section>", first_numbers)]
        assert first_numbers < text.index("<h1>")
        scripts = re.findall(r"<script(?! type=\"application/ld\+json\")[^>]*", text)
        assert all("data-instead" in s and reply.status_code == 404 for s in scripts)
        assert not re.search(r"\son\w+=|\sstyle=|javascript:", text)
        assert "set-cookie" not in reply.headers
    kept = [title for path, title in titles if path[6:] in KEPT]
    assert len(set(kept)) >= len(KEPT) - 1


def test_each_page_with_its_style_is_light(client, directory):
    style = client.get("/text/").text
    name = re.findall(r'href="/assets/(text\.css)\?v=\w{12}"', style)
    assert name == ["text.css"]
    sheet = len(gzip.compress(bundle("text.css"), 9))
    codes = list(directory.areas)[:: len(directory.areas) // 12]
    pages = [client.get(f"/text/area/{code}") for code in codes]
    for reply in (*every_page(client), *pages):
        assert reply.headers["content-encoding"] == "gzip"
        on_the_wire = len(gzip.compress(reply.content, 9))
        assert on_the_wire + sheet <= MOST_ON_THE_WIRE, reply.request.url


def test_the_policy_lets_no_script_run_and_no_other_page_frame_it(client):
    headers = client.get("/text/").headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'; ")
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_way_out_is_a_link_that_says_nothing_of_us(client):
    link = re.findall(r'<a href="([^"]+)" rel="noreferrer nofollow">', client.get("/text/").text)
    assert link == ["https://www.bbc.co.uk/weather"]


def test_the_head_alone_has_no_body(client):
    head, whole = client.head("/text/"), client.get("/text/")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize(
    "path",
    [
        "nowhere",
        "area/E99",
        "service/none",
        "sheet/x",
        "urgent/mars",
        "service/%0d%0aSet-Cookie:x",
        "%0a/nowhere",
        "service/a%0a/b",
    ],
)
def test_an_unknown_address_has_words_and_numbers(client, path):
    reply = client.get(f"/text/{path}")
    assert reply.status_code == 404
    assert NUMBER in reply.text
    assert 'href="/text/"' in reply.text
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_another_method_is_answered_with_words(client, method):
    reply = client.request(method, "/text/")
    assert reply.status_code == 405
    assert {"GET", "POST"} <= {m.strip() for m in reply.headers["allow"].split(",")}
    assert NUMBER in reply.text


@pytest.mark.parametrize(("path", "to"), [("outcome", "/text/check"), ("link", "/text/")])
def test_an_address_for_forms_alone_leads_to_its_form(client, path, to):
    reply = client.get(f"/text/{path}")
    assert (reply.status_code, reply.headers["location"]) == (303, to)


def test_the_address_without_its_stroke_leads_on(client):
    assert client.get("/text").headers["location"] == "/text/"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_form_to_the_address_without_its_stroke_is_answered_with_words(client, method):
    reply = client.request(method, "/text")
    assert reply.status_code == 405
    assert "GET" in reply.headers["allow"]
    assert NUMBER in reply.text


@pytest.mark.parametrize("path", [p for p in KEPT if p])
def test_a_stroke_too_many_leads_to_the_page(client, path):
    reply = client.get(f"/text/{path}/")
    assert (reply.status_code, reply.headers["location"]) == (307, f"/text/{path}")


def test_a_stroke_too_many_loses_nothing_that_was_said(client, directory):
    code = directory.councils()[0].code
    reply = client.get(f"/text/area/{code}/?need=loss")
    assert reply.headers["location"] == f"/text/area/{code}?need=loss"
    answer = client.post("/text/check/", data=HERS, follow_redirects=True)
    assert answer.text == client.post("/text/check", data=HERS).text


# --- junk -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (b"postcode=%00", FORM["Content-Type"], 400),
        (b"postcode=%ED%A0%80", FORM["Content-Type"], 400),
        (b"postcode=\xff\xfe", FORM["Content-Type"], 400),
        (b"a=1&" * 300, FORM["Content-Type"], 400),
        (b"postcode=" + b"A" * MOST_BYTES, FORM["Content-Type"], 413),
        (b"{}", "application/json", 415),
        (b"--x", "multipart/form-data; boundary=x", 415),
        (b"postcode=CT1", "text/plain", 415),
        (b"postcode=CT1", "", 415),
    ],
)
@pytest.mark.parametrize("path", SENT)
def test_a_body_that_cannot_be_read_is_answered_with_words(client, path, sent, kind, status):
    reply = client.post(f"/text/{path}", content=sent, headers={"Content-Type": kind})
    assert reply.status_code == status
    assert NUMBER in reply.text
    assert reply.headers["cache-control"] == "no-store"


@given(st.binary(max_size=400))
def test_a_form_is_read_or_refused(sent):
    form = None
    with suppress(FormRefused):  # and nothing else
        form = form_of(sent)
    assert form is None or "\0" not in form.one("postcode")


NAMES = (
    "postcode",
    "council",
    "need",
    "by",
    "meant",
    "meant_text",
    "safety",
    "when",
    "when_number",
    "when_date",
)
FIELDS = st.lists(
    st.tuples(
        st.sampled_from((*NAMES, "weeks_pregnant", "pregnant_now", "topic", "nation", "asked")),
        st.text(max_size=30)
        | st.sampled_from(
            ["CT1 3NG", "loss", "council", "yes", "event_date", "weeks_since", "2025"]
        ),
    ),
    max_size=12,
)


@given(fields=FIELDS, path=st.sampled_from(SENT))
@settings(max_examples=150, deadline=None)
def test_whatever_a_form_says_the_page_stands(client, fields, path):
    sent = urlencode(fields, errors="surrogatepass")
    reply = client.post(f"/text/{path}", content=sent, headers=FORM)
    assert reply.status_code in (200, 400)
    assert NUMBER in reply.text or "999" in reply.text
    heading(reply.text)


@given(query=st.text(max_size=40), code=st.sampled_from(["E07000106", "E07000999"]))
@settings(max_examples=60, deadline=None)
def test_whatever_an_address_says_the_page_stands(client, query, code):
    reply = client.get(f"/text/area/{code}", params={"need": query, query or "x": "y"})
    assert reply.status_code in (200, 404)
    heading(reply.text)


@pytest.mark.parametrize("need", NEEDS)
def test_a_link_that_says_what_happened_is_kept_by_nobody(client, directory, need):
    reply = client.get(f"/text/area/{directory.councils()[0].code}", params={"need": need})
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in reply.text


def test_text_that_was_typed_cannot_become_markup(client):
    typed = '"><script>alert(1)</script>'
    reply = client.post("/text/", data={"postcode": typed})
    assert reply.status_code == 200
    assert "<script>alert" not in reply.text
    assert "&lt;script&gt;" in reply.text


# --- the form ---------------------------------------------------------------------------------


def test_what_to_mend_stands_by_the_box_and_is_tied_to_it(client):
    reply = client.post("/text/", data={"postcode": "nothing like it", "need": "loss"})
    assert reply.status_code == 200
    text = reply.text
    order = [
        text.index(mark)
        for mark in (
            '<label for="postcode"',
            'id="postcode-hint"',
            'id="postcode-problem"',
            '<input id="postcode"',
            '<button class="main"',
        )
    ]
    assert order == sorted(order)
    assert 'aria-describedby="postcode-hint postcode-problem"' in text
    assert 'aria-invalid="true"' in text
    assert re.search(r'value="loss" checked', text), "what was chosen is not lost"


def test_the_name_of_a_town_offers_its_councils(client, application):
    town = next(t for t in application.directory.towns if t.many_councils != "yes")
    meant = areas_of(application.finder.suggestions(town.name))
    reply = client.post("/text/", data={"postcode": town.name, "need": "loss"})
    for area in meant:
        assert f'name="meant" value="{area.code}"' in reply.text
    chosen = client.post(
        "/text/", data={"postcode": town.name, "meant": meant[0].code, "need": "loss"}
    )
    assert chosen.status_code == 200
    assert meant[0].name in chosen.text


def test_a_name_of_several_places_offers_each_and_a_text_leads_on(client):
    reply = client.post("/text/", data={"postcode": "Newport", "need": "loss"})
    assert say("find.meant_places") in reply.text
    assert 'name="meant" value="E06000046"' in reply.text
    assert 'name="meant_text" value="Newport, Wales"' in reply.text
    sent = {"postcode": "Newport", "meant_text": "Newport, Wales", "need": "loss"}
    assert "Wales has its own services" in client.post("/text/", data=sent).text


def test_a_district_of_london_without_its_letter_offers_its_parts(client):
    reply = client.post("/text/", data={"postcode": "SW1"})
    assert 'name="meant_text" value="SW1A"' in reply.text
    chosen = client.post("/text/", data={"postcode": "SW1", "meant_text": "SW1A"})
    assert "SW1A" in chosen.text
    assert say("find.error_title") not in chosen.text


def test_the_button_by_the_list_makes_the_council_count(client, directory):
    area = directory.councils()[0]
    sent = {"postcode": "nonsense", "council": area.code, "by": "council"}
    reply = client.post("/text/", data=sent)
    assert reply.status_code == 200
    assert 'name="postcode" value="nonsense"' not in reply.text


@pytest.mark.parametrize("path", ["", "check", "words", "professionals"])
def test_the_button_by_the_list_with_nothing_chosen_keeps_a_good_postcode(client, path):
    sent = {"postcode": "CT1 3NG", "council": "", "by": "council", "need": "loss"}
    without = client.post(f"/text/{path}", data={k: v for k, v in sent.items() if k != "by"})
    assert client.post(f"/text/{path}", data=sent).text == without.text
    assert say("text_pages.council_problem") not in without.text


@pytest.mark.parametrize("path", ["", "check", "words", "outcome", "professionals"])
def test_the_button_by_the_list_with_nothing_at_all_is_said_by_the_list(client, path):
    sent = {"postcode": "", "council": "", "by": "council", "need": "loss"}
    reply = client.post(f"/text/{path}", data=sent)
    assert reply.status_code == 200
    text = reply.text
    order = [
        text.index(mark)
        for mark in ('<label for="council"', 'id="council-problem"', '<select id="council"')
    ]
    assert order == sorted(order)
    assert 'aria-describedby="council-problem" aria-invalid="true"' in text
    assert 'id="postcode-problem"' not in text
    assert say("text_pages.council_problem") in text
    assert '<meta name="robots" content="noindex">' in text


def test_a_council_that_is_not_there_is_said(client):
    assert client.post("/text/", data={"council": "E07000999"}).status_code == 200


# --- while postcodes cannot be looked up ----------------------------------------------------------


def test_while_the_index_is_being_opened_councils_work_and_a_postcode_waits(directory, index):
    go_on = Event()

    def slowly(_report):
        go_on.wait(60)
        return index

    application = Application(directory, IndexOpening(slowly))
    waiting = client_of(application)
    try:
        reply = waiting.post("/text/", data=HERS)
        assert reply.status_code == 503
        assert int(reply.headers["retry-after"]) > 0
        assert NUMBER in reply.text
        assert '<select id="council"' in reply.text
        assert "CT1" not in reply.text.replace(say("find.postcode_hint"), "")
        code = directory.councils()[0].code
        assert waiting.get(f"/text/area/{code}").status_code == 200
        assert waiting.post("/text/", data={"council": code}).status_code == 200
        assert waiting.get("/text/support").status_code == 200
        unsafe = waiting.post("/text/outcome", data={**HERS, "safety": "unsafe"})
        assert unsafe.status_code == 200
    finally:
        go_on.set()
    application.index.result()
    assert waiting.post("/text/", data=HERS).status_code == 200


def test_where_the_index_cannot_be_opened_councils_still_work(directory):
    def never(_report):
        raise IndexProblem("the disk is full")

    application = Application(directory, IndexOpening(never))
    broken = client_of(application)
    reply = broken.post("/text/", data=HERS)
    assert reply.status_code == 503
    assert "disk" not in reply.text
    assert broken.get(f"/text/area/{directory.councils()[0].code}").status_code == 200


def test_a_page_that_breaks_says_sorry_and_the_log_says_only_where(client, caplog, monkeypatch):
    def broken(*_args, **_named):
        raise RuntimeError("CT1 3NG, loss")

    monkeypatch.setattr("mmhs_finder.channels.text.personal.answer_view", broken)
    reply = client.post("/text/", data=HERS)
    assert reply.status_code == 500
    assert NUMBER in reply.text
    assert "RuntimeError" in caplog.text
    assert "CT1" not in caplog.text


# --- search engines -------------------------------------------------------------------------------


@pytest.fixture
def address(monkeypatch):
    monkeypatch.setenv(addresses.SETTING, "https://support.example.org/")
    return "https://support.example.org"


def test_the_list_of_pages_has_every_area_and_running_service(client, directory, address):
    listed = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").text)
    assert len(listed) == len(set(listed))
    assert all(url.startswith(f"{address}/text/") for url in listed)
    for code in directory.areas:
        assert f"{address}/text/area/{code}" in listed
    for service in directory.services.values():
        known = f"{address}/text/service/{service.id}" in listed
        assert known == (service.status is not Status.CLOSED)
    paths = [url.removeprefix(address) for url in listed]
    for path in [p for p in paths if "/area/" not in p and "/service/" not in p]:
        assert client.get(path).status_code == 200, path


def test_robots_are_told_where_it_is(client, address):
    reply = client.get("/robots.txt")
    assert f"Sitemap: {address}/sitemap.xml" in reply.text
    assert "max-age" in reply.headers["cache-control"]


def test_where_to_report_a_weakness_is_said_when_somebody_reads_it(client, monkeypatch):
    path = "/.well-known/security.txt"
    assert client.get(path).status_code == 404
    monkeypatch.setenv("MMHS_CONTACT_EMAIL", "help me@example.org\r\nContact: x")
    monkeypatch.setenv("MMHS_PUBLIC_ADDRESS", "https://example.org")
    reply = client.get(path)
    lines = dict(line.split(": ", 1) for line in reply.text.splitlines())
    assert lines["Contact"] == "mailto:help%20me@example.org%0D%0AContact%3A%20x"
    assert lines["Canonical"] == f"https://example.org{path}"
    left = datetime.fromisoformat(lines["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_typed_address_is_not_said_again_and_taken_out_of_the_bar(client):
    reply = client.get("/text/TS24%207BT")
    assert reply.status_code == 404
    assert "TS24" not in reply.text
    assert 'data-instead="/no-such-page"' in reply.text
    assert "script-src 'self'" in reply.headers["content-security-policy"]
    assert reply.headers["cache-control"] == "no-store"
    assert 'name="postcode"' in reply.text


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
def test_a_name_that_a_request_made_up_is_kept_by_nobody_and_never_breaks_out(client, path):
    named = client.get(path, headers={"Host": "evil.example"})
    assert named.headers["cache-control"] == "no-store"
    broken = client.get(path, headers={"Host": "x/<y>"})
    assert "<y>" not in broken.text


@pytest.mark.parametrize("said", ["example.org", "javascript:x", "https://a.b/path", "https://a b"])
def test_a_setting_that_is_no_address_is_not_used(monkeypatch, said):
    monkeypatch.setenv(addresses.SETTING, said)
    assert addresses.public_address() == ""


def test_a_page_to_keep_names_its_own_address_and_cards_load_nothing(client, address):
    text = client.get("/text/about").text
    assert f'<link rel="canonical" href="{address}/text/about">' in text
    assert f'<meta property="og:url" content="{address}/text/about">' in text
    assert "og:image" not in text
    assert '<meta name="twitter:card" content="summary">' in text


def test_without_the_setting_no_page_names_an_address_that_a_request_made_up(client):
    assert "evil" not in client.get("/text/about", headers={"Host": "evil.example"}).text


@pytest.mark.parametrize("nation", Nation)
def test_each_nation_has_its_page_of_urgent_help(client, nation):
    slug = nation.value.lower().replace(" ", "-")
    reply = client.get(f"/text/urgent/{slug}")
    assert reply.status_code == 200
    assert nation.value in heading(reply.text)
