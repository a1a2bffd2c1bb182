from __future__ import annotations

from datetime import date

import pytest

from mmhs_finder.directory import load_directory
from mmhs_finder.directory.models import Confidence, NationalSupport, PhoneStatus, UrgentStrip
from mmhs_finder.render.html.urgent import MissingUrgentNumber, urgent_section, urgent_text

ROWS = load_directory().national


def test_the_words_and_the_numbers_of_the_directory() -> None:
    assert urgent_text(ROWS).striptags() == (
        "In danger now? Call 999. Need urgent mental health help? Call 111 and press 2, or "
        "Samaritans on 116 123, or text SHOUT to 85258. Free, day and night."
    )


def test_numbers_dial_and_text() -> None:
    html = urgent_section(ROWS)
    for href in ("tel:999", "tel:111", "tel:116123", "sms:85258?body=SHOUT"):
        assert f'href="{href}"' in html


def test_a_missing_row_is_named() -> None:
    with pytest.raises(MissingUrgentNumber, match="listening_line"):
        urgent_text(row for row in ROWS if row.urgent_strip is not UrgentStrip.LISTENING_LINE)


def test_a_number_that_is_not_confirmed_is_not_used() -> None:
    rows = [
        row.model_copy(update={"phone_status": PhoneStatus.CHECK})
        if row.urgent_strip is UrgentStrip.LISTENING_LINE
        else row
        for row in ROWS
    ]
    with pytest.raises(MissingUrgentNumber):
        urgent_text(rows)


def test_what_comes_from_data_is_escaped() -> None:
    bad = NationalSupport(
        id="made-up",
        urgent_strip=UrgentStrip.EMERGENCY,
        nations=("UK",),
        name="x",
        kind="crisis",
        status="open",
        read="whole",
        phone='9"><script>',
        phone_status=PhoneStatus.CONFIRMED,
        checked_on=date(2026, 1, 1),
        confidence=Confidence.HIGH,
    )
    rows = [bad if row.urgent_strip is UrgentStrip.EMERGENCY else row for row in ROWS]
    assert "<script>" not in urgent_text(rows)
