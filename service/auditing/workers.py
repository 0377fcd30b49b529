"""Parts worked on, here or by processes of their own."""

import io
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from threading import Thread
from typing import Any

from model.errors import ArtifactError
from service.auditing.errors import AuditStopped
from service.auditing.parts import Parts
from service.auditing.source import Part
from service.batch import Batch
from service.copilot import Drafter, load_copilot
from service.outbox import OutputRefused
from service.wire import draft_json, encounter
from service.wire.objects import as_line

_WAITING_EACH = 2
"""Parts handed to a worker at a time, so that it never waits and memory never fills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is done with every part; goes to other processes."""

    parts: Parts
    rules_only: bool
    artifacts: Path | None

    def do(self, part: Part) -> int:
        """Answer ``part`` and keep it; how many encounters it had.

        Raises:
            AuditStopped: Nothing can be answered or kept.
        """
        refused = io.StringIO()
        try:
            drafts = list(Batch(self._line, errors=refused).answers(part.items))
            self.parts.keep(part.number, drafts, refused.getvalue().splitlines())
        except ArtifactError as error:
            reason = f"{error.code}: {error}; --rules-only works without models"
            raise AuditStopped(reason) from None
        except OutputRefused as error:
            raise AuditStopped(f"{error.code}: {error}") from None
        except OSError as error:
            raise AuditStopped(f"{self.parts.folder}: {error.strerror}") from None
        return len(part.items)

    def _line(self, body: Any) -> str:
        given = encounter(body)
        draft = _copilot(self.artifacts, self.rules_only).draft(given)
        return as_line(draft_json(draft, given.text))


def worked(job: Job, todo: Iterable[Part], *, workers: int) -> Iterator[int]:
    """How many encounters each part had, as parts are done; in any order where workers are many.

    Raises:
        AuditStopped: Nothing can be answered or kept, or a worker died.
    """
    if workers == 1:
        yield from map(job.do, todo)
        return
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_enter)
    try:
        yield from _shared(pool, job, iter(todo), most=workers * _WAITING_EACH)
    except BrokenProcessPool:
        raise AuditStopped("a worker process died; the same command goes on from here") from None
    except BaseException:
        _dismiss()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _shared(
    pool: ProcessPoolExecutor, job: Job, todo: Iterator[Part], *, most: int
) -> Iterator[int]:
    running: set[Future[int]] = set()
    while True:
        running |= {pool.submit(job.do, part) for part in islice(todo, most - len(running))}
        if not running:
            return
        done, running = wait(running, return_when=FIRST_COMPLETED)
        yield from (future.result() for future in done)


@cache
def _copilot(artifacts: Path | None, rules_only: bool) -> Drafter:
    """One a process, loaded when the first encounter is there to be read."""
    return load_copilot(artifacts, rules_only=rules_only)


def _enter() -> None:
    """Begin a worker: it leaves the keyboard to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _dismiss() -> None:
    """End the workers in the middle of their parts: what they have not kept is done again."""
    for child in multiprocessing.active_children():
        child.terminate()
