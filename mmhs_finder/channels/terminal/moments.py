"""The moment for which a command answers, as somebody types it.

Not for: opening hours themselves (`mmhs_finder.hours`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from mmhs_finder.hours import LONDON

_YEARS: Final = range(2000, 2100)
"""For which the bank holidays are known."""


def moment(text: str | None) -> datetime:
    """A day and a time on the clock of London, "2026-12-25T11:00"; now for None.

    All places that the finder knows have that clock. Raises ValueError.
    """
    if text is None:
        return datetime.now(LONDON)
    found = datetime.strptime(text.strip().replace(" ", "T"), "%Y-%m-%dT%H:%M")  # noqa: DTZ007
    if found.year not in _YEARS:
        raise ValueError(text)
    return found.replace(tzinfo=LONDON)
