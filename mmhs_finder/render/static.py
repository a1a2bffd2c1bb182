"""Where a browser finds our own static files: Leaflet, jQuery, and what lies in `static/`.

Pages ask no other host for anything, so the map's libraries are served from their PyPI packages.
Addresses carry the version (`?v=1.9.3.0`): a browser may keep such a file for a year, and a new
version has a new address. Not for: serving them (`channels.shell.assets`), or Streamlit's own
files, which Streamlit serves under `/static/`.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from xstatic.pkg import jquery, leaflet

FILES: Final = Path(__file__).with_name("static")
"""Scripts, style sheets and the icon that the pages and maps use."""

LEAFLET_FILES: Final = Path(leaflet.BASE_DIR)
JQUERY_FILES: Final = Path(jquery.BASE_DIR)

SAFE_PLACE: Final = "https://www.bbc.co.uk/weather"
"""Where "Leave this page" goes: a page that anybody may have open."""

APP_STYLES: Final = (
    "base",
    "cards",
    "result",
    "check",
    "professionals",
    "coverage",
    "screens",
    "print",
)
"""The style sheets of the app, in `static/app/`, in the order in which a later one overrules."""

FILES_AT: Final = "/assets/app"
APP_CSS_AT: Final = "/assets/app.css"
LEAFLET_AT: Final = "/assets/leaflet"
JQUERY_AT: Final = "/assets/jquery"

LEAFLET_JS: Final = f"{LEAFLET_AT}/leaflet.js?v={leaflet.PACKAGE_VERSION}"
LEAFLET_CSS: Final = f"{LEAFLET_AT}/leaflet.css?v={leaflet.PACKAGE_VERSION}"
JQUERY_JS: Final = f"{JQUERY_AT}/jquery.min.js?v={jquery.PACKAGE_VERSION}"


@cache
def app_file_url(name: str) -> str:
    """The address of a file in `static/`; its version is a digest of its content.

    Raises FileNotFoundError.
    """
    digest = hashlib.sha256((FILES / name).read_bytes()).hexdigest()[:12]
    return f"{FILES_AT}/{name}?v={digest}"


@cache
def app_css() -> bytes:
    """The style sheets of the app as one file. Raises FileNotFoundError."""
    return b"".join((FILES / "app" / f"{name}.css").read_bytes() for name in APP_STYLES)


def app_css_url() -> str:
    """The address of `app_css`; its version is a digest of its content."""
    return f"{APP_CSS_AT}?v={hashlib.sha256(app_css()).hexdigest()[:12]}"
