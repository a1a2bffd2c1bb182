"""What time it is where the lines and services are: local time, Europe/London.

Not for: other time zones.
"""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
