"""What holds in every test: its own database, and no text of a marked note in any log record."""

import logging
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.support.phi import leaks

settings.register_profile("ours", deadline=None)  # a busy machine is no failure
settings.load_profile("ours")

OURS = ("model", "service", "training")


class _Listener(logging.Handler):
    """Keeps what was logged, arguments and tracebacks included."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(scope="session", autouse=True)
def database_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever sets no database of their own gets this one, never the one of the working folder."""
    path = tmp_path_factory.mktemp("storage") / "tests.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOTEPROOF_DATABASE_URL", f"sqlite:///{path}")
        yield


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
