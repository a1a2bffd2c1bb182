"""Maps of an answer: complete, small, ours alone, and safe with any text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import streamlit_folium

from mmhs_finder.answers.types import Answer, Match, Outcome
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Area,
    Audience,
    Certainty,
    Confidence,
    LocationKind,
    PhoneStatus,
    Service,
    ServiceKind,
    Status,
    Town,
    YesNo,
)
from mmhs_finder.hours import Opening
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.render.maps import answer as maps
from mmhs_finder.render.maps.leaflet import FinderMap, inert, js_text
from mmhs_finder.render.maps.pins import clicked_service, pins
from mmhs_finder.render.maps.signs import NEARBY_SIGN, PLACE, PRIMARY, SIGNS, TEXT, WATER, sign_svg
from mmhs_finder.render.static import FILES, app_file_url
from mmhs_finder.views.answer import AnswerView, answer_view
from mmhs_finder.words import say

DATA = Path(__file__).parents[3] / "data"
HOSTILE = "<script>alert(1)</script> `${alert(2)}` \"q\" 'a' {{ 7 * 7 }} {% x %} \\u0041 </script>"
OUTSIDE = re.compile(r"(?:https?:)?//[a-z0-9{]", re.IGNORECASE)


def area(code: str, name: str) -> Area:
    return Area(code=code, name=name, region="South East", icb_2026_code="E54", icb_2026="NHS Kent")


CANTERBURY = area("E07000106", "Canterbury")
DOVER = area("E07000108", "Dover")
SURREY = area("E07000211", "Reigate and Banstead")
HASTINGS = area("E07000062", "Hastings")


def service(key: str, kind: ServiceKind = ServiceKind.MMHS, **more: object) -> Service:
    fields: dict[str, object] = {
        "id": key,
        "kind": kind,
        "name": f"Service {key}",
        "provider": "Kent Trust",
        "status": Status.OPEN,
        "location_kind": LocationKind.SERVICE_BASE,
        "self_referral": YesNo.YES,
        "read": "whole",
        "checked_on": date(2026, 11, 22),
        "confidence": Confidence.HIGH,
    }
    return Service.model_validate(fields | more)


def match(row: Service, **more: object) -> Match:
    return replace(Match(row, Opening(), Certainty.STATED, areas=(CANTERBURY,)), **more)  # type: ignore[arg-type]


class FakeDirectory:
    """Two services with areas, and two towns."""

    towns = (
        Town(name="Canterbury", lat=51.28, lon=1.08, rank=1, outward_code="CT1"),
        Town(name="Dover {{ 7 * 7 }}", lat=51.13, lon=1.31, rank=2, outward_code="CT16"),
    )

    def areas_of(self, service_id: str) -> Iterable[tuple[Area, Certainty]]:
        served = {"own": (CANTERBURY, DOVER), "next": (HASTINGS,)}
        return [(a, Certainty.STATED) for a in served.get(service_id, ())]


def answer(**more: object) -> AnswerView:
    place = Place(
        label="CT1 3NG",
        precision=Precision.POSTCODE,
        nation=Nation.ENGLAND,
        postcode="CT1 3NG",
        lat=51.2756,
        lon=1.0765,
        areas=(CANTERBURY,),
        council_code=CANTERBURY.code,
        council="Canterbury",
    )
    own = match(service("own"), lat=51.27, lon=1.09)
    base = Answer(place, (), Outcome.ONE_SERVICE, datetime(2026, 11, 22, tzinfo=UTC), mmhs=(own,))
    return answer_view(replace(base, **more))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shapes() -> AreaShapes:
    return AreaShapes(json.loads((DATA / "areas_detail.geojson").read_text(encoding="utf-8")))


def rendered(asked: Answer, shapes: AreaShapes, *, streets: bool = False) -> str:
    m = maps.result_map(asked, shapes, FakeDirectory(), streets=streets)
    return str(m.get_root().render())


def component_script(asked: Answer, shapes: AreaShapes) -> str:
    """The script that reaches the browser through streamlit-folium."""
    m = maps.result_map(asked, shapes, FakeDirectory())
    m.get_root().render()
    return str(streamlit_folium._get_map_string(m))


def all_kinds() -> AnswerView:
    others = [
        match(service(kind.value, kind), lat=51.3 + i / 100, lon=1.0)
        for i, kind in enumerate(ServiceKind)
        if kind is not ServiceKind.MMHS
    ]
    office = match(service("office", ServiceKind.COUNSELLING), office_lat=51.2, office_lon=0.9)
    nearby = match(service("next"), certainty=None, areas=(HASTINGS,), lat=50.86, lon=0.57)
    return answer(alternatives=(*others, office), neighbours=(nearby,))


# --- nothing from elsewhere -----------------------------------------------------------------------


def test_without_streets_no_address_of_another_host(shapes: AreaShapes) -> None:
    html = rendered(all_kinds(), shapes).replace("http://www.w3.org/2000/svg", "")
    assert not OUTSIDE.search(html)
    assert 'src="/assets/leaflet/leaflet.js' in html
    assert 'src="/assets/jquery/jquery.min.js' in html
    assert f'src="{app_file_url("map.js")}"' in html
    assert f'href="{app_file_url("map.css")}"' in html


@pytest.mark.parametrize("name", ["map.js", "map.css", "coverage.js"])
def test_our_script_and_style_sheet_name_no_other_host(name: str) -> None:
    text = (FILES / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|@import|url\((?!#)|[\"'(]//", text)


def test_the_map_gives_its_style_sheet_every_colour_it_asks_for(shapes: AreaShapes) -> None:
    html = rendered(answer(), shapes)
    text = (FILES / "map.css").read_text(encoding="utf-8")
    own = set(re.findall(r"(--\w+):", text))
    asked = set(re.findall(r"var\((--\w+)\)", text)) - own
    assert asked == {"--water", "--text", "--primary"}
    for name, colour in (("--water", WATER), ("--text", TEXT), ("--primary", PRIMARY)):
        assert f"{name}: {colour};" in html
    assert not {WATER, TEXT, PRIMARY} & set(re.findall(r"#[0-9A-F]{6}", text.upper()))


def test_with_streets_only_openstreetmap_and_its_credit(shapes: AreaShapes) -> None:
    html = rendered(all_kinds(), shapes, streets=True).replace("http://www.w3.org/2000/svg", "")
    hosts = set(re.findall(r"https?://([a-z0-9.{}]+)", html))
    assert hosts == {"tile.openstreetmap.org", "www.openstreetmap.org"}
    assert "contributors" in html
    assert '"referrerPolicy": "strict-origin"' in html


def test_the_view_is_set_before_tiles_are_asked_for(shapes: AreaShapes) -> None:
    html = rendered(answer(), shapes, streets=True)
    assert html.index(".fitBounds(") < html.index("L.tileLayer(")


def test_folium_itself_keeps_its_own_settings() -> None:
    import folium

    assert folium.Map.default_js is not FinderMap.default_js


def test_the_page_may_be_enlarged(shapes: AreaShapes) -> None:
    assert "user-scalable" not in rendered(answer(), shapes)


@pytest.mark.parametrize("code", ["E06000065-R", "E06000013", "E06000049", "E09000012"])
def test_payload_stays_small_for_the_widest_areas(
    shapes: AreaShapes, directory: Directory, code: str
) -> None:
    ring = shapes.neighbours(code)

    class Wide:
        """One service for an area and all those around it, and another for each of them."""

        towns = directory.towns

        def areas_of(self, key: str) -> Iterable[tuple[Area, Certainty]]:
            codes = (code, *ring) if key == "own" else (key,)
            return [(directory.areas[c], Certainty.STATED) for c in codes]

    place = Place("x", Precision.COUNCIL, Nation.ENGLAND, areas=(directory.areas[code],))
    nearby = tuple(match(service(other), certainty=None) for other in sorted(ring))
    asked = answer(place=place, mmhs=(match(service("own")),), neighbours=nearby)
    m = maps.result_map(asked, shapes, Wide())
    assert len(m.get_root().render().encode()) < 300_000


# --- complete -------------------------------------------------------------------------------------


def test_every_service_with_a_location_is_on_the_map(shapes: AreaShapes) -> None:
    asked = all_kinds()
    html = rendered(asked, shapes)
    for one in asked.every_service:
        assert one.name in html
    drawn = {s.id for pin in pins(asked) for s in pin.services}
    assert drawn == {s.id for s in asked.every_service}


def test_a_head_office_looks_different_and_says_so(shapes: AreaShapes) -> None:
    office = match(service("own"), office_lat=51.2, office_lon=0.9)
    (pin,) = pins(answer(mmhs=(office,)))
    assert pin.office
    assert pin.title == "Head office of Kent Trust. Not a place to visit."
    html = rendered(answer(mmhs=(office,)), shapes)
    assert "Not a place to visit." in html
    assert sign_svg(SIGNS[ServiceKind.MMHS], 36).split(">")[1][6:20] not in html


def test_a_service_with_a_base_is_not_drawn_at_its_head_office() -> None:
    both = match(service("own"), lat=51.3, lon=1.0, office_lat=51.2, office_lon=0.9)
    (pin,) = pins(answer(mmhs=(both,)))
    assert (pin.lat, pin.lon, pin.office) == (51.3, 1.0, False)


def test_services_of_one_head_office_share_its_sign() -> None:
    first = match(service("own"), office_lat=51.2, office_lon=0.9)
    second = match(service("two", ServiceKind.PERINATAL_TEAM), office_lat=51.2, office_lon=0.9)
    (pin,) = pins(answer(mmhs=(first,), alternatives=(second,)))
    assert [s.id for s in pin.services] == ["own", "two"]


def test_a_service_without_a_location_has_no_sign() -> None:
    assert pins(answer(mmhs=(match(service("own")),))) == ()


def test_signs_differ_by_more_than_colour() -> None:
    signs = [*SIGNS.values(), NEARBY_SIGN]
    assert set(SIGNS) == set(ServiceKind)
    assert len({(s.letters, s.shape) for s in signs}) == len(signs)
    assert len({s.letters for s in signs}) == len(signs)


# --- clicks ---------------------------------------------------------------------------------------


def test_a_click_tells_services_in_the_same_place_apart() -> None:
    here = [
        match(service(f"s{i}", ServiceKind.BEREAVEMENT, name="Same name"), lat=51.2, lon=1.0)
        for i in range(4)
    ]
    asked = answer(mmhs=(), alternatives=tuple(here))
    found = [clicked_service(asked, {"lat": pin.lat, "lng": pin.lon}) for pin in pins(asked)]
    assert found == ["s0", "s1", "s2", "s3"]


@pytest.mark.parametrize("click", [None, {}, {"lat": 51.2756, "lng": 1.0765}])
def test_a_click_on_anything_else_is_no_service(click: dict[str, float] | None) -> None:
    assert clicked_service(answer(), click) is None


# --- any text is only text ------------------------------------------------------------------------


def test_hostile_text_stays_text(shapes: AreaShapes) -> None:
    bad = service("own", name=HOSTILE, provider=HOSTILE)
    office = service("office", ServiceKind.COUNSELLING, name=HOSTILE, provider=HOSTILE)
    named = HASTINGS.model_copy(update={"name": HOSTILE})
    nearby = match(service("next", name=HOSTILE), areas=(named,), lat=50.86, lon=0.57)
    asked = answer(
        place=replace(answer().place, label=HOSTILE),
        mmhs=(match(bad, lat=51.2, lon=1.0),),
        alternatives=(match(office, office_lat=51.2, office_lon=0.9),),
        neighbours=(nearby,),
    )
    for script in (rendered(asked, shapes), component_script(asked, shapes)):
        assert "alert(1)" in script  # it is there, as text
        assert "<script>alert" not in script
        assert "${alert" not in script
        assert "`$" not in script.replace("$(`", "")
        assert "49" not in re.findall(r"alert\(2\).{0,120}", script, re.DOTALL)
        assert "Dover 49" not in script
    page = maps.legend_html(asked)
    assert "<script" not in page


def test_inert_text_has_nothing_left_to_run() -> None:
    assert not set("<>\"'`$\\{}") & set(inert(HOSTILE))
    literal = js_text([HOSTILE, 1.5])
    assert not set("<>&'`${}%") & set(literal)
    assert json.loads(literal) == [HOSTILE, 1.5]


# --- what a parent may read -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, True),
        ({"phone_audience": Audience.PROFESSIONAL}, False),
        ({"phone_status": PhoneStatus.CHECK}, False),
        ({"self_referral": YesNo.NO}, True),  # as on the card: it is there for the public
        ({"status": Status.UNKNOWN}, False),
    ],
)
def test_only_a_number_for_parents_is_shown(
    shapes: AreaShapes, changes: dict[str, object], shown: bool
) -> None:
    phone = {
        "phone": "01227 000000",
        "phone_audience": Audience.PUBLIC,
        "phone_status": PhoneStatus.CONFIRMED,
    }
    row = service("own", **(phone | changes))
    html = rendered(answer(mmhs=(match(row, lat=51.2, lon=1.0),)), shapes)
    assert ("01227 000000" in html) is shown


# --- places and legend ----------------------------------------------------------------------------


def test_an_outward_code_is_a_circle_and_a_council_has_no_dot(shapes: AreaShapes) -> None:
    here = answer().place
    assert "L.circle(" not in rendered(answer(), shapes)
    around = replace(here, precision=Precision.OUTWARD, label="CT1")
    assert "L.circle(" in rendered(answer(place=around), shapes)
    council = replace(here, precision=Precision.COUNCIL, lat=None, lon=None)
    html = rendered(answer(place=council), shapes)
    assert "L.circle(" not in html
    assert PLACE not in html


def test_the_legend_explains_what_is_drawn_and_nothing_else() -> None:
    words = [text for _, text in maps.legend(answer())]
    assert words == [
        "The place you asked for: CT1 3NG",
        "Maternal mental health service",
        "Area of your local service",
        "Outline of Canterbury",
        "Pale blue: the sea, or outside England",
    ]
    everything = {text for _, text in maps.legend(all_kinds())}
    assert {"Head office, not a place to visit", "Areas of services near you"} <= everything


def test_no_map_outside_england() -> None:
    scotland = Place("EH1 1YZ", Precision.POSTCODE, Nation.SCOTLAND, lat=55.95, lon=-3.19)
    assert not maps.has_map(answer(place=scotland))
    assert maps.has_map(answer())


def test_an_area_with_no_published_service_still_has_a_map(shapes: AreaShapes) -> None:
    asked = answer(mmhs=(), outcome=Outcome.NONE_PUBLISHED)
    html = rendered(asked, shapes)
    assert "Outline of Canterbury" in dict.fromkeys(t for _, t in maps.legend(asked))
    assert say("map.served", count=1) not in html
