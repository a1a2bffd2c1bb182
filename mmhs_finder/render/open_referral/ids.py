"""The ids of the feed: UUIDs made of our own ids, the same in every process and for good.

Not for: ids of the directory.
"""

from __future__ import annotations

import json
from typing import Final
from uuid import UUID, uuid5

_OURS: Final = UUID("6f0f5c0e-3c0a-5b1e-9d0e-2b8c1f6a7d43")
"""Our namespace (RFC 9562, version 5). Never to be changed: every id of the feed would be another
one."""


def feed_id(*parts: str) -> str:
    """The id of what these parts name: first what it is ("service"), then its own id."""
    return str(uuid5(_OURS, json.dumps(parts, ensure_ascii=False)))
