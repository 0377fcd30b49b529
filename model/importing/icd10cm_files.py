"""ICD-10-CM releases: the tabular list (XML) and the order file (fixed width).

The tabular list brings titles, instructions and 7th characters; the order file brings which codes
may be billed, and titles of new ones. Either moves the table to its release: a code it lists
begins, one it no longer lists ends the day before.

Order file: number 1-5, code 7-13, billable (1) or heading (0) at 15, short title 17-76, long title
from 78. Checked against the tabular list of April 2026 and descriptions of order files of 2016 to
2026 in public repositories (``icd10cm_order_2026.txt``, ``icd10cm-order-April-2025.txt``). Beside
them in the zip lie the codes alone and lists of changes, which are none of our tables.

Source: CDC/NCHS and CMS, ICD-10-CM files by fiscal year.
"""

import re
import sqlite3
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from model.errors import ImportRefused
from model.importing.icd10cm_period import (
    BILLABLE,
    TABLE,
    held_database,
    period_of,
    refuse_unsure,
)
from model.importing.icd10cm_tree import (
    TreeNode,
    Validity,
    Window,
    dotted,
    read_database,
    read_tabular,
    read_validity,
    stem_of,
    write_database,
)
from model.importing.periods import named
from model.importing.published import Change, Hints, Kind, Plan, Published, Verb
from model.importing.sheets import text_of
from model.importing.sources import Member

_TABULAR = b"<ICD10CM.tabular"
_ORDER = re.compile(r"\d{5} [A-Z][0-9A-Z]{2,6} {1,5}[01] .+")
_NOT_APPLIED = re.compile(
    r"7th characters? (\w)(?: and (\w))? do not apply to codes in category (\w{3})"
    r" with 6th character (\w)(?:.*?\bor (\w) -)?"
)


def found_in(member: Member, hints: Hints) -> Published | None:
    """The release in a file; None where it is another kind.

    Raises:
        ImportRefused: It is damaged, does not say its year, or is older than what is held.
    """
    found = _read(member, hints)
    if found is not None and hints.release is None:
        refuse_unsure(found)
    return found


def _read(member: Member, hints: Hints) -> Published | None:
    if _TABULAR in member.content[:4096]:
        return _tabular(member, hints)
    first, _, _ = member.content.lstrip(b"\xef\xbb\xbf").partition(b"\n")
    if _ORDER.fullmatch(first.rstrip(b"\r").decode("latin-1").rstrip()):
        return _order(member, hints)
    return None


def planned(published: Published) -> Plan:
    """The database as the release leaves it."""
    if published.period is None:
        raise ValueError("a release of ICD-10-CM has a period")
    with held_database() as held:
        tree, before = list(read_database(held)), read_validity(held)
    titles = {node.code: node.title for node in tree}
    nodes = (
        list(read_tabular(ElementTree.fromstring(published.tree)))  # noqa: S314  (checked)
        if published.tree is not None
        else [*tree, *_new_nodes(published, tree)]
    )
    listed = {row[0] for row in published.rows if row[1] == BILLABLE}
    after = _released(before, listed, published)
    return Plan(
        published=published,
        rows_kept=published.rows_read,
        rows_held=sum(end is None for _, end in before.values()),
        changes=tuple(sorted(_changes(before, after, titles, nodes))),
        content=_written(nodes, after),
        suffix=".sqlite",
    )


def _tabular(member: Member, hints: Hints) -> Published:
    if b"<!ENTITY" in member.content:
        raise ImportRefused(member.name, "declares entities; the published list has none")
    try:
        root = ElementTree.fromstring(member.content)  # noqa: S314  (no entities, see above)
    except ElementTree.ParseError as error:
        line, column = error.position
        reason = "is broken XML; download it again"
        raise ImportRefused(member.name, reason, line=line, column=column + 1) from error
    version = (root.findtext("version") or "").strip()
    period = period_of(member, hints, version)
    nodes = list(read_tabular(root))
    billable = sorted(_billable(nodes))
    if not billable:
        raise ImportRefused(member.name, "holds no code")
    return Published(
        kind=Kind.ICD10CM_TABULAR,
        member=member.name,
        table=TABLE,
        release=named(period),
        period=period,
        rows=tuple((code, BILLABLE, "") for code in billable),
        rows_read=len(nodes),
        tree=member.content,
    )


