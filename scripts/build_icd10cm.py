"""Write ``model/policies/codes/icd10cm.sqlite`` from the tabular list and the validity table.

Run by hand when a release is loaded; then say in ``model/policies/releases.yaml`` how far it
reaches. ``python scripts/build_icd10cm.py TABULAR.xml VALIDITY.csv.gz``. The tabular XML is the one
the package simple-icd-10-cm carries; codes retired before it keep their stem's title.

One row a node of the tree; ``start`` is '' where a node itself is no code to bill, NULL where it
began before the table reaches. Codes that differ only by their 7th character are one row of their
stem, which keeps 75,000 codes in a few megabytes.
"""

import csv
import gzip
import re
import sqlite3
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "model/policies/codes/icd10cm.sqlite"
WINDOW = "2019-07-01"
"""First day the validity table reaches: a code valid from that day began then or earlier."""
SCHEMA = """
CREATE TABLE node (code TEXT PRIMARY KEY, parent TEXT, title TEXT, start TEXT, end TEXT,
                   sevenths TEXT, seven_start TEXT, seven_end TEXT) WITHOUT ROWID;
CREATE TABLE seventh (code TEXT, char TEXT, meaning TEXT, PRIMARY KEY (code, char)) WITHOUT ROWID;
CREATE TABLE note (code TEXT, number INTEGER, kind TEXT, text TEXT, PRIMARY KEY (code, number))
                   WITHOUT ROWID;
CREATE TABLE exclusion (code TEXT, note INTEGER, low TEXT, high TEXT, place INTEGER, chars TEXT,
                        PRIMARY KEY (code, note, low, high)) WITHOUT ROWID;
"""
KINDS = {
    "includes": "includes",
    "inclusionTerm": "inclusion_term",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "sevenChrNote": "seventh_character",
}
CODE = r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{0,4})?"
REFERENCE = re.compile(rf"\b({CODE})(?:-?\s*(?:-|\bto\b|\bthrough\b)\s*({CODE}))?")
CONDITION = re.compile(
    r"with (fifth|sixth|seventh|final|5th|6th|7th)[^()]*?characters?\s+[-.]?([0-9A-Z]{1,2})\b"
)
PLACES = {"fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6, "final": None}

Validity = dict[str, tuple[str | None, str | None]]


def nodes(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str, str | None]]:
    """Every node of the tree with its code and its parent's: chapter, block, then codes."""
    for chapter in root.iter("chapter"):
        name = f"chapter {chapter.findtext('name')}"
        yield chapter, name, None
        for section in chapter.iter("section"):
            first, _, last = section.get("id", "").partition("-")
            block = f"{first}-{last or first}"  # a block of one category is called like it
            yield section, block, name
            for diag in section.findall("diag"):
                yield from _below(diag, block)


def _below(
    diag: ElementTree.Element, parent: str
) -> Iterator[tuple[ElementTree.Element, str, str]]:
    code = diag.findtext("name", "")
    yield diag, code, parent
    for child in diag.findall("diag"):
        yield from _below(child, code)


def dotted(plain: str) -> str:
    """The code as people write it."""
    return plain if len(plain) <= 3 else f"{plain[:3]}.{plain[3:]}"


def stem_of(plain: str, known: set[str]) -> str:
    """The node a 7-character code hangs on: its first six without the placeholders X."""
    stem = plain[:-1]
    while stem not in known and stem.endswith("X"):
        stem = stem[:-1]
    return stem if len(plain) == 7 and stem in known else ""


def references(text: str, categories: set[str]) -> Iterator[tuple[str, str, int | None, str]]:
    """Codes a note names, as undotted prefixes from low to high, with a condition on characters."""
    condition = CONDITION.search(text)
    if re.search(r"with[^()]*character", text) and not condition:
        return
    place, chars = (PLACES[condition[1]], condition[2]) if condition else (None, "")
    for low, high in REFERENCE.findall(text):
        first, last = low.replace(".", ""), (high or low).replace(".", "")
        if first[:3] in categories and (last[:3] in categories or last[0] != first[0] or high):
            yield first, last, place, chars


