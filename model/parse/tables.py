"""Rows and columns of flow sheets and grids drawn with bars or tabs."""

import re
from collections.abc import Iterator

from model.records import Duration, DurationKind, Span

_LABELLED = re.compile(
    r"(?<![\w.])(?:9[0-9]{4}|G0283|TE|TA|MT|NMR|NMRE|GT|SC|ADLs?|ther\.? ?ex|therex|theract"
    r"|ther\.? ?act|there ?ex|there ?act|manual(?: therapy)?|gait(?: training)?|neuro ?re-?ed"
    r"|self ?care)"
    r"(?:[ ,-]+(?:GP|GO|GN|CQ|CO|KX))*\s*[:=\u2013-]?\s*\(?(?P<n>\d{1,2})\)?"
    r"(?=\s*(?:[,;/|)\n\r]|$|[A-Z]{2,}|and\b|\+|min|\d\s?u?\b))",
    re.IGNORECASE,
)
# Code, words, minutes and units in columns that no title names: "97140 MT    20    2U".
_COLUMNED = re.compile(
    r"\b(?:9\d{4}|G0283)\b[^\n]*?(?:\s{2,}|\s?[|/]\s?|-{2,}|\t)(?P<n>\d{1,3})"
    r"(?=(?:\s{2,}|\s?[|/]\s?|-{2,}|\t)[1-8]\s?(?:u\b|units?\b|[^\d.:/%\w]|$))",
    re.IGNORECASE | re.MULTILINE,
)
_FILLED = re.compile(r"_+(?P<n>\d{1,3})_+")
# A bare number after a label is minutes from here on; below, it is units or a count.
_FEWEST_BARE = 7
_RULE = re.compile(r"^[\s|+:=\-_]*$")
_MINUTES_CELL = re.compile(r"^\s*(?P<n>\d{1,3})\s*(?:min\.?|mins|m|')?\s*$", re.IGNORECASE)
_SEPARATORS = (re.compile(r"\|"), re.compile(r"\t"), re.compile(r"(?<=\S) {2,}(?=\S)"))
# How far above a row its column titles may stand.
_FARTHEST_TITLE = 14


def row_cells(text: str, at: int) -> Iterator[tuple[str, Span]]:
    """The cells of the table row around ``at`` with the lower-case title of their column."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    row = Span(start, len(text) if end < 0 else end) if end != start else None
    if row is None or _separator(row.of(text)) is None:
        return
    cells = _cells(row, text)
    titles = _titles(text, start, len(cells))
    for index, cell in enumerate(cells):
        yield (titles[index] if index < len(titles) else ""), cell


def table_minutes(text: str) -> Iterator[Duration]:
    """Bare numbers that stand in a column of minutes."""
    at = 0
    for line in text.split("\n"):
        if _separator(line) is not None:
            for title, cell in row_cells(text, at):
                match = _MINUTES_CELL.match(cell.of(text))
                if match and re.search(r"\bmin|\btime\b|\bdur", title):
                    yield Duration(
                        span=Span(cell.start + match.start("n"), cell.start + match.end("n")),
                        minutes=int(match["n"]),
                        kind=DurationKind.PLAIN,
                    )
        at += len(line) + 1


def bare_minutes(text: str) -> Iterator[Duration]:
    """Numbers that a column of minutes or a service's label makes minutes, each once."""
    seen: set[int] = set()
    for duration in (*table_minutes(text), *_labelled(text)):
        if duration.span.start not in seen:
            seen.add(duration.span.start)
            yield duration


def _labelled(text: str) -> Iterator[Duration]:
    """Numbers after a service's label, or written into a form's blank."""
    for pattern, kind in (
        (_LABELLED, DurationKind.COUNTED),
        (_COLUMNED, DurationKind.COUNTED),
        (_FILLED, DurationKind.BARE),
    ):
        for match in pattern.finditer(text):
            if int(match["n"]) >= _FEWEST_BARE:
                yield Duration(span=Span(*match.span("n")), minutes=int(match["n"]), kind=kind)


def _separator(line: str) -> re.Pattern[str] | None:
    """What parts the columns of ``line``: bars, tabs, or wide gaps; None when it is no row."""
    return next((mark for mark in _SEPARATORS if len(mark.findall(line.strip())) >= 2), None)


def _cells(row: Span, text: str) -> list[Span]:
    line = row.of(text)
    mark = _separator(line) or _SEPARATORS[0]
    cells, begin = [], 0
    for match in [*mark.finditer(line), None]:
        position = match.start() if match else len(line)
        if line[begin:position].strip():
            cells.append(Span(row.start + begin, row.start + position))
        begin = match.end() if match else begin
    return cells


def _titles(text: str, start: int, width: int) -> list[str]:
    """Titles of the nearest line above that has no numbers and as many cells, or none."""
    above = text[:start].split("\n")[:-1]
    for line in reversed(above[-_FARTHEST_TITLE:]):
        if _separator(line) is None or _RULE.match(line):
            continue
        cells = [cell.of(line) for cell in _cells(Span(0, len(line)), line)] if line else []
        if _names_columns(cells) and abs(len(cells) - width) <= 1:
            return [cell.strip().lower() for cell in cells]
    return []


def _names_columns(cells: list[str]) -> bool:
    """Whether ``cells`` are titles: words for minutes or units, and no number of minutes."""
    titled = any(re.search(r"\bmin|\bunits?\b|\btime\b", cell, re.IGNORECASE) for cell in cells)
    return titled and not any(_MINUTES_CELL.match(cell) for cell in cells)
