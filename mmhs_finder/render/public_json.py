"""The public view of the directory as plain JSON data: for programs and files to take away.

A record here is that of an answer (`render.json`) without what depends on a place or the hour.
Not for: rules or words, or what may be published (`views.public`).
"""

from __future__ import annotations

from typing import Final

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.rows import AreaRow, Shares
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import measure_words, value_words
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Area
from mmhs_finder.directory.ways import WayKind
from mmhs_finder.render.json import Json, closed_json, line_json, service_json
from mmhs_finder.views.history import ChangedCell, ChangedEntry
from mmhs_finder.views.public import (
    ClosedService,
    PublicDirectory,
    PublicLine,
    PublicService,
)

OF_A_PLACE: Final = frozenset({"certainty", "distance_km", "opening", "areas"})
"""What of a service or line in an answer depends on where somebody is, or on the hour."""


def service_record_json(each: PublicService | ClosedService) -> Json:
    """A service wherever somebody lives. Of one that has closed only that, and who says so."""
    if isinstance(each, ClosedService):
        row = each.service
        return {"kind": row.kind.value, "status": row.status.value, **closed_json(row)}
    view, row = each.view, each.service
    is_base = row.is_real_base
    found = {k: v for k, v in service_json(view).items() if k not in OF_A_PLACE}
    return found | {
        "alt_names": list(row.alt_names),
        "partners": list(row.partners),
        "who_for": row.who_for or None,
        "address": row.address or None if is_base else None,
        "postcode": row.postcode if is_base else None,
        "serves": [
            {"code": area.code, "name": area.name, "certainty": sure.value}
            for area, sure in each.serves
        ],
        "for_a_parent_with_a_baby": each.for_a_parent_with_a_baby,
        "only_for": [need.value for need in row.only_for],
        "facts": [{"id": f.id, "term": f.term, "text": f.text} for f in view.facts],
        "not_known": view.silent or None,
    }


def line_record_json(each: PublicLine) -> Json:
    """A national line, charity or route."""
    row = each.view.row
    found = {k: v for k, v in line_json(each.view).items() if k not in OF_A_PLACE}
    has_number = bool(each.view.way(WayKind.PHONE) or row.text_number)
    return found | {
        "status": row.status.value,
        "organisation": row.organisation or None,
        "nations": [nation.value for nation in row.nations],
        "topics": [topic.value for topic in row.pathways],
        "for_loss_kinds": [kind.value for kind in row.for_loss_kinds],
        "audience": [each.value for each in row.audience],
        "text_keyword": row.text_keyword or None,
        "hours_osm": row.phone_hours_osm or None if has_number else None,
        "cost": row.cost or None,
        "languages": row.languages_access or None,
        "max_age": row.max_age,
        "self_referral": row.self_referral.value if row.self_referral else None,
        "for_a_parent_with_a_baby": each.for_a_parent_with_a_baby,
    }


def area_json(directory: Directory, area: Area) -> Json:
    """A council, or a part of one."""
    return {
        "code": area.code,
        "name": area.name,
        "part_of": area.parent or None,
        "parts": [{"code": p.code, "name": p.name} for p in directory.parts(area.code)],
        "region": area.region.value,
        "icb": {"code": area.icb_2026_code, "name": area.icb_2026},
        "other_icbs": list(area.icb_2026_others),
        "icbs_until_march_2026": list(area.icb_2024),
    }


def area_record_json(directory: Directory, area: Area) -> Json:
    """The same with the services that are known to serve it."""
    return area_json(directory, area) | {
        "births_year_to_mid_2020": area.births_year_to_mid_2020,
        "women_15_44_mid_2021": area.women_15_44_mid_2021,
        "imd_2025_average_score": area.imd_2025_average_score,
        "services": [
            {
                "id": service.id,
                "name": service.name,
                "kind": service.kind.value,
                "status": service.status.value,
                "certainty": certainty.value,
            }
            for service, certainty in directory.serving(area.code)
        ],
        "closed": [closed_json(service) for service in directory.closed(area.code)],
    }


def directory_json(public: PublicDirectory) -> dict[str, list[Json]]:
    """All of it: what the lists of the interface have on all their pages, and nothing else."""
    areas = sorted(public.directory.areas.values(), key=lambda area: (area.name, area.code))
    return {
        "services": [service_record_json(each) for each in public.services],
        "closed_services": [service_record_json(each) for each in public.closed],
        "national_support": [line_record_json(each) for each in public.lines()],
        "areas": [area_record_json(public.directory, area) for area in areas],
    }


def coverage_json(coverage: Coverage, level: Level, measure: Measure, where: Where) -> Json:
    """One measure for every area of a level, and the shares of births of the whole place."""
    return {
        "measure": measure.value,
        "measure_words": measure_words(measure),
        "level": level.value,
        "where": {"code": where.code or None, "name": where.name or None},
        "date": coverage.date.isoformat(),
        "shares": _shares(coverage.shares(measure, where)),
        "areas": [_row(row) for row in coverage.rows(level, measure, where)],
    }


def _shares(shares: Shares) -> Json:
    return {
        "births": shares.births,
        "councils": shares.councils,
        "births_inferred": shares.inferred,
        "by_value": [
            {
                "value": value.value,
                "words": value_words(shares.measure, value),
                "births": shares.by_value[value],
                "percent": percent,
            }
            for value, percent in shares.rounded().items()
        ],
    }


def _row(row: AreaRow) -> Json:
    return {
        "code": row.code,
        "name": row.name,
        "part_of": row.parent or None,
        "region": row.region or None,
        "icb": row.icb or None,
        "value": row.value.value,
        "inferred": row.inferred,
        "births_year_to_mid_2020": row.births,
        "women_15_44_mid_2021": row.women,
        "imd_2025_average_score": row.imd,
        "shares": _shares(row.shares) if row.shares else None,
        "services": [{"id": s.id, "name": s.name} for s in row.services],
        "closed": [{"id": s.id, "name": s.name} for s in row.closed],
    }


def change_json(entry: ChangedEntry) -> Json:
    """What was changed of one entry on one day, with the values that may be published."""
    return {
        "date": entry.day.isoformat(),
        "kind": entry.kind.value,
        "id": entry.key,
        "name": entry.name or None,
        "still_listed": entry.is_listed,
        "places": sorted(entry.places),
        "backing": entry.backing.value,
        "changes": [_cell(cell) for cell in entry.cells],
    }


def _cell(cell: ChangedCell) -> Json:
    return {
        "about": cell.what.value,
        "column": cell.column or None,
        "area_code": cell.area or None,
        "old": cell.old,
        "new": cell.new,
        "moved": cell.moved,
        "for_professionals": cell.professional,
        "source": cell.source_url or None,
    }
