"""How long the documents take: each beside a page with one paragraph, made in the same run.

    python benchmarks/bench_documents.py

- cold: the first document of the process, with its fonts and templates read. It is the plain page.
- warm: the median and the slowest of documents that all differ, and how many plain pages that is.
- threads: how many pages to take along are made a second by one, two and four at once, as many
  visits would ask for them.

Times depend on the machine and on what else it does; the ratios less. Nothing is written.
Not for: what the documents say or look like (tests).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mmhs_finder.answers.finding import Finder
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND
from mmhs_finder.directory import load_directory
from mmhs_finder.directory.models import Pathway
from mmhs_finder.eligibility import Answers, rank
from mmhs_finder.hours import LONDON
from mmhs_finder.postcodes import open_index
from mmhs_finder.render.documents.pdf import area_report_pdf, sheet_pdf, summary_pdf
from mmhs_finder.render.files.area_report import ReportKind, report_file
from mmhs_finder.render.files.coverage_picture import to_png
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.signposting.steps import next_steps
from mmhs_finder.views.area_report import AreaReport, ReportSection, area_report
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.views.summary import Summary, summary_of

AT = datetime(2026, 11, 23, 12, 0, tzinfo=LONDON)
DOCUMENTS = 30

Made = Callable[[], bytes]


def plain(number: int) -> Made:
    """One paragraph under one heading."""
    words = f"A paragraph of a few words, number {number}."
    report = AreaReport("A", "A", "", (ReportSection("B", words),), "")
    return lambda: area_report_pdf(report, AT)


def summaries(finder: Finder) -> list[Summary]:
    """Pages to take along, one for each of some councils, with what was answered."""
    answers = Answers(happened=frozenset({Pathway.LOSS}), seen_before=False, lives_in_area=True)
    found = []
    for code in finder.directory.areas:
        answer = finder.find(finder.council(code), (Pathway.LOSS,), AT)
        assessments = rank(answer, answers)
        steps = next_steps(finder, answer, answers, assessments)
        match = answer.mmhs[0] if answer.mmhs else None
        assessment = next((a for a in assessments if match and a.service is match.service), None)
        page = summary_of(
            match, answer, steps, answers=answers, assessment=assessment, include_answers=True
        )
        found.append(page)
        if len(found) == 3 * DOCUMENTS:
            break
    return found


def milliseconds(make: Made) -> float:
    start = time.perf_counter()
    make()
    return (time.perf_counter() - start) * 1000


def report(name: str, making: Sequence[Made], base: float) -> float:
    times = [milliseconds(make) for make in making]
    middle = median(times)
    ratio = f"{middle / base:5.1f} plain pages" if base else ""
    print(f"{name:24} {middle:7.1f} ms, slowest {max(times):7.1f} ms  {ratio}")
    return middle


def main() -> None:
    print(f"{'cold':24} {milliseconds(plain(-1)):7.1f} ms")
    base = report("plain page", [plain(n) for n in range(DOCUMENTS)], 0)

    directory = load_directory()
    pages = summaries(Finder(directory, open_index()))
    own, rest = pages[:DOCUMENTS], pages[DOCUMENTS:]
    report("page to take along", [lambda p=p: summary_pdf(p) for p in own], base)

    services = list(directory.services.values())[:DOCUMENTS]
    sheets = [referral_sheet(directory, service, today=AT.date()) for service in services]
    report("referral sheet", [lambda s=s: sheet_pdf(s, AT) for s in sheets], base)

    coverage = Coverage(directory, AT.date())
    outlines = Outlines(coverage)
    areas = [
        area_report(coverage, outlines.areas, coverage.at(Level.COUNCIL, row.code))
        for row in coverage.rows(Level.COUNCIL, Measure.MMHS)[:DOCUMENTS]
    ]
    report("area report", [lambda a=a: area_report_pdf(a, AT) for a in areas], base)
    england = area_report(coverage, outlines.areas, ENGLAND)
    whole = [lambda: report_file(ReportKind.PDF, england, coverage, outlines, AT)]
    report("report of England", whole, base)
    pictures = [lambda m=m: to_png(coverage, outlines, Level.COUNCIL, m) for m in Measure]
    report("picture of coverage", pictures, base)

    for number, threads in enumerate((1, 2, 4)):
        share = rest[number::3]
        with ThreadPoolExecutor(threads) as pool:
            start = time.perf_counter()
            list(pool.map(summary_pdf, share))
            each = len(share) / (time.perf_counter() - start)
        print(f"{threads} at once: {each:5.1f} pages to take along a second")


if __name__ == "__main__":
    main()
