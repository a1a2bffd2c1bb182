"""The guide's examples as cards and as signs of the coverage map: hostile texts stay texts."""

from __future__ import annotations

from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.render.html.case_study import examples_html
from mmhs_finder.render.maps.coverage.examples import example_signs
from mmhs_finder.render.maps.leaflet import described
from mmhs_finder.views.case_study import CaseStudyView, case_study_views

HOSTILE = "<script>alert(1)</script> {0} \"q\" 'a'"


def square(code: str, west: float) -> dict[str, object]:
    east = west + 1
    ring = [[west, 52], [east, 52], [east, 53], [west, 53], [west, 52]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"properties": {"id": code, "lad": code, "name": code}, "geometry": geometry}


SHAPES = AreaShapes({"features": [square(code, west) for west, code in enumerate("abc")]})


def example(*codes: str) -> CaseStudyView:
    return CaseStudyView("x", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, codes)


def test_cards_have_every_text_of_every_example():
    html = str(examples_html(case_study_views()))
    assert html.count("<article") == len(case_study_views())
    assert "promising practice, not the best" in html


def test_texts_stay_texts():
    assert "<script" not in str(examples_html([example("a")]))


def test_no_example_is_said_and_not_left_blank():
    assert "None of the guide" in str(examples_html([]))


def test_a_sign_stands_inside_the_area_in_the_middle():
    (sign,) = described(example_signs([example("a", "b", "c")], SHAPES))["signs"]
    lat, lon = sign["at"]
    assert 52 < lat < 53
    assert 1 < lon < 2
    assert sign["text"]["lines"] == [HOSTILE, HOSTILE]
    assert "call" not in sign["text"]


def test_an_area_without_a_shape_has_no_sign():
    assert described(example_signs([example("z")], SHAPES))["signs"] == []
