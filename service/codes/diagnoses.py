"""Find diagnosis codes by words: an index in memory of what the tabular calls each node.

Nodes that take a 7th character stand in the index once, and are found as the codes they extend to.
"""

import csv
import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

from model.codes import icd10cm
from model.codes.diagnoses import diagnosis
from model.extract.phrases import expanded
from service.codes.records import CodeKind, FoundCode

_CODE = re.compile(r"[A-Za-z][0-9][0-9A-Za-z]?(?:\.?[0-9A-Za-z]{0,4})?")
_ROWS_READ = 200
"""Best nodes looked at before those not in force on the day are left out."""
_SHOWN_NOTES = frozenset({"excludes1", "code_first", "use_additional", "code_also"})
_MOST_NOTES = 6
_BY_WORDS = """
SELECT node.code, node.sevenths FROM said JOIN node ON node.rowid = said.rowid
WHERE said MATCH ? AND node.starts <= ? AND node.ends >= ? ORDER BY bm25(said), node.code LIMIT ?
"""
_BY_CODE = """
SELECT code, sevenths FROM node
WHERE plain >= ? AND plain < ? AND starts <= ? AND ends >= ? ORDER BY code LIMIT ?
"""


class DiagnosisSearch:
    """The index; one connection, one question at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.executescript(
            """
            CREATE TABLE node (code TEXT, plain TEXT, sevenths TEXT, starts TEXT, ends TEXT);
            CREATE VIRTUAL TABLE said USING fts5(
                words, content='', prefix='2 3', tokenize='porter unicode61 remove_diacritics 2'
            );
            """
        )
        rows = list(icd10cm.sayings())
        self._database.executemany(
            "INSERT INTO node VALUES (?, ?, ?, ?, ?)",
            ((s.code, s.code.replace(".", ""), s.sevenths, *_days(s)) for s in rows),
        )
        self._database.executemany(
            "INSERT INTO said (rowid, words) VALUES (?, ?)",
            ((number, _words(saying)) for number, saying in enumerate(rows, start=1)),
        )
        self._database.execute("CREATE INDEX node_plain ON node (plain)")

    def find(self, query: str, on: date, *, most: int) -> tuple[FoundCode, ...]:
        """Codes to bill on the day ``on`` that ``query`` names, best first, up to ``most``.

        A query that looks like a code finds the codes it begins; any other finds those whose title
        or inclusion terms hold every word of it, abbreviations written out.
        """
        found: list[FoundCode] = []
        for code in self._codes(query.strip(), on):
            known = diagnosis(code)
            if known.is_in_force(on):
                found.append(_found(code))
            if len(found) == most:
                break
        return tuple(found)

    def _codes(self, query: str, on: date) -> Iterator[str]:
        plain = query.upper().replace(".", "")
        is_code = bool(_CODE.fullmatch(query))
        for code, sevenths in self._rows_of_code(plain, on) if is_code else self._rows(query, on):
            yield from _extended(code, sevenths, plain if is_code else "")

    def _rows_of_code(self, plain: str, on: date) -> list[tuple[str, str]]:
        day = on.isoformat()
        # A code with its 7th character is found on its stem, which is shorter.
        rows = self._all(_BY_CODE, plain, f"{plain}~", day, day, _ROWS_READ)
        stems = [plain[:length].rstrip("X") for length in range(len(plain) - 1, 2, -1)]
        for stem in dict.fromkeys(stems) if len(plain) > 3 and not rows else ():
            rows = self._all(_BY_CODE, stem, f"{stem}!", day, day, 1)
            if rows:
                break
        return rows

    def _rows(self, query: str, on: date) -> list[tuple[str, str]]:
        words = [word for word in expanded(query) if any(map(str.isalnum, word))]
        if not words:
            return []
        quoted = [f'"{word.replace(chr(34), "")}"*' for word in words]
        day = on.isoformat()
        rows = self._all(_BY_WORDS, " ".join(quoted), day, day, _ROWS_READ)
        return rows or self._all(_BY_WORDS, " OR ".join(quoted), day, day, _ROWS_READ)

    def _all(self, statement: str, *values: Any) -> list[tuple[str, str]]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()


@cache
def diagnosis_search() -> DiagnosisSearch:
    """The one index of this process; a third of a second the first time."""
    return DiagnosisSearch()


@cache
def _usual() -> dict[str, str]:
    """What people call the conditions therapists meet, by the code or stem it stands for."""
    found: dict[str, str] = {}
    path = files("model") / "policies" / "codes" / "diagnosis_index.csv"
    with path.open("r", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["code_stem"]] = f"{found.get(row['code_stem'], '')} {row['term']}"
    return found


def _words(saying: icd10cm.Saying) -> str:
    usual = (_usual().get(saying.code[:length], "") for length in range(3, len(saying.code) + 1))
    return " ".join([saying.words, *usual])


def _days(saying: icd10cm.Saying) -> tuple[str, str]:
    return saying.first_day or "0000", saying.last_day or "9999"


def _extended(code: str, sevenths: str, wanted: str) -> Iterator[str]:
    """The codes to bill at a node; ``wanted`` is a code that was written out, or nothing."""
    codes = [icd10cm.extend(code, char) for char in sevenths] or [code]
    yield from (each for each in codes if each.replace(".", "").startswith(wanted))


def _found(code: str) -> FoundCode:
    known = diagnosis(code)
    notes = [(each.kind, each.text) for each in known.instructions() if each.kind in _SHOWN_NOTES]
    return FoundCode(
        code=known.code,
        kind=CodeKind.DIAGNOSIS,
        caption=known.title,
        valid_from=known.valid_from,
        valid_to=known.valid_to,
        notes=tuple(notes[:_MOST_NOTES]),
    )
