"""Tables as CSV files in one zip, with a Frictionless data package that says what a column holds.

The same tables make the same bytes, so that whoever keeps a copy sees at once whether anything has
changed. Not for: which tables there are, or what may be in them (`views.public`).
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from mmhs_finder.render.json import Json
from mmhs_finder.tables.cells import csv_bytes

PACKAGE: Final = "datapackage.json"
NAME: Final = "mmhs-finder"
"""Of the package, and of the files in which all of it is."""

JOIN: Final = "; "
"""Between the items of a list in a cell."""

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a zip can say: of every file in it, whenever it is made."""

_READABLE: Final = 0o644 << 16

CellType = Literal["string", "integer", "number", "boolean", "date"]


@dataclass(frozen=True)
class TableColumn:
    """A column. words: what alone may stand in it, where it is a choice; () for anything."""

    name: str
    type: CellType
    description: str
    words: tuple[str, ...] = ()
    is_needed: bool = False


@dataclass(frozen=True)
class DataTable:
    """A table: a file of its own. rows: a value for each column, as JSON has it; a list is joined.

    key: the columns that together are in no two rows. refers: column to (table, its column).
    """

    name: str
    description: str
    columns: tuple[TableColumn, ...]
    key: tuple[str, ...]
    rows: Sequence[Json]
    refers: Mapping[str, tuple[str, str]]

    @property
    def path(self) -> str:
        return f"{self.name}.csv"


def package_files(tables: Sequence[DataTable], head: Json) -> dict[str, bytes]:
    """The CSV files and the package that describes them, by name. head: what the package says of
    them all, such as its title and licence."""
    files = {table.path: _csv(table) for table in tables}
    resources = [_resource(table, files[table.path]) for table in tables]
    return {**files, PACKAGE: as_json({**head, "resources": resources})}


def as_json(data: Json) -> bytes:
    """JSON for people and programs to read."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in one zip, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = _READABLE
            archive.writestr(entry, content)
    return out.getvalue()


def _csv(table: DataTable) -> bytes:
    names = [column.name for column in table.columns]
    return csv_bytes(names, ([_cell(row[name]) for name in names] for row in table.rows))


def _cell(value: Any) -> str:
    """As a Table Schema reads it: true or false, lists joined, blank for what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return JOIN.join(map(str, value)) if isinstance(value, list) else str(value)


def _resource(table: DataTable, content: bytes) -> Json:
    schema: Json = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": [own], "reference": {"resource": other, "fields": [column]}}
            for own, (other, column) in table.refers.items()
        ]
    return {
        "name": table.name,
        "path": table.path,
        "title": table.path,
        "description": table.description,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(column: TableColumn) -> Json:
    found: Json = {"name": column.name, "type": column.type, "description": column.description}
    constraints: Json = {"required": True} if column.is_needed else {}
    if column.words:
        constraints["enum"] = list(column.words)
    return found | ({"constraints": constraints} if constraints else {})
