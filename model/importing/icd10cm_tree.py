"""The ICD-10-CM tree as a database: one row a node, codes by 7th character folded into their stem.

``start`` is '' where a node itself is no code to bill, NULL where it began before the table
reaches. Codes that differ only by their 7th character are one row of their stem, which keeps 75,000
codes in a few megabytes. ``scripts/build_icd10cm.py`` writes the packaged database with these.
"""

import re
import sqlite3
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

SCHEMA = """
CREATE TABLE node (code TEXT PRIMARY KEY, parent TEXT, title TEXT, start TEXT, end TEXT,
                   sevenths TEXT, seven_start TEXT, seven_end TEXT) WITHOUT ROWID;
CREATE TABLE seventh (code TEXT, char TEXT, meaning TEXT, PRIMARY KEY (code, char)) WITHOUT ROWID;
CREATE TABLE note (code TEXT, number INTEGER, kind TEXT, text TEXT, PRIMARY KEY (code, number))
                   WITHOUT ROWID;
CREATE TABLE exclusion (code TEXT, note INTEGER, low TEXT, high TEXT, place INTEGER, chars TEXT,
                        PRIMARY KEY (code, note, low, high)) WITHOUT ROWID;
"""
_KINDS = {
    "includes": "includes",
    "inclusionTerm": "inclusion_term",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "sevenChrNote": "seventh_character",
}
_CODE = r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{0,4})?"
_REFERENCE = re.compile(rf"\b({_CODE})(?:-?\s*(?:-|\bto\b|\bthrough\b)\s*({_CODE}))?")
_CONDITION = re.compile(
    r"with (fifth|sixth|seventh|final|5th|6th|7th)[^()]*?characters?\s+[-.]?([0-9A-Z]{1,2})\b"
)
_PLACES = {"fifth": 4, "5th": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6, "final": None}

