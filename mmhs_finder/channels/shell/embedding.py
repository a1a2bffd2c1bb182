"""Which other sites may show our search in a frame: the setting `MMHS_EMBED_HOSTS`.

Only the document that holds the search may be framed, and only by the pages of these origins.
Without the setting no other site may. A form that is pasted into a page needs no leave.
Not for: the headers that say so (`headers`), or the document (`channels.embed`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Final

from mmhs_finder.channels.shell.limits import BadSetting

EMBED_HOSTS: Final = "MMHS_EMBED_HOSTS"

_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN: Final = re.compile(
    rf"(?P<scheme>https?)://(?P<host>{_LABEL}(?:\.{_LABEL})*)(?::(?P<port>[0-9]{{1,5}}))?",
    re.ASCII | re.IGNORECASE,
)
_OWN_COMPUTER: Final = re.compile(r"localhost|127\.[0-9.]+", re.ASCII | re.IGNORECASE)

_MOST: Final = 40
"""A policy with more would not fit into the header that a server in front reads at once."""

_LONGEST_HOST: Final = 253


def embed_hosts(settings: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The origins of the setting, "https://familyhub.example.org", each once and in small letters;
    empty where it is not set. Raises `BadSetting`.

    settings: by their names; by default those of the environment.
    """
    if settings is None:
        settings = {EMBED_HOSTS: os.environ.get(EMBED_HOSTS, "")}
    said = settings.get(EMBED_HOSTS, "").strip(" ")
    # Only spaces and commas stand between two: a line break begins a header of its own.
    origins = [_origin(one) for one in re.split("[ ,]+", said)] if said else []
    if len(origins) > _MOST:
        raise BadSetting(f"{EMBED_HOSTS} may name {_MOST} origins, not more.")
    return tuple(dict.fromkeys(origins))


def _origin(text: str) -> str:
    """What is framed over a line that anybody can change is framed by anybody: https only, but for
    pages on one's own computer."""
    found = _ORIGIN.fullmatch(text)
    if (
        found is None
        or len(found["host"]) > _LONGEST_HOST
        or not 0 < int(found["port"] or 443) < 65_536
        or (found["scheme"].lower() == "http" and not _OWN_COMPUTER.fullmatch(found["host"]))
    ):
        raise BadSetting(
            f"{EMBED_HOSTS} must be origins with spaces or commas between them, such as "
            "https://familyhub.example.org: https, a name, a port if need be, and nothing else."
        )
    return text.lower()
