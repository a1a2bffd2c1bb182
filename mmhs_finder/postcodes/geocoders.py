"""api.postcodes.io as a geopy geocoder, for postcodes newer than the index.

    location = PostcodesIO().geocode("CT1 2EH")        # over the network
    location.latitude, location.longitude, location.raw["council"]

Not for: postcodes that the index has (`PostcodeIndex.locate`), or places that are not postcodes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from geopy.exc import GeocoderParseError
from geopy.geocoders.base import DEFAULT_SENTINEL, NONE_RESULT, Geocoder
from geopy.location import Location

from mmhs_finder.postcodes.parsing import Postcode

SWITCH: Final = "MMHS_POSTCODES_IO"
"""Environment variable: "1" lets postcodes that the index does not know be sent to
api.postcodes.io."""


class PostcodesIO(Geocoder):  # type: ignore[misc]  # geopy has no types
    """geopy geocoder over api.postcodes.io (https://postcodes.io, Ideal Postcodes; ONS and OS open
    data).

    **What it sends, and to whom:** the full postcode, in the address of an HTTPS request, to
    api.postcodes.io, from the server (not the visitor's browser), with a user agent and nothing
    else: no need, no session, no visitor's address. The operator of that service can still see
    which postcodes this server asks for, so it is used only where the operator of the finder turned
    it on, and then should be named in the privacy page. Sectors, outward codes and forces numbers
    are never sent.

    `geocode` returns None for a postcode the service does not know, and raises geopy's own
    exceptions (`GeocoderTimedOut`, `GeocoderUnavailable`, `GeocoderRateLimited`,
    `GeocoderServiceError`, ...) otherwise.
    """

    def __init__(
        self,
        *,
        domain: str = "api.postcodes.io",
        timeout: Any = 3,
        user_agent: str = "mmhs-finder",
        adapter_factory: Callable[..., Any] | None = None,
        **options: Any,
    ) -> None:
        """`timeout` in seconds. `domain` may be that of a postcodes.io of your own."""
        super().__init__(
            timeout=timeout, user_agent=user_agent, adapter_factory=adapter_factory, **options
        )
        self.domain = domain.strip("/")

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """The place of a full postcode; None when the text is none or the service has no point for
        it."""
        postcode = Postcode.parse(query)
        if (
            not isinstance(postcode, Postcode)
            or len(postcode.inward) != 3
            or postcode.outward == "BFPO"
        ):
            return None
        url = f"{self.scheme}://{self.domain}/postcodes/{quote(postcode.outward + postcode.inward)}"
        found: Location | None = self._call_geocoder(url, self._parse_json, timeout=timeout)
        return found if exactly_one or found is None else [found]

    def _parse_json(self, response: Any) -> Location | None:
        try:
            result = response["result"]
            lat, lon = result["latitude"], result["longitude"]
            if lat is None or lon is None:  # Jersey, Guernsey, Isle of Man
                return None
            codes = result.get("codes") or {}
            raw = {
                "postcode": result["postcode"],
                "precision": "postcode",
                "council": codes.get("admin_district") or "",
                "nation": result.get("country") or "",
            }
            return Location(result["postcode"], (float(lat), float(lon)), raw)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise GeocoderParseError(
                "api.postcodes.io sent an answer that cannot be read"
            ) from None

    def _geocoder_exception_handler(self, error: Exception) -> object:
        return NONE_RESULT if getattr(error, "status_code", None) == 404 else None


def fallback_geocoder() -> PostcodesIO | None:
    """The geocoder for postcodes that the index does not know, or None (the default): see
    `SWITCH`."""
    return PostcodesIO() if os.environ.get(SWITCH, "").strip() == "1" else None
