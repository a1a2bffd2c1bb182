"""Opening hours as a reader is told them: now, today, and as published.

Not for: working out whether anything is open (`mmhs_finder.hours`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mmhs_finder.hours import Opening, sentences, today_hours
from mmhs_finder.views.wording import sentence


@dataclass(frozen=True)
class HoursView:
    """Blank throughout where no source gives hours.

    said: ("Closed now.", "Opens tomorrow at 9am."). today: "Today: 9am to 5pm."
    published: the source's own words.
    """

    opening: Opening
    said: tuple[str, ...]
    today: str
    published: str

    @property
    def now(self) -> str:
        return " ".join(self.said)

    @property
    def known(self) -> bool:
        return bool(self.now or self.published)

    @property
    def state(self) -> tuple[str, str]:
        """The first sentence of `now`, which matters most, and the rest."""
        return "".join(self.said[:1]), " ".join(self.said[1:])


def hours_view(opening: Opening, hours_text: str, at: datetime) -> HoursView:
    """hours_text: as published. at: the moment that `opening` was worked out for, aware."""
    return HoursView(
        opening=opening,
        said=sentences(opening, at),
        today=sentence(today_hours(opening)),
        published=sentence(hours_text),
    )