def _order(member: Member, hints: Hints) -> Published:
    rows: list[tuple[str, str, str]] = []
    for number, line in enumerate(text_of(member).splitlines(), start=1):
        if not line.strip():
            continue
        if _ORDER.fullmatch(line.rstrip()) is None or len(line.rstrip()) < 17:
            raise ImportRefused(member.name, "is no line of an order file", line=number, column=1)
        if int(line[:5]) != len(rows) + 1:
            reason = f"is number {line[:5]} where {len(rows) + 1:05} is due: a line is missing"
            raise ImportRefused(member.name, reason, line=number, column=1)
        rows.append((line[6:13].strip(), line[14], line[77:].strip() or line[16:76].strip()))
    period = period_of(member, hints, "")
    return Published(
        kind=Kind.ICD10CM_ORDER,
        member=member.name,
        table=TABLE,
        release=named(period),
        period=period,
        rows=tuple(rows),
        rows_read=len(rows),
    )


def _billable(nodes: Iterable[TreeNode]) -> Iterator[str]:
    """Every code to bill that the tree makes, without its point."""
    tree = {node.code: node for node in nodes}
    parents = {node.parent for node in tree.values()}
    barred = set(_barred(tree.values()))
    for node in tree.values():
        if node.code in parents or node.parent is None or node.parent.startswith("chapter "):
            continue
        plain = node.code.replace(".", "")
        chars = _sevenths_of(node, tree)
        if not chars:
            yield plain
        for char in chars:
            if (plain[:3], plain[5:6], char) not in barred:
                yield plain.ljust(6, "X") + char


def _sevenths_of(node: TreeNode, tree: Mapping[str, TreeNode]) -> Mapping[str, str]:
    """The 7th characters defined at the node, or else nearest above it."""
    here: TreeNode | None = node
    while here is not None:
        if here.sevenths:
            return here.sevenths
        here = tree.get(here.parent or "")
    return {}


def _barred(nodes: Iterable[TreeNode]) -> Iterator[tuple[str, str, str]]:
    """Category, 6th and 7th character of codes that a remark says do not exist."""
    for node in nodes:
        for remark in node.remarks:
            for one, other, category, *sixths in _NOT_APPLIED.findall(remark):
                for sixth in filter(None, sixths):
                    yield from ((category, sixth, char) for char in (one, other) if char)


def _released(before: Validity, listed: set[str], published: Published) -> dict[str, Window]:
    """When each code may be billed, once the release stands."""
    first, _ = published.period or (date.min, date.max)
    start, eve = first.isoformat(), (first - timedelta(days=1)).isoformat()
    later = [code for code, (begun, _) in before.items() if begun and begun > start]
    if any(code not in listed for code in later):
        reason = f"lacks codes that are held from later than {first}: it is the older release"
        raise ImportRefused(published.member, reason)
    found: dict[str, Window] = {}
    for code in before.keys() | listed:
        begun, ended = before.get(code, (start, None))
        if code in listed:
            found[code] = (begun, None)
        elif begun is None or begun < start:
            found[code] = (begun, min(ended, eve) if ended else eve)
    return found


def _new_nodes(published: Published, tree: Iterable[TreeNode]) -> Iterator[TreeNode]:
    """Nodes an order file has and the tree has not, hung below the longest code they begin with."""
    held = {node.code.replace(".", ""): node for node in tree}
    for plain, _, title in published.rows:
        if plain in held or stem_of(plain, held):
            continue
        parent = next((plain[:n] for n in range(len(plain) - 1, 2, -1) if plain[:n] in held), None)
        if parent is None:
            reason = f"{plain[:7]} stands below no category held; take the tabular list first"
            raise ImportRefused(published.member, reason)
        held[plain] = TreeNode(code=dotted(plain), parent=held[parent].code, title=title)
        yield held[plain]


def _changes(
    before: Validity, after: Validity, titles: Mapping[str, str], nodes: Iterable[TreeNode]
) -> Iterator[Change]:
    for code in before.keys() | after.keys():
        was, now = before.get(code), after.get(code)
        if was is None:
            yield Change(dotted(code), Verb.ADDED, "", _words(now))
        elif now is None:
            yield Change(dotted(code), Verb.WITHDRAWN, _words(was), "")
        elif was != now:
            verb = Verb.ENDED if now[1] and not was[1] else Verb.CHANGED
            yield Change(dotted(code), verb, _words(was), _words(now))
    for node in nodes:
        if titles.get(node.code, node.title) != node.title:
            yield Change(f"{node.code} title", Verb.CHANGED, titles[node.code], node.title)


def _words(window: Window | None) -> str:
    start, end = window or (None, None)
    return f"{start or '...'} to {end or '...'}"


def _written(nodes: Iterable[TreeNode], validity: Validity) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "icd10cm.sqlite"
        db = sqlite3.connect(path)
        try:
            write_database(db, nodes, validity)
        finally:
            db.close()
        return path.read_bytes()
