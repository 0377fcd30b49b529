"""The folder beside the output where parts are kept until all are done.

A part that has its name is whole and on disk: no list of what is done can disagree with it.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.auditing.errors import AuditBusy, AuditLeftover
from service.auditing.terms import Terms
from service.outbox import OutputRefused, whole

_ENDING, _MANIFEST = ".parts", "manifest.json"
_PART = re.compile(r"part-(\d{7})\.jsonl")


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a part, or of all.

    Attributes:
        done: Encounters answered.
        refused: Lines that name the others, each with where it stood and why.
    """

    done: int
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts in ``folder``: of each, a line that tallies it, then its drafts, one a line."""

    folder: Path

    def done(self) -> list[int]:
        """The numbers of the parts that are there, in order."""
        if not self.folder.is_dir():
            return []
        matches = (_PART.fullmatch(path.name) for path in self.folder.iterdir())
        return sorted(int(match[1]) for match in matches if match)

    def keep(self, number: int, drafts: Sequence[str], refused: Sequence[str]) -> None:
        """Put a part on disk, whole or not at all."""
        with whole(self._path(number)) as file:
            file.write(json.dumps({"done": len(drafts), "refused": list(refused)}) + "\n")
            file.writelines(drafts)

    def tally(self, number: int) -> Tally:
        """What became of a part."""
        with self._path(number).open(encoding="utf-8") as file:
            written = json.loads(file.readline())
        return Tally(written["done"], tuple(written["refused"]))

    def drafts(self, number: int) -> Iterator[str]:
        """The drafts of a part, as they were written."""
        with self._path(number).open(encoding="utf-8", newline="\n") as file:
            file.readline()
            yield from file

    def terms(self) -> dict[str, Any]:
        """The terms the parts were made on, as the manifest has them; empty where it has none."""
        try:
            written = json.loads((self.folder / _MANIFEST).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return written if isinstance(written, dict) else {}

    def begin(self, terms: Terms) -> None:
        """Forget what is there, and begin on these terms."""
        self._forget()
        with whole(self.folder / _MANIFEST) as file:
            file.write(json.dumps(terms.to_json(), indent=2) + "\n")

    def remove(self) -> None:
        """Take the folder away with all that is ours in it."""
        self._forget()
        self.sweep()
        self.folder.rmdir()

    def sweep(self) -> None:
        """Remove what a killed process left half-written; touch nothing that is not ours.

        Raises:
            OutputRefused: The folder holds something else.
        """
        out_name = self.folder.name.removesuffix(_ENDING)
        half = tuple(f".{name}" for name in ("part-", f"{_MANIFEST}.", f"{out_name}."))
        for path in self.folder.iterdir():
            if path.name.startswith(half):
                path.unlink(missing_ok=True)
            elif path.name != _MANIFEST and not _PART.fullmatch(path.name):
                raise OutputRefused(self.folder, "holds what no audit left there")

    def _forget(self) -> None:
        """The manifest goes last: parts without one would count for nothing."""
        for number in self.done():
            self._path(number).unlink()
        (self.folder / _MANIFEST).unlink(missing_ok=True)

    def _path(self, number: int) -> Path:
        return self.folder / f"part-{number:07}.jsonl"


@contextmanager
def opened(out: Path, terms: Terms, *, restart: bool) -> Iterator[Parts]:
    """The parts of an audit into ``out``, those done before among them; held until the end.

    Where none is done at the end, the folder goes.

    Args:
        out: The output; the folder is its name with ``.parts``.
        terms: What parts must have been made on to count.
        restart: Throw parts away that were made before.

    Raises:
        AuditBusy: Another process works on them.
        AuditLeftover: They were made on other terms.
        OutputRefused: The folder cannot be made, or holds what is not ours.
    """
    target = out.resolve()
    parts = Parts(target.with_name(target.name + _ENDING))
    try:
        parts.folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise OutputRefused(parts.folder, error.strerror or "cannot be made") from None
    with _held(parts.folder):
        parts.sweep()
        _agree(parts, terms, restart=restart)
        try:
            yield parts
        finally:
            if parts.folder.is_dir() and not parts.done():
                parts.remove()


def _agree(parts: Parts, terms: Terms, *, restart: bool) -> None:
    if not parts.done() or restart:
        parts.begin(terms)
    elif others := terms.others(parts.terms()):
        raise AuditLeftover(parts.folder, others)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """One process at a time; the system lets go of what was killed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AuditBusy(folder) from None
        yield
    finally:
        os.close(handle)
