from __future__ import annotations

import logging

import pytest

from mmhs_finder.channels.shell.quiet_log import OnlyWhere


def test_an_errors_message_never_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("mmhs-test-quiet")
    logger.addFilter(OnlyWhere())
    try:
        raise ValueError("NR32 1BX")
    except ValueError as problem:
        logger.error("Uncaught app execution", exc_info=problem)
    assert "NR32" not in caplog.text
    assert "ValueError: test_quiet_log.py:" in caplog.text
