"""What holds in every test: no log record may carry the text of a marked note."""

import logging
from collections.abc import Iterator

import pytest

from tests.support.phi import leaks

OURS = ("model", "service", "training")


class _Listener(logging.Handler):
    """Keeps what was logged, arguments and tracebacks included."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(autouse=True)
def no_note_text_in_logs() -> Iterator[None]:
    """Listen to all of our loggers, and to everybody's warnings, while a test runs."""
    listener, loggers = _Listener(), [logging.getLogger(name) for name in OURS]
    levels = [logger.level for logger in loggers]
    logging.getLogger().addHandler(listener)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    logging.getLogger().removeHandler(listener)
    assert [line for line in listener.lines if leaks(line)] == []
