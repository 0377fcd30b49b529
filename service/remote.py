"""A copilot in a process of its own: reading a note there holds up nothing here.

The process leaves signals to its parent, which asks it to go by closing the pipe between them; the
pipe is closed as well when the parent is killed, so that no process is left behind.
"""

import gc
import logging
import multiprocessing
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from model.errors import NoteproofError
from model.records import Encounter
from model.records.claim import ClaimDraft
from service.batch import unexpected
from service.copilot import Drafter

logger = logging.getLogger(__name__)

_CONTEXT = multiprocessing.get_context("spawn")
_LONGEST_SECONDS = 120.0
_GONE_SECONDS = 5.0


class DrafterLost(NoteproofError):
    """The process that was to read a note ended, or gave no answer, twice."""

    code = "worker.lost"

    def __init__(self) -> None:
        super().__init__("the process that reads notes ended twice over this one; none was kept")


class DraftFailed(Exception):
    """An error nobody planned, met by another process; told by its kind and place alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raised:
    """An error of ours between two processes; what it was made of is not asked for again."""

    kind: type[NoteproofError]
    words: tuple[Any, ...]
    told: dict[str, Any]

    def again(self) -> NoteproofError:
        error = self.kind.__new__(self.kind, *self.words)
        error.__dict__.update(self.told)
        return error


@dataclass(frozen=True, slots=True)
class _Failed:
    """What nobody planned, by its kind and place."""

    words: str


_Answer = ClaimDraft | _Raised | _Failed | None


class RemoteDrafter:
    """One process and the pipe to it; asked by one thread at a time."""

    def __init__(
        self, load: Callable[[], Drafter], *, longest_seconds: float = _LONGEST_SECONDS
    ) -> None:
        """Give what loads a copilot there.

        Args:
            load: Travels to the process, so it is a class or a function of a module.
            longest_seconds: How long one note may take; a process that needs longer is ended.
        """
        self._load = load
        self._longest = longest_seconds
        self._running: tuple[BaseProcess, Connection] | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        return self._running[0].pid if self._running else None

    def open(self) -> None:
        """Start the process and wait until it can read.

        Raises:
            NoteproofError: What it met while it loaded, such as a wrong artifact.
            DrafterLost: It ended before it had loaded.
        """
        here, there = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_serve, args=(self._load, there), daemon=True)
        process.start()
        there.close()
        self._running = process, here
        try:
            _told(self._answer())
        except (EOFError, OSError):
            self.close()
            raise DrafterLost from None
        except BaseException:
            self.close()
            raise

    def draft(self, encounter: Encounter) -> ClaimDraft:
        """The draft of ``encounter``; where the process ends over it, another tries once more.

        Raises:
            NoteproofError: The note cannot be read.
            DrafterLost: Both ended.
            DraftFailed: Something nobody planned went wrong there.
        """
        for _ in range(2):
            try:
                return self._asked(encounter)
            except (EOFError, OSError):
                logger.warning("drafter lost pid=%s", self.pid)
                self.close()
        raise DrafterLost

    def close(self) -> None:
        """Have the process end; one that does not is made to."""
        if self._running is None:
            return
        (process, pipe), self._running = self._running, None
        pipe.close()
        process.join(_GONE_SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()
        process.close()

    def _asked(self, encounter: Encounter) -> ClaimDraft:
        if self._running is None:
            self.open()
        assert self._running is not None  # noqa: S101  (opened one line above)
        self._running[1].send(encounter)
        answer = _told(self._answer())
        assert answer is not None  # noqa: S101  (only loading is answered with nothing)
        return answer

    def _answer(self) -> _Answer:
        assert self._running is not None  # noqa: S101  (whoever asks has opened it)
        process, pipe = self._running
        if not pipe.poll(self._longest):
            process.kill()
            raise EOFError
        answer: _Answer = pipe.recv()
        return answer


def _told(answer: _Answer) -> ClaimDraft | None:
    if isinstance(answer, _Raised):
        raise answer.again() from None
    if isinstance(answer, _Failed):
        raise DraftFailed(answer.words)
    return answer


def _serve(load: Callable[[], Drafter], pipe: Connection) -> None:
    """What the process does: load, say so, and answer until the pipe is closed."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)
    try:
        drafter = load()
    except NoteproofError as error:
        pipe.send(_sent(error))
        return
    settle()
    pipe.send(None)
    try:
        while True:
            pipe.send(_answered(drafter, pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def settle() -> None:
    """Leave what is loaded out of every later collection: going through it takes 0.2 s."""
    gc.collect()
    gc.freeze()


def _answered(drafter: Drafter, encounter: Encounter) -> _Answer:
    try:
        return drafter.draft(encounter)
    except NoteproofError as error:
        return _sent(error)
    except Exception as error:  # the last place that sees where it came from
        logger.error("draft failed error=%s", unexpected(error))
        return _Failed(unexpected(error))


def _sent(error: NoteproofError) -> _Raised:
    return _Raised(kind=type(error), words=error.args, told=dict(error.__dict__))
