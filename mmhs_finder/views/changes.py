"""What was changed in the directory, as a reader may be told it: which entry, and what about it.

Each entry has a page that says what holds today.
Not for: reading the file (`directory.changes`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from mmhs_finder.directory import Directory
from mmhs_finder.directory.changes import NEW_ROW
from mmhs_finder.words import join_words, plain_date, say


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
    told: defaultdict[str, defaultdict[tuple[str, str], dict[str, None]]]
    told = defaultdict(lambda: defaultdict(dict))
    about = _about()
    lines = {row.id: row.name for row in directory.national}
    for change in directory.changes:
        file, key, column = change.file, change.row, change.column
        what = say("text_pages.change_new") if column == NEW_ROW else about.get(column)
        if what is None:
            continue
        if file in ("services.csv", "mmhs_criteria.csv") and key in directory.services:
            told[change.applied_on][(directory.services[key].name, key)][what] = None
        elif file == "national_support.csv" and key in lines:
            told[change.applied_on][(lines[key], "")][what] = None
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
        **dict.fromkeys(("self_referral", "self_referral_except", "referral_note"), referral),
        **dict.fromkeys(("referral_url", "referrers", "consent_required"), referral),
        "status": status,
        **dict.fromkeys(("area_text", "address", "nations"), where),
    }
