"""A service as programs of others read it: schema.org, as JSON-LD.

Only what a parent is told and what is confirmed: nothing of a service that may not be running, no
number for professionals, none that is not confirmed.
Not for: our own JSON (`render.json`).
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from mmhs_finder.directory.ways import WayKind
from mmhs_finder.views.service import ServiceView

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def service_data(view: ServiceView, areas: tuple[str, ...]) -> dict[str, Any]:
    """areas: the names of those it serves. {} for a service that is not confirmed to be running."""
    if not view.confirmed:
        return {}
    channel = {
        "@type": "ServiceChannel",
        "serviceUrl": view.way(WayKind.PAGE),
        "servicePhone": _contact("telephone", view.way(WayKind.PHONE)),
    }
    found = {
        "@context": "https://schema.org",
        "@type": "Service",
        "name": view.name,
        "serviceType": view.kind_words,
        "provider": {"@type": "Organization", "name": view.provider} if view.provider else None,
        "areaServed": [{"@type": "AdministrativeArea", "name": name} for name in areas],
        "availableChannel": _filled(channel) if len(_filled(channel)) > 1 else None,
    }
    return _filled(found)


def _contact(kind: str, value: str) -> dict[str, str] | None:
    return {"@type": "ContactPoint", kind: value} if value else None


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}


def data_html(data: dict[str, Any]) -> Markup:
    """A block of data in the head of a page: browsers never run it. {} gives nothing."""
    if not data:
        return Markup("")
    text = json.dumps(data, ensure_ascii=False)
    for sign, written in _UNSAFE.items():
        text = text.replace(sign, written)
    block = '<script type="application/ld+json">{}</script>'
    return Markup(block).format(Markup(text))  # noqa: S704 - no sign is left that could end it