def _validity(path: Path) -> Validity:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {
            row["code"]: (
                None if row["effective_from"] == WINDOW else row["effective_from"],
                row["effective_to"] or None,
            )
            for row in csv.DictReader(file)
        }


def _write_nodes(db: sqlite3.Connection, root: ElementTree.Element, validity: Validity) -> None:
    found = {code.replace(".", ""): (e, code, parent) for e, code, parent in nodes(root)}
    known = set(found)
    sevenths: dict[str, list[str]] = {}
    for plain in validity.keys() - known:
        sevenths.setdefault(stem_of(plain, known), []).append(plain)
    retired = sevenths.pop("", [])
    for plain, (element, code, parent) in found.items():
        own = validity.get(plain, (None, None)) if plain in validity else ("", "")
        chars, window, odd = _sevenths(sorted(sevenths.get(plain, [])), validity)
        title = re.sub(r" \([A-Z0-9]{3}-[A-Z0-9]{3}\)$", "", element.findtext("desc", ""))
        row = (code, parent, title, *own, chars, *window)
        db.execute("INSERT INTO node VALUES (?,?,?,?,?,?,?,?)", row)
        for full in odd:
            _write_alone(db, full, code, validity)
    for plain in retired:
        parent = next(plain[:n] for n in range(6, 2, -1) if plain[:n] in known)
        _write_alone(db, plain, found[parent][1], validity)


def _write_alone(db: sqlite3.Connection, plain: str, parent: str, validity: Validity) -> None:
    row = (dotted(plain), parent, None, *validity[plain], None, None, None)
    db.execute("INSERT INTO node VALUES (?,?,?,?,?,?,?,?)", row)


def _sevenths(
    codes: list[str], validity: Validity
) -> tuple[str | None, tuple[str | None, str | None], list[str]]:
    """The 7th characters that share the commonest validity, that validity, and the odd ones out."""
    if not codes:
        return None, (None, None), []
    windows = [validity[code] for code in codes]
    window = max(windows, key=windows.count)
    chars = "".join(code[-1] for code in codes if validity[code] == window)
    return chars, window, [code for code in codes if validity[code] != window]


def _notes_of(element: ElementTree.Element) -> list[tuple[str, str]]:
    return [
        (KINDS[child.tag], " ".join((note.text or "").split()))
        for child in element
        if child.tag in KINDS
        for note in child.findall("note")
    ]


def _write_notes(db: sqlite3.Connection, root: ElementTree.Element) -> None:
    every = list(nodes(root))
    categories = {code for _, code, _ in every if len(code) == 3}
    for element, code, _ in every:
        for number, (kind, text) in enumerate(_notes_of(element)):
            db.execute("INSERT INTO note VALUES (?,?,?,?)", (code, number, kind, text))
            for ref in references(text, categories) if kind == "excludes1" else ():
                db.execute(
                    "INSERT OR IGNORE INTO exclusion VALUES (?,?,?,?,?,?)", (code, number, *ref)
                )
        for extension in element.findall("sevenChrDef/extension"):
            char, meaning = extension.get("char", ""), " ".join((extension.text or "").split())
            db.execute("INSERT OR IGNORE INTO seventh VALUES (?,?,?)", (code, char, meaning))


def main(tabular: Path, validity: Path) -> None:
    """Read both sources and write the database anew."""
    root = ElementTree.parse(tabular).getroot()  # noqa: S314  (a file of ours, read by hand)
    TARGET.unlink(missing_ok=True)
    db = sqlite3.connect(TARGET)
    db.executescript(SCHEMA)
    _write_nodes(db, root, _validity(validity))
    _write_notes(db, root)
    db.commit()
    db.execute("VACUUM")
    db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
