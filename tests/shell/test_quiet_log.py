"""What the log says, and what it does not."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from mmhs_finder.channels.shell import quiet_log
from mmhs_finder.channels.shell.logs import event
from mmhs_finder.channels.shell.quiet_log import Repeats, quiet, without_numbers

VISIT = "937ff4df-1c6e-4b6a-9a46-0d1c7f3f1a2b"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What is written once the log is quiet, by loggers of any package."""
    before = logging.getLogRecordFactory()
    quiet_log.keep_the_log_quiet()
    yield caplog
    logging.setLogRecordFactory(before)


def test_an_errors_message_never_reaches_the_log(log: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("NR32 1BX")
    except ValueError as problem:
        logging.getLogger("any.package").error("Uncaught app execution", exc_info=problem)
    assert "NR32" not in log.text
    assert "ValueError: test_quiet_log.py:" in log.text
    assert "Traceback" not in log.text


@pytest.mark.parametrize("level", [logging.DEBUG, logging.WARNING])
def test_a_visits_number_never_reaches_the_log(log: pytest.LogCaptureFixture, level: int) -> None:
    logger = logging.getLogger("streamlit.any")
    with log.at_level(level, logger="streamlit.any"):
        logger.log(level, "Session with id %s is already connected!", VISIT)
    assert "Session with id … is already connected!" in log.text


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (f"PUT /_stcore/upload_file/{VISIT}/{VISIT.upper()} 204", "PUT /_stcore/upload_file/… 204"),
        ("GET /media/0a1b2c.pdf 200", "GET /media/… 200"),
        (f"id={VISIT.replace('-', '')};", "id=…;"),
        ("Cookie: a=b; mmhs_browser=n_-9; c", "Cookie: a=b; mmhs_browser=…; c"),
        ("the page 'Check' at line 123456789", "the page 'Check' at line 123456789"),
    ],
)
def test_what_opens_a_visit_is_taken_out(said: str, written: str) -> None:
    assert without_numbers(said) == written


def test_a_line_whose_values_do_not_fit_is_still_a_line(log: pytest.LogCaptureFixture) -> None:
    logging.getLogger("any.package").warning("%s of %s", "one")
    assert "%s of %s" in log.text


class TestTheSameAgain:
    def lines(self, *texts: str, repeats: Repeats, place: int = 1) -> list[str]:
        made = [
            quiet(logging.LogRecord("n", logging.WARNING, "f.py", place, t, (), None), repeats)
            for t in texts
        ]
        handler = logging.Handler()
        return [record.getMessage() for record in made if record.levelno >= handler.level]

    def test_it_is_written_once_a_minute_and_then_how_often_it_came(self) -> None:
        now = [0.0]
        repeats = Repeats(lambda: now[0])
        assert self.lines(*["no descriptors"] * 4, repeats=repeats) == ["no descriptors"]
        now[0] = 61.0
        assert self.lines(*["no descriptors"] * 2, repeats=repeats) == [
            "no descriptors (3 more like it in the minute before)"
        ]
        now[0] = 200.0
        assert self.lines("no descriptors", repeats=repeats) == [
            "no descriptors (1 more like it in the minute before)"
        ]

    def test_another_line_is_written(self) -> None:
        repeats = Repeats()
        assert self.lines("a", "b", "a", repeats=repeats) == ["a", "b"]
        assert self.lines("a", repeats=repeats, place=2) == ["a"]

    def test_a_stranger_cannot_fill_the_log_with_lines_that_differ(self) -> None:
        repeats = Repeats()
        sent = [f"origin=http://{n}.example" for n in range(1000)]
        assert len(self.lines(*sent, repeats=repeats)) <= 12

    def test_nor_with_one_that_is_long_or_breaks_off(self) -> None:
        (line,) = self.lines("rejected Ü" + "\nERROR made up\r\u2028" * 90_000, repeats=Repeats())
        assert len(line) < 2100
        assert len(line.splitlines()) == 1

    def test_what_is_no_warning_is_written_each_time(self) -> None:
        repeats = Repeats()
        record = logging.LogRecord("n", logging.INFO, "f.py", 1, "started", (), None)
        assert quiet(record, repeats).levelno == quiet(record, repeats).levelno == logging.INFO


def test_what_the_process_itself_does_is_written_each_time(
    monkeypatch: pytest.MonkeyPatch, log: pytest.LogCaptureFixture
) -> None:
    """Two directories that are refused within a minute have mistakes of their own."""
    written: list[logging.LogRecord] = []
    events = logging.getLogger(quiet_log.OWN_EVENTS)
    handler = logging.Handler()
    monkeypatch.setattr(handler, "emit", written.append)
    monkeypatch.setattr(events, "handlers", [handler])
    for first in ("one mistake", "another"):
        event("data_refused", "The changed directory is not served", level=40, first=first)
    assert [getattr(record, "fields", {}).get("first") for record in written] == [
        "one mistake",
        "another",
    ]