Window = tuple[str | None, str | None]
Validity = Mapping[str, Window]
"""First and last day by code without its point; None where open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeNode:
    """A chapter, block, category or code, without the codes its 7th characters make.

    Attributes:
        notes: Kind and text of each note, in order.
        sevenths: Meaning by 7th character, where they are defined at this node.
        remarks: Notes of other kinds, which say to which codes a 7th character does not apply.
    """

    code: str
    parent: str | None
    title: str
    notes: tuple[tuple[str, str], ...] = ()
    sevenths: Mapping[str, str] = field(default_factory=dict, hash=False)
    remarks: tuple[str, ...] = ()


def read_tabular(root: ElementTree.Element) -> Iterator[TreeNode]:
    """Every node of the tabular list: chapter, block, then codes."""
    for chapter in root.iter("chapter"):
        name = f"chapter {chapter.findtext('name')}"
        yield _node(chapter, name, None)
        for section in chapter.iter("section"):
            first, _, last = section.get("id", "").partition("-")
            block = f"{first}-{last or first}"  # a block of one category is called like it
            yield _node(section, block, name)
            for diag in section.findall("diag"):
                yield from _below(diag, block)


def read_database(db: sqlite3.Connection) -> Iterator[TreeNode]:
    """The nodes of a database written here; codes kept alone for their own dates are left out."""
    notes: dict[str, list[tuple[str, str]]] = {}
    for code, kind, text in db.execute("SELECT code, kind, text FROM note ORDER BY code, number"):
        notes.setdefault(code, []).append((kind, text))
    meanings: dict[str, dict[str, str]] = {}
    for code, char, meaning in db.execute("SELECT code, char, meaning FROM seventh"):
        meanings.setdefault(code, {})[char] = meaning
    rows = db.execute("SELECT code, parent, title FROM node WHERE title IS NOT NULL")
    for code, parent, title in rows:
        found = tuple(notes.get(code, ()))
        yield TreeNode(
            code=code, parent=parent, title=title, notes=found, sevenths=meanings.get(code, {})
        )


def read_validity(db: sqlite3.Connection) -> dict[str, Window]:
    """When each code of a database may be billed."""
    found: dict[str, Window] = {}
    for code, start, end, chars, *window in db.execute(
        "SELECT code, start, end, sevenths, seven_start, seven_end FROM node"
    ):
        plain = code.replace(".", "")
        if start != "":
            found[plain] = (start, end)
        for char in chars or "":
            found[plain.ljust(6, "X") + char] = (window[0], window[1])
    return found


def write_database(db: sqlite3.Connection, nodes: Iterable[TreeNode], validity: Validity) -> None:
    """Write tree and validity into an empty database."""
    tree = {node.code.replace(".", ""): node for node in nodes}
    db.executescript(SCHEMA)
    _write_nodes(db, tree, validity)
    categories = {node.code for node in tree.values() if len(node.code) == 3}
    for node in tree.values():
        _write_notes(db, node, categories)
    db.commit()
    db.execute("VACUUM")


def dotted(plain: str) -> str:
    """The code as people write it."""
    return plain if len(plain) <= 3 else f"{plain[:3]}.{plain[3:]}"


def stem_of(plain: str, known: Iterable[str]) -> str:
    """The node a 7-character code hangs on: its first six without the placeholders X."""
    stem = plain[:-1]
    while stem not in known and stem.endswith("X"):
        stem = stem[:-1]
    return stem if len(plain) == 7 and stem in known else ""


def references(text: str, categories: set[str]) -> Iterator[tuple[str, str, int | None, str]]:
    """Codes a note names, as undotted prefixes from low to high, with a condition on characters."""
    condition = _CONDITION.search(text)
    if re.search(r"with[^()]*character", text) and not condition:
        return
    place, chars = (_PLACES[condition[1]], condition[2]) if condition else (None, "")
    for low, high in _REFERENCE.findall(text):
        first, last = low.replace(".", ""), (high or low).replace(".", "")
        if first[:3] in categories and (last[:3] in categories or last[0] != first[0] or high):
            yield first, last, place, chars


def _below(diag: ElementTree.Element, parent: str) -> Iterator[TreeNode]:
    code = diag.findtext("name", "")
    yield _node(diag, code, parent)
    for child in diag.findall("diag"):
        yield from _below(child, code)


def _node(element: ElementTree.Element, code: str, parent: str | None) -> TreeNode:
    return TreeNode(
        code=code,
        parent=parent,
        title=re.sub(r" \([A-Z0-9]{3}-[A-Z0-9]{3}\)$", "", element.findtext("desc", "")),
        notes=tuple(
            (_KINDS[child.tag], _plain(note))
            for child in element
            if child.tag in _KINDS
            for note in child.findall("note")
        ),
        sevenths={
            extension.get("char", ""): _plain(extension)
            for extension in reversed(element.findall("sevenChrDef/extension"))
        },
        remarks=tuple(_plain(note) for note in element.findall("notes/note")),
    )


def _plain(element: ElementTree.Element) -> str:
    return " ".join((element.text or "").split())


def _write_nodes(db: sqlite3.Connection, tree: Mapping[str, TreeNode], validity: Validity) -> None:
    sevenths: dict[str, list[str]] = {}
    for plain in validity.keys() - tree.keys():
        sevenths.setdefault(stem_of(plain, tree), []).append(plain)
    retired = sevenths.pop("", [])
    for plain, node in tree.items():
        own = validity.get(plain, ("", ""))
        chars, window, odd = _sevenths(sorted(sevenths.get(plain, [])), validity)
        row = (node.code, node.parent, node.title, *own, chars, *window)
        db.execute("INSERT INTO node VALUES (?,?,?,?,?,?,?,?)", row)
        for full in odd:
            _write_alone(db, full, node.code, validity)
    for plain in sorted(retired):
        parent = next(plain[:n] for n in range(6, 2, -1) if plain[:n] in tree)
        _write_alone(db, plain, tree[parent].code, validity)


def _write_alone(db: sqlite3.Connection, plain: str, parent: str, validity: Validity) -> None:
    row = (dotted(plain), parent, None, *validity[plain], None, None, None)
    db.execute("INSERT INTO node VALUES (?,?,?,?,?,?,?,?)", row)


def _sevenths(codes: Sequence[str], validity: Validity) -> tuple[str | None, Window, list[str]]:
    """The 7th characters that share the commonest validity, that validity, and the odd ones out."""
    if not codes:
        return None, (None, None), []
    windows = [validity[code] for code in codes]
    window = max(windows, key=windows.count)
    chars = "".join(code[-1] for code in codes if validity[code] == window)
    return chars, window, [code for code in codes if validity[code] != window]


def _write_notes(db: sqlite3.Connection, node: TreeNode, categories: set[str]) -> None:
    for number, (kind, text) in enumerate(node.notes):
        db.execute("INSERT INTO note VALUES (?,?,?,?)", (node.code, number, kind, text))
        for reference in references(text, categories) if kind == "excludes1" else ():
            row = (node.code, number, *reference)
            db.execute("INSERT OR IGNORE INTO exclusion VALUES (?,?,?,?,?,?)", row)
    for char, meaning in node.sevenths.items():
        db.execute("INSERT INTO seventh VALUES (?,?,?)", (node.code, char, meaning))
