"""What was changed in the directory, as a reader may be told it: which entry, and what about it.

What stood there and stands there now is not told: notes of those who keep the directory, and
numbers that are not confirmed, are among it. Each entry has a page that says what holds today.
Not for: writing `changes.csv` (docs/keeping-the-data.md).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mmhs_finder.directory import Directory
from mmhs_finder.words import join_words, plain_date, say

FILE: Final = "changes.csv"
_NEW: Final = "(new row)"


@dataclass(frozen=True)
class ChangeView:
    """One entry that was changed. service_id: of a local service, for its page; "" for others."""

    name: str
    service_id: str
    what: str


@dataclass(frozen=True)
class DayOfChanges:
    """date: in words. The entries by name."""

    date: str
    changes: tuple[ChangeView, ...]


def changes_view(directory: Directory) -> tuple[DayOfChanges, ...]:
    """The newest day first; () where the directory has no list of changes."""
    path = directory.folder / FILE
    rows = _rows(path) if path.is_file() else []
    told: defaultdict[str, defaultdict[tuple[str, str], dict[str, None]]]
    told = defaultdict(lambda: defaultdict(dict))
    about = _about()
    lines = {row.id: row.name for row in directory.national}
    for row in rows:
        file, key = row["file"], row["row"]
        what = say("text_pages.change_new") if row["column"] == _NEW else about.get(row["column"])
        if what is None:
            continue
        if file in ("services.csv", "mmhs_criteria.csv") and key in directory.services:
            told[row["applied_on"]][(directory.services[key].name, key)][what] = None
        elif file == "national_support.csv" and key in lines:
            told[row["applied_on"]][(lines[key], "")][what] = None
    return tuple(
        DayOfChanges(
            plain_date(day),
            tuple(
                ChangeView(name, key, join_words([*whats]))
                for (name, key), whats in sorted(told[day].items())
            ),
        )
        for day in sorted(told, reverse=True)
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _about() -> dict[str, str]:
    """What a column is about, in words. Columns that are not here are nobody else's business."""
    name, contact = say("text_pages.change_name"), say("text_pages.change_contact")
    hours, who = say("text_pages.change_hours"), say("text_pages.change_who")
    helps, referral = say("text_pages.change_helps"), say("text_pages.change_referral")
    status, where = say("text_pages.change_status"), say("text_pages.change_where")
    return {
        **dict.fromkeys(("name", "alt_names", "provider", "partners", "organisation"), name),
        **dict.fromkeys(("phone", "text_number", "email", "website", "webchat_url"), contact),
        **dict.fromkeys(("finder_url", "cost", "languages_access"), contact),
        **dict.fromkeys(("phone_hours_text", "hours_text"), hours),
        **dict.fromkeys(("who_for", "min_age", "severity", "gestation_note", "period_note"), who),
        **dict.fromkeys(("birth_trauma", "loss", "tokophobia", "separation"), helps),
        **dict.fromkeys(("kind", "therapies", "what_it_offers", "partner_support"), helps),
        **dict.fromkeys(("self_referral", "referral_note", "referral_url"), referral),
        **dict.fromkeys(("referrers", "consent_required"), referral),
        "status": status,
        **dict.fromkeys(("area_text", "address", "nations"), where),
    }
