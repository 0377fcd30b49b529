"""The ICD-10-CM tree on disk: opened once, read a row at a time.

``scripts/build_icd10cm.py`` writes the database and explains its rows. Everything here works on
codes as people write them (``M54.50``); a code that carries a 7th character is found on its stem.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from model.errors import UnknownCode
from model.policy_folder import table_path

_LAST = "~"
"""Sorts after every character of a code."""
_PLACEHOLDER = "X"
_CHAPTER = "chapter "
_NOT_BILLABLE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A chapter, block, category or code as the tree holds it.

    Attributes:
        window: First and last day it may be billed, None where open; None as a whole when it is
            no code to bill.
        sevenths: 7th characters it takes.
    """

    code: str
    parent: str | None
    title: str
    window: tuple[date | None, date | None] | None
    sevenths: str


@dataclass(frozen=True, slots=True)
class Saying:
    """What the tabular calls a node that is, or extends to, codes to bill.

    Attributes:
        words: Its title and its inclusion terms.
        first_day: First day in ISO form; None where our tables begin later.
        last_day: Last day in ISO form; None where it has not ended.
    """

    code: str
    words: str
    sevenths: str
    first_day: str | None
    last_day: str | None


def written(code: str) -> str:
    """``code`` in capitals and with its point."""
    if code.startswith(_CHAPTER):
        return code
    plain = code.strip().upper().replace(".", "")
    return plain if len(plain) <= 3 or "-" in plain else f"{plain[:3]}.{plain[3:]}"


@lru_cache(maxsize=16384)
def node(code: str) -> Node:
    """The node called ``code``, made up from its stem where it carries a 7th character.

    Raises:
        UnknownCode: The tree has no such node.
    """
    row = _one("SELECT code, parent, title, start, end, sevenths FROM node WHERE code = ?", code)
    if row is None:
        return _extended(code)
    name, parent, title, start, end, sevenths = row
    return Node(
        code=name,
        parent=parent,
        title=title if title is not None else node(parent).title,
        window=None if start == _NOT_BILLABLE else (_day(start), _day(end)),
        sevenths=sevenths or "",
    )


def below(stem: str) -> Iterator[str]:
    """Every code under ``stem`` that is or was billable, ``stem`` itself included, in order."""
    first, last = _reach(stem)
    rows = _rows(
        "SELECT code, start, sevenths FROM node WHERE code >= ? AND code < ?", first, last + _LAST
    )
    for code, start, sevenths in rows:
        if start != _NOT_BILLABLE:
            yield code
        yield from (extend(code, char) for char in sevenths or "")


def children(parent: str) -> tuple[str, ...]:
    """Nodes one step below ``parent``, its 7th characters included."""
    first, last = _reach(parent)
    rows = _rows(
        "SELECT code FROM node WHERE code >= ? AND code < ? AND parent = ?",
        *(first, last + _LAST, parent),
    )
    return (*(row[0] for row in rows), *(extend(parent, c) for c in node(parent).sevenths))


def chain(code: str) -> tuple[str, ...]:
    """``code`` and everything above it, nearest first, ending with its chapter."""
    found: list[str] = []
    parent: str | None = code
    while parent is not None:
        found.append(parent)
        parent = node(parent).parent
    return tuple(found)


def notes(code: str) -> tuple[tuple[str, str], ...]:
    """Kind and text of every note at ``code`` itself."""
    return tuple(_rows("SELECT kind, text FROM note WHERE code = ? ORDER BY number", code))


def exclusions(code: str) -> tuple[tuple[str, str, int | None, str, str], ...]:
    """Excludes1 references at ``code``: low, high, place, characters and the note's text."""
    return tuple(
        _rows(
            "SELECT low, high, place, chars, text FROM exclusion AS e JOIN note AS n"
            " ON n.code = e.code AND n.number = e.note WHERE e.code = ? ORDER BY e.note, low",
            code,
        )
    )


def sayings() -> Iterator[Saying]:
    """Every node that is billed, by itself or with a 7th character, in the order of codes."""
    terms: dict[str, str] = {}
    for code, text in _rows("SELECT code, text FROM note WHERE kind = 'inclusion_term'"):
        terms[code] = f"{terms.get(code, '')} {text}"
    rows = _rows(
        "SELECT n.code, coalesce(n.title, p.title), coalesce(n.sevenths, ''),"
        " coalesce(nullif(n.start, ''), n.seven_start), coalesce(nullif(n.end, ''), n.seven_end)"
        " FROM node AS n LEFT JOIN node AS p ON p.code = n.parent"
        " WHERE n.start IS NULL OR n.start <> '' OR n.sevenths <> '' ORDER BY n.code"
    )
    for code, title, sevenths, first, last in rows:
        words = f"{title or ''}{terms.get(code, '')}"
        yield Saying(code, words, sevenths, first or None, last or None)


def meanings(code: str) -> dict[str, str]:
    """What each 7th character under ``code`` means; the nearest definition above it holds."""
    for name in chain(code):
        if rows := _rows("SELECT char, meaning FROM seventh WHERE code = ?", name):
            return dict(rows)
    return {}


def extend(stem: str, char: str) -> str:
    """``stem`` with a 7th character, filled up with placeholders."""
    return written(stem.replace(".", "").ljust(6, _PLACEHOLDER) + char)


def _extended(code: str) -> Node:
    plain = code.replace(".", "")
    stem = plain[:-1]
    while len(plain) == 7 and len(stem) >= 3:
        row = _one(
            "SELECT code, title, seven_start, seven_end FROM node"
            " WHERE code = ? AND instr(sevenths, ?)",
            *(written(stem), plain[-1]),
        )
        if row is not None:
            name, title, start, end = row
            meaning = meanings(name).get(plain[-1], f"7th character {plain[-1]}")
            return Node(
                code=code,
                parent=name,
                title=f"{title}, {meaning}",
                window=(_day(start), _day(end)),
                sevenths="",
            )
        if not stem.endswith(_PLACEHOLDER):
            break
        stem = stem[:-1]
    raise UnknownCode(code)


def _reach(code: str) -> tuple[str, str]:
    """First and last category or prefix of the codes below ``code``."""
    if code.startswith(_CHAPTER):
        blocks = [row[0] for row in _rows("SELECT code FROM node WHERE parent = ?", code)]
        return min(blocks)[:3], max(blocks)[-3:]
    return (code[:3], code[-3:]) if "-" in code else (code, code)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _one(query: str, *args: Any) -> Any:
    return _database().execute(query, args).fetchone()


def _rows(query: str, *args: Any) -> list[Any]:
    return _database().execute(query, args).fetchall()


@cache
def _database() -> sqlite3.Connection:
    path = Path(str(table_path("icd10cm"))).absolute()
    # Read-only and never changed while open, so threads may share it without locks.
    return sqlite3.connect(
        f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
