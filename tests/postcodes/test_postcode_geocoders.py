"""The geopy geocoders. The network is never used: the adapter is a fake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import (
    GeocoderParseError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
)
from geopy.point import Point

from mmhs_finder.postcodes import geocoders
from mmhs_finder.postcodes.geocoders import IndexGeocoder, PostcodesIO, fallback_geocoder
from mmhs_finder.postcodes.index import open_index
from mmhs_finder.postcodes.sources import TableSource

TABLE = (
    ("CT1 2EH", 615146.0, 157812.0, "E07000106"),
    ("CT1 3NG", 615456.0, 156464.0, "E07000106"),
    ("JE2 3AB", None, None, "L99999999"),
)


@pytest.fixture
def local(tmp_path: Path) -> IndexGeocoder:
    return IndexGeocoder(open_index(path=tmp_path / "p.idx", source=TableSource(TABLE)))


def test_geocode(local: IndexGeocoder) -> None:
    location = local.geocode("ct12eh")
    assert location.address == "CT1 2EH"
    assert (location.latitude, location.longitude) == pytest.approx((51.2788, 1.0835), abs=1e-3)
    assert location.raw == {
        "postcode": "CT1 2EH",
        "precision": "postcode",
        "council": "E07000106",
        "nation": "England",
    }
    assert local.geocode("CT1", exactly_one=False)[0].raw["precision"] == "outward"


@pytest.mark.parametrize("text", ["Canterbury", "AB1 1AA", "JE2 3AB", "BT1 1AA", "BFPO 1", ""])
def test_geocode_gives_none_where_there_is_no_point(local: IndexGeocoder, text: str) -> None:
    assert local.geocode(text) is None
    assert local.geocode(text, exactly_one=False) is None


def test_reverse(local: IndexGeocoder) -> None:
    location = local.reverse((51.2789, 1.0836))
    assert location.raw["postcode"] == "CT1 2EH"
    assert location.raw["distance_km"] < 0.1
    assert local.reverse(Point(51.267, 1.087), exactly_one=False)[0].address == "CT1 3NG"
    assert local.reverse("48.85, 2.35") is None


class FakeAdapter(BaseSyncAdapter):
    """Answers with `answer` (an exception is raised) and remembers what was asked."""

    def __init__(self, answer: Any) -> None:
        super().__init__(proxies=None, ssl_context=None)
        self.answer = answer
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        return json.loads(self.get_text(url, timeout=timeout, headers=headers))

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        self.asked.append(url)
        self.headers = headers
        if isinstance(self.answer, Exception):
            raise self.answer
        return json.dumps(self.answer)


def online(answer: Any) -> tuple[PostcodesIO, FakeAdapter]:
    adapter = FakeAdapter(answer)
    return PostcodesIO(adapter_factory=lambda **_: adapter), adapter


FOUND = {
    "status": 200,
    "result": {
        "postcode": "CT1 3NG",
        "country": "England",
        "latitude": 51.2666,
        "longitude": 1.0871,
        "codes": {"admin_district": "E07000106"},
    },
}


def test_online_sends_the_postcode_and_nothing_else() -> None:
    geocoder, adapter = online(FOUND)
    location = geocoder.geocode("my postcode is ct1 3ng, my baby died")
    assert adapter.asked == ["https://api.postcodes.io/postcodes/CT13NG"]
    assert set(adapter.headers) == {"User-Agent"}
    assert location.raw == {
        "postcode": "CT1 3NG",
        "precision": "postcode",
        "council": "E07000106",
        "nation": "England",
    }
    assert geocoder.geocode("CT1 3NG", exactly_one=False)[0].latitude == 51.2666


@pytest.mark.parametrize("text", ["Canterbury", "CT1", "CT1 3", "BFPO 801", "", "my baby died"])
def test_online_sends_nothing_that_is_no_full_postcode(text: str) -> None:
    geocoder, adapter = online(FOUND)
    assert geocoder.geocode(text) is None
    assert adapter.asked == []


def http_error(status: int) -> AdapterHTTPError:
    return AdapterHTTPError("no", status_code=status, headers={}, text='{"error": "no"}')


def test_online_an_unknown_postcode_is_none() -> None:
    assert online(http_error(404))[0].geocode("CT1 9ZZ") is None


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        (http_error(429), GeocoderRateLimited),
        (http_error(402), GeocoderQuotaExceeded),
        (http_error(500), GeocoderServiceError),
        (http_error(504), GeocoderTimedOut),
        (GeocoderTimedOut("slow"), GeocoderTimedOut),
        ({"status": 200}, GeocoderParseError),
        ({"status": 200, "result": {"latitude": "x", "longitude": 1}}, GeocoderParseError),
        ([], GeocoderParseError),
        ("text", GeocoderParseError),
    ],
)
def test_online_failures_are_geopys_exceptions(answer: Any, raised: type[Exception]) -> None:
    with pytest.raises(raised) as caught:
        online(answer)[0].geocode("CT1 3NG")
    assert "CT13NG" not in str(caught.value)


def test_online_a_postcode_without_a_point_is_none() -> None:
    answer = {"status": 200, "result": {"postcode": "JE2 3AB", "latitude": None, "longitude": None}}
    assert online(answer)[0].geocode("JE2 3AB") is None


@pytest.mark.parametrize(
    ("value", "is_on"), [(None, False), ("", False), ("0", False), ("1", True)]
)
def test_the_fallback_is_off_unless_switched_on(
    monkeypatch: pytest.MonkeyPatch, value: str | None, is_on: bool
) -> None:
    monkeypatch.delenv(geocoders.SWITCH, raising=False)
    if value is not None:
        monkeypatch.setenv(geocoders.SWITCH, value)
    assert isinstance(fallback_geocoder(), PostcodesIO) is is_on
