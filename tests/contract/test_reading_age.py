"""How hard the words are to read. `python -m tests.contract.test_reading_age` lists every text.

The measure is the Flesch-Kincaid grade (Kincaid and others, 1975) from textstat, plus five: an
age in years. It counts syllables and words, so one long word ("pregnancy") weighs much in a
short text.
"""

from __future__ import annotations

import re
import statistics
from pathlib import Path

import textstat

from mmhs_finder.words import all_words

ABOUT = Path(__file__).parents[2] / "mmhs_finder" / "words" / "en" / "about.md"
FEWEST_WORDS = 6
"""Labels and headings are too short for the measure to mean anything."""

MEDIAN = 11.0
HARDEST = 11.0
NAME = re.compile(r"maternal mental health services?", re.IGNORECASE)
"""What these services are called. Like the name of one, it is not ours to make easier."""

NOT_OURS_TO_CHANGE = ("Source: Office for National Statistics", "For professionals:")
FOR_PROFESSIONALS = (
    "professional",
    "api",
    "ask.",
    "ask_",
    "asking",
    "sheet",
    "compare",
    "listing",
    "bulk",
    "coverage",
    "curator.",
    "area_report",
    "planning",
    "terminal",
    "what_if",
)
"""The first letters of groups that only professionals, services, planners and operators read."""


def public_texts() -> dict[str, str]:
    """Every text of at least `FEWEST_WORDS` words that a parent may read, by its key."""
    texts = dict(all_words())
    paragraphs = re.split(r"\n\s*\n", ABOUT.read_text(encoding="utf-8"))
    texts |= {f"about.md {n}": p for n, p in enumerate(paragraphs) if p[0] not in "#<"}
    filled = {k: NAME.sub("Thrive", re.sub(r"\{[^}]*\}", "Thrive", t)) for k, t in texts.items()}
    return {
        key: text
        for key, text in filled.items()
        if len(text.split()) >= FEWEST_WORDS
        and not text.startswith(NOT_OURS_TO_CHANGE)
        and not key.startswith(FOR_PROFESSIONALS)
    }


def reading_age(text: str) -> float:
    """The age in years at which a text is read with ease, in an English-speaking school."""
    return float(textstat.flesch_kincaid_grade(text)) + 5


def test_half_of_the_texts_can_be_read_at_eleven_or_before():
    ages = [reading_age(text) for text in public_texts().values()]
    assert len(ages) > 200
    assert statistics.median(ages) <= MEDIAN


def test_no_text_is_harder():
    hard = {k: round(reading_age(t), 1) for k, t in public_texts().items()}
    assert not {k: age for k, age in hard.items() if age > HARDEST}


if __name__ == "__main__":
    measured = sorted(((reading_age(t), k, t) for k, t in public_texts().items()), reverse=True)
    for age, key, text in measured:
        print(f"{age:5.1f}  {key:42} {text[:90]!r}")
    print(f"\n{len(measured)} texts, median age {statistics.median(a for a, _, _ in measured):.1f}")
