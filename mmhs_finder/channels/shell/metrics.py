"""What a process counts of itself, in the text format of Prometheus, at `/metrics`.

Numbers only, by a few words that stand in the code: never by postcode, area, service or visitor.
Closed to everybody until an operator sets `MMHS_METRICS_TOKEN`; then for who sends it
(`Authorization: Bearer ...`). An address says nothing here: behind a server in front, every request
comes from the same machine.
Not for: whether a process is ready (`health`), or what happens (`noted`).
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import mmhs_finder
from mmhs_finder.application import Application
from mmhs_finder.channels import privates
from mmhs_finder.channels.shell.reload import Reloads
from mmhs_finder.hours import LONDON
from mmhs_finder.noted import What, listen, work_under_way

SETTING: Final = "MMHS_METRICS_TOKEN"
_SHORTEST: Final = 16
"""Letters of a token: a shorter one could be guessed, and opens nothing."""

_QUICK: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LABELS: Final[dict[What, tuple[str, ...]]] = {
    "lookup": ("channel", "outcome", "nation"),
    "answer": ("channel",),
    "page": ("page",),
    "document": ("kind",),
    "refusal": ("kind",),
    "list": ("state",),
}
_MOST_LABELS: Final = 200
"""Different sets of labels a metric may have: words of the code are far fewer."""


class Metrics:
    """The counts of a process. Each kind of happening is counted here and nowhere else."""

    def __init__(self, newest: Callable[[], Application], reloads: Reloads) -> None:
        """newest: the application of the moment."""
        self._newest, self._reloads = newest, reloads
        self._visits: Callable[[], int | None] = lambda: None
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._seconds = {
            "lookup": self._histogram("mmhs_lookup_seconds", "Looking up what was typed"),
            "answer": self._histogram("mmhs_answer_seconds", "Making an answer for a place"),
            "page": self._histogram("mmhs_page_run_seconds", "Running a page of the app", "page"),
            "document": self._histogram("mmhs_document_seconds", "Setting a document", "kind"),
        }
        self._count = {
            "lookup": self._counter("mmhs_lookups", "Typed places looked up", "lookup"),
            "answer": self._counter("mmhs_answers", "Answers made", "answer"),
            "document": self._counter("mmhs_documents", "Documents made", "document"),
            "refusal": self._counter("mmhs_refusals", "Requests, sockets refused", "refusal"),
            "list": self._counter("mmhs_lists", "Lists of postcodes that came so far", "list"),
        }
        self._sets: dict[str, set[tuple[str, ...]]] = {}
        self.registry.register(self)

    def _histogram(self, name: str, about: str, *labels: str) -> Histogram:
        return Histogram(name, about, labels, registry=self.registry, buckets=_QUICK)

    def _counter(self, name: str, about: str, what: What) -> Counter:
        return Counter(name, about, _LABELS[what], registry=self.registry)

    def count_visits(self, app: Any) -> None:
        """Counts those of an `st.App`, too."""
        self._visits = lambda: privates.open_visits(app)

    def __call__(self, what: What, seconds: float | None, labels: dict[str, str]) -> None:
        """As `noted.Listener`. What a page or a document costs is counted under its name."""
        names = _LABELS[what]
        if "channel" in names:
            in_app = privates.run_of_now() is not None
            labels = {**labels, "channel": "app" if in_app else "text"}
        values = tuple(labels.get(name, "") for name in names)
        known = self._sets.setdefault(what, set())
        if values not in known:
            if len(known) >= _MOST_LABELS:
                values = tuple("other" for _ in names)
            known.add(values)
        if what in self._count:
            self._count[what].labels(*values).inc()
        if seconds is not None and what in self._seconds:
            of = self._seconds[what]
            (of.labels(*values) if what in ("page", "document") else of).observe(seconds)

    def collect(self) -> Iterator[Metric]:
        """What is not counted but looked up when somebody asks."""
        directory, reloads = self._newest().directory, self._reloads
        if (visits := self._visits()) is not None:
            yield GaugeMetricFamily("mmhs_open_visits", "Visits that are connected", visits)
        for kind in ("list", "document"):
            about = f"Work of this kind under way: {kind}s"
            yield GaugeMetricFamily(f"mmhs_{kind}s_under_way", about, work_under_way(kind))
        age = (datetime.now(LONDON).date() - directory.newest_check).days
        yield GaugeMetricFamily("mmhs_data_age_days", "Days since the newest check of a row", age)
        yield GaugeMetricFamily(
            "mmhs_data_refused",
            "1 while what lies on the disk has mistakes and older data are served",
            int(reloads.is_refused),
        )
        yield GaugeMetricFamily(
            "mmhs_data_withdrawn",
            "Numbers, cells and rows that are taken out at the moment",
            sum(each.is_out for each in directory.withdrawn),
        )
        yield GaugeMetricFamily(
            "mmhs_data_withdrawing_fails",
            "1 while withdrawn.csv cannot be followed",
            int(bool(reloads.withdrawing_fails)),
        )
        for name, about, value in (
            ("reloads_replaced", "Changed directories that are or were served", reloads.replaced),
            ("reloads_refused", "Changed directories that were refused", reloads.refused),
            ("replaced_at_seconds", "When the last one was taken", reloads.replaced_at or 0),
            ("refused_at_seconds", "When the last one was refused", reloads.refused_at or 0),
        ):
            yield GaugeMetricFamily(f"mmhs_data_{name}", about, value)
        attempt = self._newest().index.attempt
        index = attempt.index if attempt else None
        yield GaugeMetricFamily("mmhs_index_ready", "1 when the index is open", int(bool(index)))
        info = {"version": mmhs_finder.__version__}
        if index is not None:
            info |= {"index": index.info.version, "index_built": index.info.built_at}
        yield InfoMetricFamily("mmhs", "What is running", value=info)


def begin_counting(newest: Callable[[], Application], reloads: Reloads) -> Metrics:
    """Counts from now on. Call once a process."""
    metrics = Metrics(newest, reloads)
    listen(metrics)
    return metrics


def may_read(request: Request) -> bool:
    """Whether a request shows the token that the operator has set."""
    token = os.environ.get(SETTING, "").strip()
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(given.strip().encode(), token.encode())
    return len(token) >= _SHORTEST and scheme.lower() == "bearer" and same


def answer(metrics: Metrics, request: Request) -> Response:
    """The counts; 404 for everybody else, who need not know that they are there."""
    if not may_read(request):
        return PlainTextResponse("Not found", 404, headers={"Cache-Control": "no-store"})
    content = generate_latest(metrics.registry)
    return Response(content, headers={"Cache-Control": "no-store"}, media_type=CONTENT_TYPE_LATEST)
