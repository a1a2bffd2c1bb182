"""What programs ask every site for: `robots.txt`, `sitemap.xml`, `security.txt` (RFC 9116).

Not for: the pages (`personal`, `public`).
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.channels.shell.headers import valid_host
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import where_slug
from mmhs_finder.directory.models import Status
from mmhs_finder.nation import Nation
from mmhs_finder.render.addresses import below, here
from mmhs_finder.render.html.pages.frame import urgent_path
from mmhs_finder.render.html.pages.listing import area_path, pack_path, service_path
from mmhs_finder.views.correcting import contact
from mmhs_finder.words import html_language

_LOG = logging.getLogger(__name__)

SETTING: Final = "MMHS_PUBLIC_ADDRESS"

_ADDRESS: Final = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?", re.IGNORECASE)
_HOUR: Final = "public, max-age=3600"
SECURITY: Final = "/.well-known/security.txt"
_GOOD_FOR: Final = timedelta(days=180)
_STATIC: Final = (
    "",
    "check",
    "words",
    "support",
    "councils",
    "services",
    "professionals",
    "coverage",
    "about",
    "changes",
)


def public_address() -> str:
    """The address of the site's host as the world knows it ("https://example.org"), from the
    setting `MMHS_PUBLIC_ADDRESS`; "" when that is not set, or is no address. Where the site stands
    below a path, the setting may name it or not."""
    said = os.environ.get(SETTING, "").strip().rstrip("/").removesuffix(below())
    if said and not _ADDRESS.fullmatch(said):
        _LOG.warning("%s is not like https://example.org, so it is not used", SETTING)
        return ""
    return said


def pages(application: Application) -> Iterator[str]:
    """The path of every page that search engines may list."""
    directory = application.directory
    yield from (f"/text/{name}" for name in _STATIC)
    yield from (urgent_path(nation) for nation in Nation)
    names = sorted({area.region for area in directory.areas.values() if area.region})
    regions = (Where(Level.REGION, name, name) for name in names)
    yield from (f"/text/coverage/{where_slug(region)}" for region in regions)
    yield from (area_path(area) for area in directory.areas.values())
    running = [s for s in directory.services.values() if s.status is not Status.CLOSED]
    yield from (service_path(service) for service in running)


def every_page(application: Application) -> Iterator[str]:
    """The path of every page without a script that can be opened by itself, listed or not."""
    yield from pages(application)
    for service in application.directory.services.values():
        yield from (service_path(service), f"/text/sheet/{service.id}", pack_path(service))


def robots(request: Request) -> Response:
    """Everything may be read; where the list of pages is."""
    base, keep = site_of(request)
    lines = ["User-agent: *", "Allow: /", f"Disallow: {here('/_stcore/')}"]
    lines += [f"Sitemap: {base}{here('/sitemap.xml')}"] if base else []
    return PlainTextResponse("\n".join([*lines, ""]), headers={"Cache-Control": keep})


def sitemap(application: Application | None, request: Request) -> Response:
    """The list of pages; 404 where the site's own address is not known.

    application: where none is handed down with the request.
    """
    application = application_of(request.scope, application)
    base, keep = site_of(request)
    if not base:
        return PlainTextResponse("", 404)
    entries = "".join(
        f"<url><loc>{escape(base + here(path))}</loc></url>" for path in pages(application)
    )
    return Response(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>\n',
        media_type="application/xml",
        headers={"Cache-Control": keep},
    )


def security(_request: Request) -> Response:
    """Where to report a weakness, which is where mistakes are reported, too; 404 where the operator
    has named no address. RFC 9116 wants a day after which it should be asked for anew."""
    address = contact()
    if not address:
        return PlainTextResponse("", 404)
    expires = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + _GOOD_FOR
    lines = [
        f"Contact: mailto:{quote(address, safe='@')}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
    ]
    lines += [f"Preferred-Languages: {html_language()}"]
    if base := public_address():
        lines += [f"Canonical: {base}{here(SECURITY)}"]
    return PlainTextResponse("\n".join([*lines, ""]), headers={"Cache-Control": _HOUR})


def site_of(request: Request) -> tuple[str, str]:
    """The site's address, and how long the answer may be kept.

    Without the setting it is the name that this request used, which anybody can make up: then
    nobody may keep the answer, so that nobody else is given it.
    """
    if said := public_address():
        return said, _HOUR
    host = request.headers.get("host", "")
    return (f"{request.url.scheme}://{host}" if valid_host(host) else ""), "no-store"
