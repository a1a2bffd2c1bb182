"""The geopy geocoder of api.postcodes.io. The network is never used: the adapter is a fake."""

from __future__ import annotations

import json
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

from mmhs_finder.postcodes import geocoders
from mmhs_finder.postcodes.geocoders import PostcodesIO, fallback_geocoder


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
