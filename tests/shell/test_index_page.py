from __future__ import annotations

import re

from starlette.testclient import TestClient

from mmhs_finder.channels.shell.browser import COOKIE
from mmhs_finder.channels.shell.index_page import rewrite
from mmhs_finder.render.html.urgent import always_open_lines, urgent_section
from mmhs_finder.render.static import SAFE_PLACE
from mmhs_finder.words import say
from tests.shell.conftest import INDEX, STRIP


def test_language_title_and_description() -> None:
    page = rewrite(INDEX, STRIP)
    assert '<html lang="en-GB" data-home="/">' in page
    assert f"<title>{say('index.title')}</title>" in page
    assert page.count("<title>") == 1
    assert '<meta name="description"' in page
    assert page.lstrip().lower().startswith("<!doctype html>")


def test_the_way_out_comes_first_and_is_a_plain_link() -> None:
    page = rewrite(INDEX, STRIP)
    body = page[page.index("<body>") :]
    links = re.findall(r'<a [^>]*href="([^"]+)"', body)
    assert links[:2] == ["#main-content", SAFE_PLACE]
    assert body.count('id="main-content"') == 1, "also before the app, and without a script"
    assert 'rel="noreferrer nofollow"' in body
    assert body.index('id="leave"') < body.index('<div id="root">')


def test_nobody_is_told_where_somebody_came_from() -> None:
    page = rewrite(INDEX, STRIP)
    assert re.findall(r'<meta name="referrer" content="([^"]+)"', page) == ["no-referrer"]


def test_no_script_stands_in_the_page_itself() -> None:
    """The policy refuses inline scripts, so one that Streamlit adds later must show up here."""
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", rewrite(INDEX, STRIP)) == []


def test_numbers_and_words_without_javascript() -> None:
    page = rewrite(INDEX, STRIP)
    assert str(urgent_section(STRIP, "/text/urgent")) in page
    assert str(always_open_lines(STRIP)) in page
    assert 'href="tel:116123"' in page
    assert page.count("<h1>") == 1
    assert say("text_pages.simple_has") in page
    assert "Streamlit app can also offer" not in page


def test_before_the_app_is_there_a_search_leads_to_the_page_without_a_script() -> None:
    page = rewrite(INDEX, STRIP)
    form = re.search(r'<form id="first-search".*?</form>', page, re.DOTALL)
    assert form
    assert 'method="post" action="/text/"' in form[0]
    assert 'name="postcode"' in form[0]
    hides, words = re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert "#loading-words" in hides
    assert 'href="/text/"' in words


def test_what_the_app_needs_stands_behind_all_that_can_be_used_without_it() -> None:
    page = rewrite(INDEX, STRIP)
    head, body = page.split("<body>")
    assert re.findall(r'<link rel="stylesheet"[^>]*href="([^"?]+)', head)[-1] == "/assets/shell.css"
    assert re.findall(r'<script[^>]*src="([^"?]+)', head) == ["/assets/shell.js"]
    assert "preload" not in head
    usable = body.index("</form>")
    loads = [m.start() for m in re.finditer(r'<script|<link rel="(?:modulepreload|style)', body)]
    assert len(loads) > 10 and min(loads) > usable
    assert body.index("/assets/app.js") < body.index('type="module"'), "before what draws"


def test_html_that_is_not_the_shell_stays_as_it_is(client: TestClient) -> None:
    assert rewrite("<p>hello</p>", STRIP) == "<p>hello</p>"
    assert client.get("/text").text == "<p>the text page</p>"


def test_pages_are_never_stored_and_have_no_old_tag(client: TestClient) -> None:
    answer = client.get("/about", headers={"If-None-Match": '"old"'})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    assert say("index.title") in answer.text


def test_zipped_and_plain_pages_are_the_same(client: TestClient) -> None:
    zipped = client.get("/", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/", headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert zipped.text == plain.text
    assert int(plain.headers["content-length"]) == len(plain.content)


def test_asking_for_the_head_alone_gives_the_head_of_the_whole_page(client: TestClient) -> None:
    client.cookies.set(COOKIE, "n" * 43)  # else each is given another
    whole, head = client.get("/about"), client.head("/about")
    assert head.content == b""
    assert head.headers == whole.headers
    assert "etag" not in head.headers
