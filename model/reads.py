"""What was looked up in policy while a rule was judging, for whoever asks why it changed.

Off unless somebody listens: then a look-up costs one question.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Reads = dict[tuple[str, str], str]
"""What a table said of a row, by table and row; ``parameters`` is a table, too."""

_listening: ContextVar[Reads | None] = ContextVar("reads", default=None)


@contextmanager
def listening() -> Iterator[Reads]:
    """What is looked up inside the block, in this thread alone."""
    reads: Reads = {}
    token = _listening.set(reads)
    try:
        yield reads
    finally:
        _listening.reset(token)


def is_listening() -> bool:
    """Whether look-ups of this thread are kept."""
    return _listening.get() is not None


def note_read(table: str, row: str | tuple[str, str], said: object) -> None:
    """Keep what ``table`` said of ``row`` where somebody listens; None is "nothing".

    A row of two codes is the same whichever is named first. Nothing is put into words unless
    somebody listens: this is called thousands of times a claim.
    """
    reads = _listening.get()
    if reads is None:
        return
    name = row if isinstance(row, str) else " with ".join(sorted(row))
    reads[table, name] = "no row in force" if said is None else str(said)
