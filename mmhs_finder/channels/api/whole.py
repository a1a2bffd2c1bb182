"""The whole directory as files: CSV with its data package in a zip, and JSON.

Made once for a directory and a day, since what grows old is told with its age. It holds what the
interface gives, record by record. Not for: how it is asked for (`downloads`,
`channels.terminal.directory_export`), or what may be published (`views.public`).
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mmhs_finder.application import Application
from mmhs_finder.channels.api import reading
from mmhs_finder.channels.api.tables import data_tables
from mmhs_finder.render.files.data_package import NAME, as_json, package_files, zipped
from mmhs_finder.render.json import Json
from mmhs_finder.render.public_json import directory_json
from mmhs_finder.words import language, say

README = "README.txt"


@dataclass(frozen=True)
class WholeDirectory:
    """Everything that may be published of one directory on one day. Safe to share by threads.

    files: the CSV files, the package that describes them and a text for people, by name.
    """

    files: dict[str, bytes]
    json: bytes

    @cached_property
    def zip(self) -> bytes:
        return zipped(self.files)

    @cached_property
    def json_zipped(self) -> bytes:
        """With gzip, without a time in it."""
        return gzip.compress(self.json, mtime=0)


def whole_directory(application: Application, day: date) -> WholeDirectory:
    """The files of what is served on a day, in the language of the moment."""
    return application.once(_whole, day, language())


def _whole(application: Application, day: date, _language: str) -> WholeDirectory:
    records = directory_json(reading.public_of(application, day))
    head = _head(application, day)
    files = {README: _readme().encode(), **package_files(data_tables(records), head)}
    return WholeDirectory(files, as_json({**head, **records}))


def _head(application: Application, day: date) -> Json:
    """What is said of the whole: in words of the Data Package standard as far as it has them."""
    found = reading.version(application, day)
    return {
        "name": NAME,
        "title": say("api_files.title"),
        "description": _readme(),
        "version": found["directory"],
        "newest_check": found["newest_check"],
        "as_of": day.isoformat(),
        "licenses": [
            {
                "name": "OGL-UK-3.0",
                "title": "Open Government Licence v3.0",
                "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            }
        ],
        "attribution": found["attribution"],
    }


def _readme() -> str:
    """What to know before any of it is shown to somebody."""
    parts = (
        say("api_files.what"),
        say("api.blank"),
        say("api_files.urgent"),
        say("api_files.apart"),
        say("api_files.baby"),
        say("api_files.closed"),
        say("api_files.apostrophe"),
        say("api_files.keep"),
        say("api.licence"),
        say("frame.attribution"),
        say("frame.not_nhs"),
    )
    return "\n\n".join(parts) + "\n"
