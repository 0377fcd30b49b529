"""A file that appears whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from model.errors import NoteproofError


class OutputRefused(NoteproofError):
    """A file cannot be written where it was asked for."""

    code = "output.refused"

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


@contextmanager
def whole(path: Path, *, staged_in: Path | None = None) -> Iterator[TextIO]:
    """A text file to write; it takes the name ``path`` only once all is written and on disk.

    Until then it is a hidden neighbour, which is removed when anything goes wrong. It can be read
    by its owner only: drafts quote notes. What is no text is written to its ``buffer``.

    Args:
        path: Where it is to appear; what is there is replaced.
        staged_in: A folder on the same disk to keep it in until then, where somebody will sweep up
            after a process that was killed; by default that of ``path``.

    Raises:
        OutputRefused: The folder is missing or closed, or ``path`` is no plain file.
    """
    target = writable(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=staged_in or target.parent)
    except OSError as error:
        raise OutputRefused(path, error.strerror or "cannot be written") from error
    hidden = Path(name)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123  (a handle)
            yield file
            file.flush()
            os.fsync(file.fileno())
        hidden.replace(target)
    except BaseException:
        hidden.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def writable(path: Path) -> Path:
    """Where a file called ``path`` would be written, links followed.

    Raises:
        OutputRefused: Its folder is missing, or it is no plain file.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise OutputRefused(path, "is no plain file")
    if not target.parent.is_dir():
        raise OutputRefused(path, "its folder is not there")
    return target


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system lets us."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
