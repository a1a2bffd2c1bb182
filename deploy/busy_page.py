"""Writes the page that nginx shows when no process answers: `python deploy/busy_page.py`.

Its telephone numbers are those of the directory, so that none is typed twice. Run it again when the
directory, the words or the path of the site have changed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from mmhs_finder.application import open_application
from mmhs_finder.render.addresses import serve_below
from mmhs_finder.render.html.away import away_page

PAGE = Path(__file__).parent / "nginx" / "busy.html"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--below", default="", help="the path that the site stands below")
    parser.add_argument("--to", type=Path, default=PAGE, help="the file to write")
    given = parser.parse_args()
    serve_below(given.below)
    page = away_page(open_application().urgent_strips[None])
    given.to.write_text(page, encoding="utf-8")
    print(f"{given.to}: {len(page.encode()):,} bytes")


if __name__ == "__main__":
    main()
