"""Where a browser finds our own static files: Leaflet, and what lies in `static/`.

Pages ask no other host for anything, so the map's libraries are served from their PyPI packages.
Addresses carry the version (`?v=1.9.3.0`): a browser may keep such a file for a year, and a new
version has a new address. Not for: serving them (`channels.shell.assets`), or Streamlit's own
files, which Streamlit serves under `/static/`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from xstatic.pkg import leaflet

from mmhs_finder.render.addresses import here

FILES: Final = Path(__file__).with_name("static")
"""Scripts, style sheets and the icon that the pages and maps use."""

LEAFLET_FILES: Final = Path(leaflet.BASE_DIR)

SAFE_PLACE: Final = "https://www.bbc.co.uk/weather"
"""Where "Leave this page" goes: a page that anybody may have open."""

APP_STYLES: Final = (
    "base",
    "frame",
    "cards",
    "result",
    "search",
    "check",
    "support",
    "professionals",
    "coverage",
    "changes",
    "maps",
    "modes",
    "screens",
    "print",
)
"""The style sheets of the app, in `static/app/`, in the order in which a later one overrules."""

APP_SCRIPTS: Final = (
    "landmarks",
    "focus",
    "field",
    "kept",
    "links",
    "status",
    "copy",
    "files",
    "connection",
    "came_back",
)
"""The scripts of the app, in `static/`."""

BUNDLES: Final[Mapping[str, tuple[str, ...]]] = {
    "app.css": tuple(f"app/{name}.css" for name in APP_STYLES),
    "app.js": tuple(f"{name}.js" for name in APP_SCRIPTS),
    "shell.js": ("address.js", "leave.js"),
    "shell.css": ("colours.css", "fonts/fonts.css", "strip.css", "shell.css"),
    "text.css": ("colours.css", "strip.css", "text.css"),
}
"""What a page loads as one file, and the files in `static/` that it is made of, in their order: on
a slow line each file more is a wait of its own."""

FILES_AT: Final = "/assets/app"
BUNDLES_AT: Final = "/assets"
LEAFLET_AT: Final = "/assets/leaflet"
SHAPES_AT: Final = "/assets/shapes"
MAP_FRAME_AT: Final = "/assets/map"
"""The page of the frame in which every map is drawn: its policy is a stricter one than a page's,
but that it may show street tiles."""


LEAFLET_JS: Final = f"{LEAFLET_AT}/leaflet.js?v={leaflet.PACKAGE_VERSION}"
LEAFLET_CSS: Final = f"{LEAFLET_AT}/leaflet.css?v={leaflet.PACKAGE_VERSION}"


@cache
def _versioned(name: str) -> str:
    digest = hashlib.sha256((FILES / name).read_bytes()).hexdigest()[:12]
    return f"{name}?v={digest}"


def app_file_url(name: str) -> str:
    """The address of a file in `static/`; its version is a digest of its content.

    Raises FileNotFoundError.
    """
    return here(f"{FILES_AT}/{_versioned(name)}")


@cache
def bundle(name: str) -> bytes:
    """The files of a bundle as one. Raises KeyError, FileNotFoundError."""
    whole = b"".join((FILES / part).read_bytes() for part in BUNDLES[name])
    return _FONT.sub(
        lambda found: f"url({_FROM_BUNDLE}{_versioned(found[1].decode())})".encode(), whole
    )


_FONT: Final = re.compile(rb"url\((fonts/[\w.-]+)\)")
"""A font in a style sheet, by its path in `static/`: it gets its address with a version."""

_FROM_BUNDLE: Final = f"{FILES_AT.removeprefix(BUNDLES_AT).lstrip('/')}/"
"""From a bundle to a file: a style sheet is the same wherever the site stands."""


def bundle_url(name: str) -> str:
    """The address of a bundle; its version is a digest of its content. Raises as `bundle`."""
    return here(f"{BUNDLES_AT}/{name}?v={_digest(name)}")


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(bundle(name)).hexdigest()[:12]
