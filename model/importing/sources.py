"""A file as it was downloaded, opened into the files it holds; nothing is judged by its name."""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zlib import error as DeflateError  # noqa: N812  (an exception with a small name)

from model.errors import ImportRefused

_ZIP = b"PK\x03\x04"
_WORKBOOK = "xl/workbook.xml"
_MOST_BYTES = 1024 * 1024 * 1024
"""More than any published table unpacks to; a file that claims more is an accident or an attack."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file: the one named, or one inside the zip named.

    Attributes:
        name: What errors call it: ``outer.zip/inner.txt``.
        is_workbook: Whether it is a spreadsheet (xlsx).
    """

    name: str
    content: bytes
    is_workbook: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file read whole, with its checksum."""

    name: str
    sha256: str
    members: tuple[Member, ...]


def opened(path: Path) -> Source:
    """The file at ``path``, and what it holds if it is a zip (a zip within it is opened, too).

    Raises:
        ImportRefused: It cannot be read, is empty, or is a damaged or encrypted zip.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ImportRefused(path.name, "is larger than any published table")
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefused(path.name, (error.strerror or "cannot be read").lower()) from error
    if not content:
        raise ImportRefused(path.name, "is empty")
    digest = hashlib.sha256(content).hexdigest()
    return Source(path.name, digest, tuple(_members(path.name, content, depth=1)))


def _members(name: str, content: bytes, *, depth: int) -> Iterator[Member]:
    if not content.startswith(_ZIP):
        yield Member(name, content)
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if _WORKBOOK in archive.namelist():
                yield Member(name, content, is_workbook=True)
                return
            for inner, held in _unpacked(name, archive):
                yield from (
                    _members(inner, held, depth=depth - 1) if depth else [Member(inner, held)]
                )
    except zipfile.BadZipFile as error:
        raise ImportRefused(name, "is a damaged zip; download it again") from error


def _unpacked(name: str, archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every file of the archive, its checksum proven."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if sum(entry.file_size for entry in entries) > _MOST_BYTES:
        raise ImportRefused(name, "unpacks to more than any published table")
    for entry in sorted(entries, key=lambda entry: entry.filename):
        inner = f"{name}/{entry.filename}"
        try:
            content = archive.read(entry)
        except RuntimeError as error:
            raise ImportRefused(inner, "is encrypted; unpack it first") from error
        except NotImplementedError as error:
            raise ImportRefused(inner, "is packed in a way we do not read; unpack it") from error
        except (zipfile.BadZipFile, EOFError, DeflateError) as error:
            raise ImportRefused(inner, "is damaged in the zip; download it again") from error
        if content:
            yield inner, content
