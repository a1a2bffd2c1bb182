"""Maps of an answer: complete, small, ours alone, and safe with any text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import folium
import pytest

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
    YesNo,
)
from mmhs_finder.hours import Opening
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.render.maps import answer as maps
from mmhs_finder.render.maps.frame import frame_page
from mmhs_finder.render.maps.leaflet import FinderMap
from mmhs_finder.render.maps.pins import pins
from mmhs_finder.render.maps.signs import EXAMPLE_SIGN, NEARBY_SIGN, SIGNS, symbols_svg
from mmhs_finder.render.static import FILES
from mmhs_finder.views.answer import AnswerView, answer_view

DATA = Path(__file__).parents[3] / "data"
HOSTILE = "<script>alert(1)</script> `${alert(2)}` \"q\" 'a' {{ 7 * 7 }} {% x %} \\u0041 </script>"


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
    """Two services with areas."""

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


URL = "/assets/shapes/detail?v=1"


def drawn(asked: AnswerView, shapes: AreaShapes) -> dict[str, Any]:
    """The map as it is sent: JSON data, written and read again."""
    made = maps.result_map(asked, shapes, FakeDirectory(), URL).data()
    return dict(json.loads(json.dumps(made)))


def layers(data: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    return [layer for layer in data["layers"] if layer["type"] == kind]


def signs(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [sign for layer in layers(data, "signs") for sign in layer["signs"]]


def all_kinds() -> AnswerView:
    others = [
        match(service(kind.value, kind), lat=51.3 + i / 100, lon=1.0)
        for i, kind in enumerate(ServiceKind)
        if kind is not ServiceKind.MMHS
    ]
    office = match(service("office", ServiceKind.COUNSELLING), office_lat=51.2, office_lon=0.9)
    nearby = match(service("next"), certainty=None, areas=(HASTINGS,), lat=50.86, lon=0.57)
    return answer(alternatives=(*others, office), neighbours=(nearby,))


# --- the data ------------------------------------------------------------------------------------


def test_a_map_is_this_data_and_nothing_else(shapes: AreaShapes) -> None:
    assert drawn(answer(), shapes) == {
        "label": "Map of services for CT1 3NG. Arrow keys move it, plus and minus zoom.",
        "shapes": URL,
        "legend": True,
        "spread": True,
        "fills": False,
        "reports": True,
        "view": [[51.0981, 0.9504], [51.3799, 1.4055]],
        "zoom": 12,
        "switches": True,
        "layers": [
            {
                "type": "areas",
                "kind": "served",
                "name": "Area of your local service",
                "groups": [["E07000106", "E07000108"]],
            },
            {
                "type": "areas",
                "kind": "place",
                "name": "Outline of Canterbury",
                "groups": [["E07000106"]],
            },
            {"type": "place", "name": "The place you asked for: CT1 3NG", "at": [51.2756, 1.0765]},
            {
                "type": "signs",
                "name": "Maternal mental health service",
                "sign": "mmhs",
                "size": 36,
                "drop": True,
                "signs": [
                    {
                        "id": "own",
                        "at": [51.27, 1.09],
                        "title": "Service own (Maternal mental health service)",
                        "rank": 1,
                        "text": {
                            "head": "Service own",
                            "lines": [
                                "Maternal mental health service",
                                "Kent Trust",
                                f"{answer().services[0].contact_heading}.",
                            ],
                        },
                    }
                ],
            },
            {"type": "names", "name": "Names of places", "back": 0, "councils": True},
            {
                "type": "streets",
                "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
                "zoom": 18,
                "referrerPolicy": "strict-origin",
            },
        ],
    }


def test_a_part_of_folium_that_the_script_does_not_draw_is_refused(shapes: AreaShapes) -> None:
    m = maps.result_map(answer(), shapes, FakeDirectory(), URL)
    folium.GeoJson({"type": "FeatureCollection", "features": []}).add_to(m)
    with pytest.raises(TypeError, match="GeoJson"):
        m.data()


def test_every_layer_is_one_that_the_script_knows(shapes: AreaShapes) -> None:
    script = (FILES / "map.js").read_text(encoding="utf-8")
    kinds = {layer["type"] for layer in drawn(all_kinds(), shapes)["layers"]} | {"values", "around"}
    assert {kind for kind in kinds if f'"{kind}"' not in script} == set()


# --- nothing from elsewhere -----------------------------------------------------------------------


def test_the_tiles_are_the_only_address_of_another_host(shapes: AreaShapes) -> None:
    text = json.dumps(drawn(all_kinds(), shapes))
    assert re.findall(r"//([a-z0-9.{]+)", text) == ["tile.openstreetmap.org"]
    page = frame_page().replace("http://www.w3.org/2000/svg", "")
    assert set(re.findall(r"//([a-z0-9.{]+)", page)) == {"www.openstreetmap.org"}


def test_folium_itself_keeps_its_own_settings() -> None:
    assert folium.Map in FinderMap.__mro__
    assert "cdn" in str(folium.Map.default_js)


# --- complete and small ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["E06000065-R", "E06000013", "E06000049", "E09000012"])
def test_the_data_stays_small_for_the_widest_areas(
    shapes: AreaShapes, directory: Directory, code: str
) -> None:
    ring = shapes.neighbours(code)

    class Wide:
        """One service for an area and all those around it, and another for each of them."""

        def areas_of(self, key: str) -> Iterable[tuple[Area, Certainty]]:
            codes = (code, *ring) if key == "own" else (key,)
            return [(directory.areas[c], Certainty.STATED) for c in codes]

    place = Place("x", Precision.COUNCIL, Nation.ENGLAND, areas=(directory.areas[code],))
    nearby = tuple(match(service(other), certainty=None) for other in sorted(ring))
    asked = answer(place=place, mmhs=(match(service("own")),), neighbours=nearby)
    made = maps.result_map(asked, shapes, Wide(), URL).data()
    assert len(json.dumps(made)) < 8_000


def test_every_service_with_a_location_is_on_the_map(shapes: AreaShapes) -> None:
    asked = all_kinds()
    shown = drawn(asked, shapes)
    assert {s["id"] for s in signs(shown)} == {s.id for s in asked.every_service}
    assert [s["rank"] for s in signs(shown)] == list(range(1, len(signs(shown)) + 1))
    for one in asked.every_service:
        assert one.name in json.dumps(signs(shown))


def test_a_head_office_looks_different_and_says_so(shapes: AreaShapes) -> None:
    office = match(service("own"), office_lat=51.2, office_lon=0.9)
    (pin,) = pins(answer(mmhs=(office,)))
    assert pin.office
    assert pin.title == "Head office of Kent Trust. Not a place to visit."
    (layer,) = layers(drawn(answer(mmhs=(office,)), shapes), "signs")
    assert layer["sign"] == "office"
    (sign,) = layer["signs"]
    assert sign["text"]["head"] == pin.title
    assert "call" not in sign["text"]


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


def test_signs_differ_by_more_than_colour_and_each_is_drawn_once() -> None:
    known = [*SIGNS.values(), NEARBY_SIGN, EXAMPLE_SIGN]
    assert set(SIGNS) == set(ServiceKind)
    assert len({s.shape for s in known}) >= len(known) - 1  # an MMHS near has its shape
    assert len({s.letters for s in known}) == len(known)
    drawings = re.findall(r'id="sign-([\w]+)"', symbols_svg())
    assert len(drawings) == len(set(drawings))
    assert {kind.value for kind in ServiceKind} | {
        "nearby",
        "example",
        "office",
        "place",
        "around",
    } == set(drawings)


# --- any text is only text ------------------------------------------------------------------------


def test_hostile_text_is_sent_as_it_is_and_never_as_html(shapes: AreaShapes) -> None:
    """The script puts it on the map as text: what it does with it is tested in a browser."""
    bad = service("own", name=HOSTILE, provider=HOSTILE)
    asked = answer(
        place=replace(answer().place, label=HOSTILE), mmhs=(match(bad, lat=51.2, lon=1.0),)
    )
    (sign,) = signs(drawn(asked, shapes))
    assert sign["text"]["head"] == HOSTILE
    assert HOSTILE in sign["title"]
    for name in ("map.js", "map_shapes.js", "map_signs.js", "coverage.js", "frame.js"):
        script = (FILES / name).read_text(encoding="utf-8")
        # Only to write a name as Leaflet wants it, escaped.
        assert re.findall(r".*innerHTML.*", script) == (
            ['          control[element("span", "", l.name).innerHTML] = on;']
            if name == "map.js"
            else []
        )


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
    (sign,) = signs(drawn(answer(mmhs=(match(row, lat=51.2, lon=1.0),)), shapes))
    call = ["Call", "tel:01227000000", "01227 000000"]
    assert sign["text"].get("call") == (call if shown else None)
    assert ("01227 000000" in json.dumps(sign)) is shown


# --- places ---------------------------------------------------------------------------------------


def test_an_outward_code_is_a_circle_and_a_council_has_no_dot(shapes: AreaShapes) -> None:
    here = answer().place

    def marks(place: Place) -> list[dict[str, Any]]:
        data = drawn(answer(place=place), shapes)
        return [*layers(data, "place"), *layers(data, "around")]

    assert [m["type"] for m in marks(here)] == ["place"]
    (circle,) = marks(replace(here, precision=Precision.OUTWARD, label="CT1"))
    assert (circle["name"], circle["radius"]) == ("Around CT1", 4000)
    assert marks(replace(here, precision=Precision.COUNCIL, lat=None, lon=None)) == []


def test_areas_of_services_near_are_not_drawn_over_the_own(shapes: AreaShapes) -> None:
    data = drawn(all_kinds(), shapes)
    served, near, place = layers(data, "areas")
    assert [served["kind"], near["kind"], place["kind"]] == ["served", "near", "place"]
    assert near["groups"] == [["E07000062"]]


def test_no_map_outside_england() -> None:
    scotland = Place("EH1 1YZ", Precision.POSTCODE, Nation.SCOTLAND, lat=55.95, lon=-3.19)
    assert not maps.has_map(answer(place=scotland))
    assert maps.has_map(answer())


def test_an_area_with_no_published_service_still_has_a_map(shapes: AreaShapes) -> None:
    asked = answer(mmhs=(), outcome=Outcome.NONE_PUBLISHED)
    assert [layer["name"] for layer in layers(drawn(asked, shapes), "areas")] == [
        "Outline of Canterbury"
    ]
