"""A service by itself, wherever somebody lives: on its own page, and before a change is saved.

Not for: the services of a place (`finding`).
"""

from __future__ import annotations

from datetime import datetime

from mmhs_finder.answers.types import Match
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Certainty, Service, ServiceKind
from mmhs_finder.directory.ways import public_hours
from mmhs_finder.hours import opening_at
from mmhs_finder.nation import Nation


def match_alone(directory: Directory, service: Service, at: datetime) -> Match:
    """It as an answer would hold it, without a place and a distance."""
    is_mmhs = service.kind is ServiceKind.MMHS
    return Match(
        service=service,
        opening=opening_at(public_hours(service)[0], Nation.ENGLAND, at),
        certainty=Certainty.STATED if is_mmhs else None,
        criteria=directory.criteria.get(service.id),
    )
