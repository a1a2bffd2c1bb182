"""The records of the directory as flat tables, each column with what it holds.

What a record holds inside itself is a table of its own here, or columns with its name before them.
The columns and their descriptions are those of the interface. Not for: writing files
(`render.files.data_package`), or what may be published (`views.public`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo

from mmhs_finder.channels.api.models.services import CriteriaData
from mmhs_finder.channels.api.models.shared import LinkData, Sent
from mmhs_finder.channels.api.records import (
    AreaWithServices,
    ClosedRecord,
    LineRecord,
    ServedArea,
    ServiceRecord,
)
from mmhs_finder.render.files.data_package import CellType, DataTable, TableColumn
from mmhs_finder.render.json import Json

_TYPES: Final[Mapping[type, CellType]] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    date: "date",
}
_OF_A_LIST: Final = "Several are joined by a semicolon and a space."
_NO_REFERENCE: Final[Mapping[str, tuple[str, str]]] = {}


class OfService(Sent):
    """What stands in front of what a service has several of."""

    service_id: str = Field(description="The id of the service in services.csv.")


class OfEntry(Sent):
    """What stands in front of what services and lines have several of."""

    table: Literal["services", "national_support"] = Field(description="Where the entry stands.")
    id: str = Field(description="The id of the entry there.")


def data_tables(records: Mapping[str, Sequence[Json]]) -> tuple[DataTable, ...]:
    """Every table. records: as `render.public_json.directory_json` has them."""
    services, lines = records["services"], records["national_support"]
    return (
        _table(
            "services",
            "Local services that have not closed, wherever somebody lives.",
            (ServiceRecord,),
            ("id",),
            services,
        ),
        _table(
            "service_areas",
            "Which councils, or parts of councils, a service serves, as far as we know.",
            (OfService, ServedArea),
            ("service_id", "code"),
            list(_inside(services, "serves", lambda row: {"service_id": row["id"]})),
            {"service_id": ("services", "id"), "code": ("areas", "code")},
        ),
        _table(
            "mmhs_criteria",
            "Published referral criteria of maternal mental health services. A yes with a "
            "condition in the column for it is no plain yes. A blank limit is not 'no limit'.",
            (OfService, CriteriaData),
            ("service_id",),
            [{"service_id": s["id"], **s["criteria"]} for s in services if s.get("criteria")],
            {"service_id": ("services", "id")},
        ),
        _table(
            "national_support",
            "National lines, charities and routes into care. Those for domestic abuse are not "
            "among them: ask /api/v1/national-support?topic=domestic_abuse.",
            (LineRecord,),
            ("id",),
            lines,
        ),
        _table(
            "areas",
            "English councils, and parts of those that are split between services, with figures "
            "of the Office for National Statistics (OGL v3.0).",
            (AreaWithServices,),
            ("code",),
            [_flat(area) for area in records["areas"]],
        ),
        _table(
            "closed_services",
            "Services that were reported closed: who says so, and no way to them.",
            (ClosedRecord,),
            ("id",),
            records["closed_services"],
        ),
        _table(
            "unanswered_links",
            "Links given here that did not answer when they were last tried.",
            (OfEntry, LinkData),
            ("table", "id", "url"),
            [*_links("services", services), *_links("national_support", lines)],
        ),
    )


def _links(table: str, rows: Sequence[Json]) -> Iterator[Json]:
    return _inside(rows, "unanswered_links", lambda row: {"table": table, "id": row["id"]})


def _inside(rows: Sequence[Json], name: str, of: Callable[[Json], Json]) -> Iterator[Json]:
    """What rows hold several of, each with what says whose it is."""
    return (of(row) | each for row in rows for each in row[name])


def _flat(row: Json) -> Json:
    """With what it holds one of as columns: `icb.code` as `icb_code`."""
    found: Json = {}
    for name, value in row.items():
        inner = value if isinstance(value, dict) else None
        found |= {f"{name}_{k}": v for k, v in inner.items()} if inner else {name: value}
    return found


def _table(
    name: str,
    description: str,
    models: Sequence[type[BaseModel]],
    key: tuple[str, ...],
    rows: Sequence[Json],
    refers: Mapping[str, tuple[str, str]] = _NO_REFERENCE,
) -> DataTable:
    columns = tuple(column for model in models for column in _columns(model, key))
    return DataTable(name, description, columns, key, rows, refers)


def _columns(model: type[BaseModel], key: Sequence[str], before: str = "") -> Iterator[TableColumn]:
    """The columns of a model: without what it holds several of that is no plain value."""
    for name, field in model.model_fields.items():
        kind, is_list = _kind(field.annotation)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if not is_list:
                yield from _columns(kind, key, f"{name}_")
            continue
        # A text that must be there may still be blank, where nothing is known.
        is_needed = name in key or not (is_list or kind is str or _may_be_null(field))
        yield _column(before + name, field, kind, is_list=is_list, is_needed=is_needed)


def _column(
    name: str, field: FieldInfo, kind: Any, *, is_list: bool, is_needed: bool
) -> TableColumn:
    said = field.description or ""
    words: tuple[str, ...] = ()
    if get_origin(kind) is Literal:
        words = get_args(kind)
    elif issubclass(kind, StrEnum):
        words = tuple(each.value for each in kind)
    if is_list:
        one_of = f"Each is one of: {', '.join(words)}." if words else ""
        parts = (said, _OF_A_LIST, one_of)
        return TableColumn(name, "string", " ".join(part for part in parts if part))
    return TableColumn(name, _TYPES.get(kind, "string"), said, words, is_needed)


def _may_be_null(field: FieldInfo) -> bool:
    return NoneType in get_args(field.annotation)


def _kind(annotation: Any) -> tuple[Any, bool]:
    """What a field is of, and whether of several."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(each for each in get_args(annotation) if each is not NoneType)
    if get_origin(annotation) in (list, tuple):
        return get_args(annotation)[0], True
    return annotation, False
