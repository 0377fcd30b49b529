"""What a person or a program hands in: files of notes and of encounters, read as they stream.

Nothing bad stops the rest: each refusal names where it stood and why, never what it said.
"""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from service.wire.fields import LONGEST_TEXT
from service.wire.objects import BrokenJson, decoded

STDIN = "-"
_MOST_NOTE_BYTES = 4 * LONGEST_TEXT + 3
_MOST_LINE_BYTES = 32 * 1024 * 1024
_NOT_UTF8 = "is not UTF-8 text"


@dataclass(frozen=True, slots=True)
class Received:
    """One body as it came, not yet understood.

    Attributes:
        where: ``file`` or ``file:line``.
    """

    where: str
    body: object


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that could not even be decoded.

    Attributes:
        unopened: Whether a whole source could not be opened.
    """

    where: str
    reason: str
    unopened: bool = False


def received(sources: Iterable[str], stdin: IO[bytes]) -> Iterator[Received | Refused]:
    """Every body of ``sources``, in order.

    A ``.txt`` file is one note whose id is the file's stem; a ``.jsonl`` file holds one encounter
    a line; ``-`` is standard input, and like any other file holds encounters if it begins with
    ``{``, else one note.
    """
    for source in sources:
        yield from _stream(source, stdin)


def _stream(source: str, stdin: IO[bytes]) -> Iterator[Received | Refused]:
    if source == STDIN:
        yield from _sniffed("stdin", "stdin", stdin)
        return
    path = Path(source)
    try:
        with path.open("rb") as file:
            yield from _opened(path, file)
    except OSError as error:
        yield Refused(source, _why(error), unopened=True)


def _opened(path: Path, file: IO[bytes]) -> Iterator[Received | Refused]:
    match path.suffix.lower():
        case ".txt":
            yield _note(str(path), path.stem, [file.read(_MOST_NOTE_BYTES + 1)])
        case ".jsonl" | ".ndjson":
            yield from _bodies(str(path), _lines(file))
        case _:
            yield from _sniffed(str(path), path.stem, file)


def _sniffed(where: str, name: str, file: IO[bytes]) -> Iterator[Received | Refused]:
    """Encounters or one note, by the first character that is not blank."""
    blank: list[bytes] = []
    lines = _lines(file)
    for line in lines:
        if line.removeprefix(codecs.BOM_UTF8).strip():
            everything = chain(blank, [line], lines)
            if line.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
                yield from _bodies(where, everything)
            else:
                yield _note(where, name, everything)
            return
        blank.append(line)
    yield _note(where, name, blank)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Lines with their ends; one beyond all reason is cut off, so that it cannot fill memory."""
    while line := file.readline(_MOST_LINE_BYTES + 1):
        rest = line
        while len(rest) > _MOST_LINE_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(_MOST_LINE_BYTES + 1)
        yield line


def _note(where: str, name: str, pieces: Iterable[bytes]) -> Received | Refused:
    """One note, its line ends and all else kept; only a byte order mark is no part of it."""
    raw = bytearray()
    for piece in pieces:
        raw += piece
        if len(raw) > _MOST_NOTE_BYTES:
            return Refused(where, f"is too long: the most read is {LONGEST_TEXT} characters")
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        return Refused(where, _NOT_UTF8)
    return Received(where, {"id": name, "text": text})


def _bodies(where: str, lines: Iterable[bytes]) -> Iterator[Received | Refused]:
    """One body a line; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        raw = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if raw.strip():
            yield _body(f"{where}:{number}", raw)


def _body(where: str, raw: bytes) -> Received | Refused:
    if len(raw) > _MOST_LINE_BYTES:
        return Refused(where, f"is longer than {_MOST_LINE_BYTES} bytes")
    try:
        return Received(where, decoded(raw))
    except BrokenJson as error:
        return Refused(where, str(error))


def _why(error: OSError) -> str:
    """The operating system's reason, without the path it repeats."""
    match error:
        case FileNotFoundError():
            return "is not there"
        case IsADirectoryError():
            return "is a folder; name the files in it"
        case PermissionError():
            return "may not be read"
    return error.strerror or "cannot be read"
