"""Every postcode with what its area has, as one Parquet table to join with.

Apart from `bulk`, because pyarrow takes a while to load.
Not for: somebody's own list (`bulk`), or what is in the columns (`mmhs_finder.views.bulk_columns`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from mmhs_finder.bulk import Lookup
from mmhs_finder.postcodes import PostcodeIndex
from mmhs_finder.views.bulk_columns import JOIN, area_note, service_name

ROW_GROUP: Final = 131_072
"""Rows in a row group of the exported table: what is in memory at a time."""

_TEXTS: Final = pa.list_(pa.string())

LOOKUP: Final = pa.schema(
    [
        pa.field("postcode", pa.string(), nullable=False),  # "CT1 3NG"
        pa.field("nation", pa.string()),
        pa.field("council", pa.string()),
        pa.field("council_code", pa.string()),
        pa.field("area_code", pa.string()),  # the part, where a council is split
        pa.field("icb_2024", pa.string()),
        pa.field("icb_2026", pa.string()),
        pa.field("mmhs_ids", _TEXTS),  # these three in the same order
        pa.field("mmhs_names", _TEXTS),
        pa.field("self_referral", _TEXTS),  # yes, no or unknown
        pa.field("perinatal_teams", _TEXTS),
        pa.field("note", pa.string()),
        pa.field("lat", pa.float64()),  # WGS84 degrees
        pa.field("lon", pa.float64()),
    ]
)
"""The columns of `export lookup`. Null where nothing is known; a list may be empty."""


def write_lookup(lookup: Lookup, index: PostcodeIndex, target: BinaryIO | Path) -> int:
    """Writes every postcode of the index with what its area has, as `LOOKUP`. Returns the rows."""
    answers = _answers_table(lookup)
    with pq.ParquetWriter(target, LOOKUP, compression="zstd") as writer:
        for start in range(0, len(index), ROW_GROUP):
            postcodes = index.texts(start, start + ROW_GROUP)
            found = lookup.find(postcodes.tolist())
            columns = {
                name: column.combine_chunks()
                for name, column in zip(
                    answers.column_names,
                    answers.take(pa.array(found.answer)).itercolumns(),
                    strict=True,
                )
            }
            columns["postcode"] = pa.array(postcodes, pa.string())
            columns["lat"] = pa.array(found.lat, from_pandas=True)  # NaN becomes null
            columns["lon"] = pa.array(found.lon, from_pandas=True)
            writer.write_table(pa.table([columns[n] for n in LOOKUP.names], schema=LOOKUP))
    return len(index)


def _answers_table(lookup: Lookup) -> Any:
    rows = [
        {
            "nation": a.nation or None,
            "council": a.council or None,
            "council_code": a.council_code or None,
            "area_code": a.area_code or None,
            "icb_2024": JOIN.join(a.icb_2024) or None,
            "icb_2026": JOIN.join(a.icb_2026) or None,
            "mmhs_ids": [s.id for s in a.mmhs],
            "mmhs_names": list(map(service_name, a.mmhs)),
            "self_referral": [s.self_referral.value for s in a.mmhs],
            "perinatal_teams": list(map(service_name, a.perinatal)),
            "note": area_note(a) or None,
        }
        for a in lookup.answers
    ]
    schema = pa.schema([f for f in LOOKUP if f.name not in ("postcode", "lat", "lon")])
    return pa.Table.from_pylist(rows, schema=schema)
