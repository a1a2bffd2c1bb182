"""What a parent may ring or write to, in short, for tests."""

from __future__ import annotations

from mmhs_finder.directory.models import DevolvedService, NationalSupport, Service
from mmhs_finder.directory.ways import WayKind, devolved_ways, line_ways, service_ways, way_of


def phone(row: Service | NationalSupport | DevolvedService) -> str:
    if isinstance(row, Service):
        return way_of(service_ways(row), WayKind.PHONE)
    ways = line_ways(row) if isinstance(row, NationalSupport) else devolved_ways(row)
    return way_of(ways, WayKind.PHONE)


def email(service: Service) -> str:
    return way_of(service_ways(service), WayKind.EMAIL)
