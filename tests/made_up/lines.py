"""Made-up rows of other nations, and of the lines that a strip of urgent help needs."""

from __future__ import annotations

from typing import Any

from mmhs_finder.directory.models import (
    Confidence,
    DevolvedService,
    NationalSupport,
    Status,
    YesNo,
)
from mmhs_finder.nation import Nation
from tests.made_up.records import READ_ON, line

NO_PHONE = {"phone": "", "phone_status": None}


def devolved(**changes: Any) -> DevolvedService:
    """A team in Wales that says next to nothing."""
    return DevolvedService(
        **{
            "nation": Nation.WALES,
            "board_or_trust": "Board",
            "service_name": "Team",
            "status": Status.OPEN,
            "self_referral": YesNo.NO,
            "checked_on": READ_ON,
            "confidence": Confidence.HIGH,
            **changes,
        }
    )


def crisis(key: str, *nations: str, **changes: Any) -> NationalSupport:
    """A line for a crisis, for the whole United Kingdom where no nation is named."""
    return line(**{"id": key, "kind": "crisis", "nations": nations or ("UK",), **changes})


EMERGENCY = crisis("999", urgent_strip="emergency", phone="999")
LISTENING = crisis("listens", urgent_strip="listening_line", phone="116 123")
TEXT = crisis("text", urgent_strip="text_line", text_number="85258", **NO_PHONE)
OPTION_ENGLAND = crisis("111 option", "England", urgent_strip="mental_health_line", phone="111")
OPTION_WALES = crisis("111 press", "Wales", urgent_strip="mental_health_line", phone="111")
SCOTS = crisis("NHS 24", "Scotland", urgent_strip="nation_line", phone="111")
LIFELINE = crisis("Lifeline", "Northern Ireland", urgent_strip="nation_line", phone="0808")
STRIP = (TEXT, LISTENING, LIFELINE, SCOTS, OPTION_WALES, OPTION_ENGLAND, EMERGENCY)
