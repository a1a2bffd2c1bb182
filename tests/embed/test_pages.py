"""What the page gives to copy, what the frame holds, and what comes of anything asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.embedding import EMBED_HOSTS
from mmhs_finder.channels.text.addresses import SETTING
from mmhs_finder.directory import Directory
from mmhs_finder.directory.named import area_words
from mmhs_finder.render.html.pages.embedding import embed_document, form_html, frame_html
from mmhs_finder.views.embedding import EmbedTarget, embed_form_view
from mmhs_finder.words import say
from tests.embed.conftest import CANTERBURY, HUB, SITE, Whole, codes
from tests.made_up.standing import PATH, outside, standing_below
from tests.text.validator import problems

FORMS = ("/embed", "/embed/form")
WINDOWS = {"top": "_top", "new": "_blank"}


class Elements(HTMLParser):
    """Every element of a piece of HTML, by its name, with what stands in its tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.found if name == tag]

    def one(self, tag: str) -> dict[str, str]:
        (attrs,) = self.all(tag)
        return attrs


def visible(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


@pytest.mark.parametrize("target", ["top", "new"])
@pytest.mark.parametrize("area", ["", CANTERBURY])
def test_the_form_leads_to_our_answer_and_to_nothing_else(
    client: TestClient, target: str, area: str
) -> None:
    page = client.get("/embed", params={"target": target, **({"area": area} if area else {})})
    code, _ = codes(page.text)
    form = Elements(code)
    sent = form.one("form")
    assert (sent["method"], sent["action"]) == ("post", f"{SITE}/text/")
    assert sent["target"] == WINDOWS[target]
    assert set(sent["rel"].split()) == {"noopener", "noreferrer"}
    hidden = [i for i in form.all("input") if i.get("type") == "hidden"]
    assert [(i["name"], i["value"]) for i in hidden] == ([("council", area)] if area else [])
    (box,) = (i for i in form.all("input") if i.get("type") == "text")
    assert (box["name"], box["autocomplete"]) == ("postcode", "postal-code")
    assert "value" not in box
    assert form.one("label")["for"] == box["id"]
    assert f'<p id="{box["aria-describedby"]}">' in code
    assert say("find.postcode_label") in code
    assert ("Canterbury" in code) == bool(area)
    assert 'href="tel:999"' in code[: code.index("<form")]
    assert say("find.intro") in code


@pytest.mark.parametrize("target", ["top", "new"])
def test_nothing_in_the_code_runs_loads_or_follows(client: TestClient, target: str) -> None:
    page = client.get("/embed", params={"target": target, "area": CANTERBURY}).text
    for code in codes(page):
        held = Elements(code)
        names = {name for name, _ in held.found}
        assert names <= {"p", "strong", "a", "form", "input", "label", "button", "iframe"}
        for name, attrs in held.found:
            assert not {n for n in attrs if n.startswith("on") or n in ("srcdoc", "class")}
            assert attrs.get("style") == ("width:100%" if name == "iframe" else None)
        leads = [a["href"] for a in held.all("a")]
        assert all(one.startswith((f"{SITE}/text/", "tel:")) for one in leads)
        out = [a for a in held.all("a") if not a["href"].startswith("tel:")]
        assert all(a["target"] == WINDOWS[target] for a in out)
        assert all("noreferrer" in a["rel"] and "noopener" in a["rel"] for a in out)


def test_the_frame_holds_the_form_and_tells_nobody_where_it_stands(client: TestClient) -> None:
    _, code = codes(client.get("/embed", params={"target": "new", "area": CANTERBURY}).text)
    frame = Elements(code).one("iframe")
    assert frame["src"] == f"{SITE}/embed/form?area={CANTERBURY}&target=new"
    assert frame["title"] == say("find.title")
    assert frame["referrerpolicy"] == "no-referrer"
    document = client.get(frame["src"].removeprefix(SITE))
    assert document.status_code == 200
    held = Elements(document.text)
    assert held.one("form")["target"] == "_blank"
    assert held.one("base") == {"target": "_top"}
    assert not held.all("script") and not held.all("iframe") and not held.all("nav")
    assert [one["rel"] for one in held.all("link")] == ["icon", "stylesheet"]
    assert "set-cookie" not in document.headers
    assert 'href="tel:999"' in document.text


@pytest.mark.parametrize("target", ["top", "new"])
def test_what_is_shown_is_what_is_copied(client: TestClient, target: str) -> None:
    page = client.get("/embed", params={"target": target, "area": CANTERBURY}).text
    form, _ = codes(page)
    assert form.replace(SITE, "") in page
    assert f'src="/embed/form?area={CANTERBURY}&amp;target={target}"' in page
    assert f'<option value="{CANTERBURY}" selected>' in page
    assert re.search(rf'value="{target}" checked', page)


def test_every_area_can_be_set_and_is_named(application: Application, directory: Directory) -> None:
    strip = application.urgent_strips[None]
    for code, area in directory.areas.items():
        form = str(form_html(embed_form_view(strip, EmbedTarget.TOP, area), SITE))
        assert f'name="council" value="{code}"' in form
        assert area_words(area.name).replace("'", "&#39;") in form


def test_a_name_that_is_markup_stays_text(application: Application, directory: Directory) -> None:
    area = replace_name(directory, '"><script>alert(1)</script>')
    view = embed_form_view(application.urgent_strips[None], EmbedTarget.NEW, area)
    for html in (form_html(view, SITE), frame_html(view, SITE), embed_document(view)):
        assert "<script" not in html


def replace_name(directory: Directory, name: str):  # type: ignore[no-untyped-def]
    area = directory.areas[CANTERBURY]
    return (
        area.model_copy(update={"name": name})
        if hasattr(area, "model_copy")
        else replace(area, name=name)
    )


HOSTILE = [
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%22%3E%3Cimg%20src=x%3E",
    "E07000106%22%20onload=%22x",
    "CT1%203NG",
    "e07000106",
    "%0d%0aX:%201",
    "%00",
    "../../etc",
    "x" * 1500,
]


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_no_area_is_taken_out_and_said_in_words(
    client: TestClient, path: str, typed: str
) -> None:
    led = client.get(f"{path}?area={typed}&target=new")
    assert (led.status_code, led.headers["cache-control"]) == (303, "no-store")
    assert sorted(led.headers["location"].partition("?")[2].split("&")) == [
        "area=unknown",
        "target=new",
    ]
    page = client.get(led.headers["location"])
    assert page.status_code == 200
    words = say("embed_page.unknown") if path == "/embed" else say("embed.unknown_council")
    assert words in page.text
    assert 'name="council"' not in page.text


@pytest.mark.parametrize("path", FORMS)
def test_an_area_that_there_is_not_any_more_is_none(client: TestClient, path: str) -> None:
    page = client.get(f"{path}?area=E99999999")
    assert page.status_code == 200
    assert "E99999999" not in page.text and "unknown" not in page.text
    assert 'name="council"' not in page.text and 'name="postcode"' in page.text


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("query", ["postcode=CT1+3NG", "target=frame", "need=loss", "x=1", "area="])
def test_nothing_else_can_be_asked_for(client: TestClient, path: str, query: str) -> None:
    led = client.get(f"{path}?{query}")
    assert (led.status_code, led.headers["location"]) == (303, path)


@pytest.mark.parametrize(
    ("typed", "to"),
    [
        ("/Embed", "/embed"),
        ("/embed.html", "/embed"),
        ("/embed/", "/embed"),
        ("/Embed/Form/?area=E07000106&x=1", "/embed/form?area=E07000106"),
    ],
)
def test_an_address_that_is_nearly_right_leads_there(
    client: TestClient, typed: str, to: str
) -> None:
    led = client.get(typed)
    assert (led.status_code, led.headers["location"]) == (308, to)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_both_can_only_be_opened(client: TestClient, path: str, method: str) -> None:
    assert client.request(method, path).status_code == 405
    assert client.head(path).status_code == 200


# --- who says where we are ------------------------------------------------------------------------


def test_without_a_public_address_the_name_is_that_of_the_request_and_nobody_keeps_it(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "public" in whole().get("/embed").headers["cache-control"]
    monkeypatch.delenv(SETTING)
    page = whole().get("/embed", headers={"Host": "hub.test:8000"})
    assert Elements(codes(page.text)[0]).one("form")["action"] == "https://hub.test:8000/text/"
    assert page.headers["cache-control"] == "no-store"
    broken = whole().get("/embed", headers={"Host": 'x"><script>'})
    assert broken.status_code == 400
    assert "<script>" not in broken.text


def test_below_a_path_everything_stays_there(whole: Whole) -> None:
    with standing_below():
        client = whole()
        page = client.get("embed", params={"area": CANTERBURY})
        assert outside(page.text) == []
        form, frame = codes(page.text)
        assert Elements(form).one("form")["action"] == f"{SITE}{PATH}/text/"
        assert Elements(frame).one("iframe")["src"].startswith(f"{SITE}{PATH}/embed/form?")
        document = client.get("embed/form")
        assert outside(document.text) == []
        assert document.headers["content-security-policy"].endswith("frame-ancestors 'self'")


def test_whose_site_may_frame_it_is_said(whole: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMHS_CONTACT_EMAIL", "hello@example.org")
    closed = visible(whole().get("/embed").text)
    assert say("embed_page.frame_none") in closed and "hello@example.org" in closed
    monkeypatch.setenv(EMBED_HOSTS, HUB)
    opened = visible(whole().get("/embed").text)
    assert say("embed_page.frame_none") not in opened
    assert HUB not in opened


def test_the_page_is_led_to_from_the_page_about_the_site(client: TestClient) -> None:
    assert f'<a href="/embed">{say("embed_page.title")}</a>' in client.get("/text/about").text


def test_all_of_it_is_valid_html(client: TestClient, tmp_path) -> None:
    asked = {"target": "new", "area": CANTERBURY}
    page = client.get("/embed", params=asked).text
    around = (
        '<!DOCTYPE html><html lang="en-GB"><head><title>Hub</title></head><body>{}</body></html>'
    )
    form, frame = codes(page)
    pages = {
        "page": page,
        "unknown": client.get("/embed?area=unknown").text,
        "document": client.get("/embed/form", params=asked).text,
        "document-unknown": client.get("/embed/form?area=unknown").text,
        "hub-form": around.format(form),
        "hub-frame": around.format(frame),
    }
    assert problems(pages, tmp_path) == []
