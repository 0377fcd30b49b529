"""The little of a spreadsheet (xlsx) that published tables use: the text and numbers of a sheet.

Standard library only. Formulas, dates as serial numbers, merged cells and styles are not read: the
published tables have none where it matters.
"""

import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from io import BytesIO

from model.errors import ImportRefused
from model.importing.sources import Member

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")
_WHOLE = re.compile(r"-?\d+\.0+")
_STRINGS = "xl/sharedStrings.xml"
_LAST_COLUMN = 16384
"""The most columns a sheet can have."""

Row = tuple[int, list[str]]


def sheets(member: Member) -> Iterator[list[Row]]:
    """The rows of each sheet, in order, with their numbers; cells left out are empty.

    Raises:
        ImportRefused: The workbook is damaged.
    """
    try:
        with zipfile.ZipFile(BytesIO(member.content)) as archive:
            texts = _texts(member, archive)
            numbered = sorted(
                (int(found[1]), name)
                for name in archive.namelist()
                if (found := _SHEET.fullmatch(name))
            )
            for _, name in numbered:
                yield list(_rows(member, _parsed(member, archive, name), texts))
    except zipfile.BadZipFile as error:
        raise ImportRefused(member.name, "is a damaged workbook; download it again") from error


def _texts(member: Member, archive: zipfile.ZipFile) -> list[str]:
    if _STRINGS not in archive.namelist():
        return []
    root = _parsed(member, archive, _STRINGS)
    return [_text(item) for item in root.iterfind(f"{_MAIN}si")]


def _parsed(member: Member, archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = archive.read(name)
    if b"<!DOCTYPE" in content[:1024]:  # no workbook has one; entities could fill memory
        raise ImportRefused(member.name, f"{name} declares a document type")
    try:
        return ElementTree.fromstring(content)  # noqa: S314  (no document type, see above)
    except ElementTree.ParseError as error:
        line, column = error.position
        raise ImportRefused(
            f"{member.name}/{name}", "is no XML", line=line, column=column + 1
        ) from error


def _rows(member: Member, root: ElementTree.Element, texts: list[str]) -> Iterator[Row]:
    number = 0
    for row in root.iter(f"{_MAIN}row"):
        number = int(row.get("r", number + 1))
        cells: list[str] = []
        for cell in row.iterfind(f"{_MAIN}c"):
            place = _column(cell.get("r", ""), len(cells))
            if place is None or place < len(cells):
                raise ImportRefused(member.name, "a cell has no place", line=number)
            cells += [""] * (place - len(cells))
            try:
                cells.append(_value(cell, texts))
            except (IndexError, ValueError):
                raise ImportRefused(
                    member.name, "names a text that is not there", line=number, column=place + 1
                ) from None
        yield number, cells


def _column(place: str, default: int) -> int | None:
    """The column ``B7`` names, from 0."""
    if not place:
        return default
    found = _PLACE.fullmatch(place)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1 if column <= _LAST_COLUMN else None


def _value(cell: ElementTree.Element, texts: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        return "" if inline is None else _text(inline)
    written = (cell.findtext(f"{_MAIN}v") or "").strip()
    if kind == "s":
        return texts[int(written)] if written else ""
    return written.partition(".")[0] if _WHOLE.fullmatch(written) else written


def _text(item: ElementTree.Element) -> str:
    """The text of an item, its formatted runs joined; phonetic hints left out."""
    runs = (*item.iterfind(f"{_MAIN}t"), *item.iterfind(f"{_MAIN}r/{_MAIN}t"))
    return "".join(run.text or "" for run in runs).strip()
