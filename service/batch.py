"""Many bodies in, one answer each: what is refused is named, and the rest is done."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from traceback import extract_tb
from typing import Any, Generic, TextIO, TypeVar

from model.errors import ArtifactError, EncounterInvalid, NoteproofError
from service.intake import Received, Refused
from service.wire.faults import UNNAMED, shown_id

Answer = TypeVar("Answer")

DONE, SOME_REFUSED, NOTHING_RAN = 0, 1, 2


class Batch(Generic[Answer]):
    """Runs ``work`` on each body and keeps count of what went wrong.

    Attributes:
        done: Bodies answered.
        refused: Bodies and sources named as bad.
        unopened: Sources of those that could not be opened at all.
    """

    def __init__(self, work: Callable[[Any], Answer], *, errors: TextIO | None = None) -> None:
        self._work = work
        self._errors = errors or sys.stderr
        self._seen: dict[str, str] = {}
        self.done = self.refused = self.unopened = 0

    def answers(self, items: Iterable[Received | Refused]) -> Iterator[Answer]:
        """One answer for each body that can be answered, in order, as soon as it is known."""
        for item in once(items, self._seen):
            if isinstance(item, Refused):
                self.unopened += item.unopened
                self._name(item.where, None, item.reason)
                continue
            try:
                answer = self._work(item.body)
            except ArtifactError:
                raise  # no body of any batch can be answered
            except EncounterInvalid as error:
                self._name(item.where, error.id, f"{error.field}: {error.reason}")
            except NoteproofError as error:
                self._name(item.where, shown_id(item.body), f"{error.code}: {error}")
            except Exception as error:
                self._name(item.where, shown_id(item.body), unexpected(error))
            else:
                self.done += 1
                yield answer

    @property
    def exit_code(self) -> int:
        """0 all done, 1 some refused, 2 nothing that was named could be opened."""
        if not self.refused:
            return DONE
        nothing_read = not self.done and self.refused == self.unopened
        return NOTHING_RAN if nothing_read else SOME_REFUSED

    def _name(self, where: str, encounter_id: str | None, reason: str) -> None:
        self.refused += 1
        subject = "" if encounter_id in (None, UNNAMED) else f"{encounter_id}: "
        self._errors.write(f"{where}: {subject}{reason}\n")
        self._errors.flush()


def once(items: Iterable[Received | Refused], seen: dict[str, str]) -> Iterator[Received | Refused]:
    """``items``, each body refused whose id was given before; ``seen`` holds where ids stood."""
    for item in items:
        given = shown_id(item.body) if isinstance(item, Received) else UNNAMED
        if given in seen:
            yield Refused(item.where, f"{given}: id: was given before, at {seen[given]}")
            continue
        if given != UNNAMED:
            seen[given] = item.where
        yield item


def unexpected(error: BaseException) -> str:
    """An error nobody planned, by its kind and place; its message might quote the note."""
    frames = extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"failed unexpectedly: {type(error).__name__}{place}"
