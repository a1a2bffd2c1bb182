"""How dates are written: `words.numbers`."""

from __future__ import annotations

from datetime import date

import pytest

from mmhs_finder.words import plain_date


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023", "2023"),
        ("2023-01", "January 2023"),
        ("2023-12", "December 2023"),
        ("2026-11-22", "22 November 2026"),
        ("2026-09-05", "5 September 2026"),
    ],
)
def test_a_date_is_as_exact_as_its_source(text, words):
    assert plain_date(text) == words


def test_every_month_has_its_name():
    names = [plain_date(f"2026-{m:02}").split()[0] for m in range(1, 13)]
    assert names == [date(2026, m, 1).strftime("%B") for m in range(1, 13)]
