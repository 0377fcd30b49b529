"""Undo hard wrapping: lines broken only because the record's page was full.

A note typed line by line breaks where the writer meant it. One pasted from a record of fixed width
breaks where the next word would not have fitted, in the middle of a sentence.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from model.parse.sections import heading_of

# A page is at least this wide, or the breaks were meant; nothing wraps lines wider than the other.
_NARROWEST, _WIDEST = 50, 130
_FEWEST_BREAKS = 3
# A line is full from this share of the page on; so many of the broken lines must be.
_FULL, _MOST = 0.75, 0.8
_OPENS_ITEM = re.compile(r"\s*(?:[>*#•●▪·–—=_~+|-]|(?:\d{1,2}|[a-z])[.)]\s|\(\d\)|\[[ xX✓]?\])")
_COLUMNS = re.compile(r"\||\t|\S {3,}\S")
_GOES_ON = re.compile(r"\s*[a-z0-9(]")
_PROSE = re.compile(r"[a-z]{2}\)?[.] +[A-Z][a-z]")
_STOPS = re.compile(r"[.!?:;|]\s*$")


def unwrapped(text: str) -> str:
    """``text`` with the newlines of hard wrapping as spaces, character for character.

    Offsets hold. A text that was not wrapped comes back as it is.
    """
    if not _PROSE.search(text):
        return text
    lines = text.split("\n")
    broken = [_breaks(line, below) for line, below in pairwise(lines)]
    width = _page_width([line for line, is_broken in zip(lines, broken, strict=False) if is_broken])
    if width is None:
        return text
    joins = [
        " " if is_broken and _width(line) >= _FULL * width else "\n"
        for line, is_broken in zip(lines, broken, strict=False)
    ]
    return "".join(
        part for line, join in zip(lines, [*joins, ""], strict=True) for part in (line, join)
    )


def _page_width(broken: Sequence[str]) -> int | None:
    """Width of the page the note was broken at, or None when it was not."""
    if len(broken) < _FEWEST_BREAKS:
        return None
    width = max(map(_width, broken))
    full = sum(_width(line) >= _FULL * width for line in broken)
    return width if _NARROWEST <= width <= _WIDEST and full >= _MOST * len(broken) else None


def _breaks(line: str, below: str) -> bool:
    """Whether ``line`` ends in the middle of a sentence that ``below`` goes on."""
    return (
        bool(line.strip())
        and _GOES_ON.match(below) is not None
        and not _STOPS.search(line)
        and not _OPENS_ITEM.match(below)
        and not _COLUMNS.search(line.strip())
        and not _COLUMNS.search(below.strip())
        and heading_of(below) is None
    )


def _width(line: str) -> int:
    return len(line.rstrip())
