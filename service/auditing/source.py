"""The set to be audited: what it is, by its bytes, and its encounters in parts."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import count, islice
from pathlib import Path

from service.auditing.errors import AuditSourceInvalid
from service.auditing.formats import is_parquet, parquet
from service.batch import once
from service.intake import Received, Refused, received

ENCOUNTERS_A_PART = 200
"""So much work is lost at most when a process is killed."""


@dataclass(frozen=True, slots=True)
class Part:
    """Encounters that are answered together; the same of the same file, every time.

    Attributes:
        number: From 0, in the order of the file.
    """

    number: int
    items: tuple[Received | Refused, ...]


class Source:
    """A file of encounters, as it was when this was made."""

    def __init__(self, path: Path) -> None:
        """Read it once, for its checksum.

        Raises:
            AuditSourceInvalid: It cannot be read.
        """
        self._path = path
        self._before = self._state()
        try:
            with path.open("rb") as file:
                self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise AuditSourceInvalid(str(path), error.strerror or "cannot be read") from None

    def parts(self) -> Iterator[Part]:
        """Its encounters; one whose id was given before is refused.

        Raises:
            AuditSourceInvalid: It cannot be read, or is no longer the file of the checksum.
        """
        items = once(self._items(), {})
        for number in count():
            some = tuple(islice(items, ENCOUNTERS_A_PART))
            if not some:
                break
            yield Part(number, some)
        if self._state() != self._before:
            raise AuditSourceInvalid(str(self._path), "changed while it was read")

    def _items(self) -> Iterator[Received | Refused]:
        if is_parquet(self._path):
            yield from parquet().rows(self._path)
            return
        for item in received([str(self._path)], BytesIO()):
            if isinstance(item, Refused) and item.unopened:
                raise AuditSourceInvalid(item.where, item.reason)
            yield item

    def _state(self) -> tuple[int, int, int]:
        """Changes whenever the file does, or another takes its name."""
        try:
            found = self._path.stat()
        except OSError as error:
            raise AuditSourceInvalid(str(self._path), error.strerror or "is gone") from None
        return found.st_ino, found.st_size, found.st_mtime_ns
