"""The schemas of the Open Referral UK profile, which are others' and not kept here.

`MMHS_HSDS_SCHEMAS` names their folder. Without it a test is skipped by name; where `CI` is true it
fails (`tests.tools`). Formats are checked: UUIDs, web and e-mail addresses, times.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jsonschema_rs

from mmhs_finder.render.json import Json
from mmhs_finder.render.open_referral.feed import Feed, Records, in_short
from tests.tools import end_without

ROOT = Path(__file__).parents[2]

KINDS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
WHOLE = {
    "services": "service.json",
    "organizations": "organization.json",
    "service_at_locations": "service_at_location.json",
    "taxonomies": "taxonomy.json",
    "taxonomy_terms": "taxonomy_term.json",
}
SHORT = WHOLE | {
    "services": "service_list.json",
    "organizations": "organization_list.json",
    "service_at_locations": "service_at_location_list.json",
}


def schema(name: str) -> dict[str, Any]:
    said = os.environ.get("MMHS_HSDS_SCHEMAS", "")
    folder = ROOT / said
    if not said or not folder.is_dir():
        end_without("the schemas of HSDS-UK: set MMHS_HSDS_SCHEMAS to their folder")
    found = json.loads((folder / name).read_text(encoding="utf-8"))
    if name == "taxonomy.json":  # it names the other file by its bare name
        found["properties"]["taxonomy_terms"]["items"] = schema("taxonomy_term.json")
    return found


def problems(of: dict[str, Any], records: Iterable[Json]) -> list[str]:
    """What a schema says against records. A schema of draft 2020-12."""
    validator = jsonschema_rs.Draft202012Validator(of, validate_formats=True)
    return [
        f"{record.get('id')} {'/'.join(map(str, error.instance_path))}: {error.message}"
        for record in records
        for error in validator.iter_errors(record)
    ]


def every(records: Records) -> tuple[Json, ...]:
    return (*records.listed, *records.apart)


def problems_of_feed(feed: Feed) -> list[str]:
    """What the schemas say against all records, nested and as lists have them, and their phones."""
    found = []
    for kind in KINDS:
        records = every(getattr(feed, kind))
        found += problems(schema(WHOLE[kind]), records)
        found += problems(schema(SHORT[kind]), map(in_short, records))
    parts = schema("service_with_definitions.json")["definitions"]
    phone = {"$ref": "#/definitions/phone", "definitions": parts}
    return found + problems(phone, phones(feed))


def contacts(feed: Feed) -> list[Json]:
    return [c for service in every(feed.services) for c in service.get("contacts", ())]


def phones(feed: Feed) -> list[Json]:
    return [phone for contact in contacts(feed) for phone in contact.get("phones", ())]
