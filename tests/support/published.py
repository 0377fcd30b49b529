"""Small files in the layouts that CMS, CDC and the AMA publish; rows of public code numbers."""

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

PAIRS_HEAD = (
    "Notice of a licence\t\t\t\t\t\t\n"
    "Column1/Column2 Edits\t\t\t\t\t\t\n"
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\n"
    "\t\t\t\t*=no data\t1=allowed\t\n"
    "\t\t\t\t\t9=not applicable\t\n"
)
LIMITS_HEAD = '"Notice of a licence, over\ntwo lines",,,\n'
RELATIVE_HEAD = (
    "Notice,,,,,,\n"
    "2027 National Physician Fee Schedule Relative Value File January Release,,,,,,\n"
    ",,,,NOT USED,,\n"
    ",,,STATUS,FOR MEDICARE,WORK,TOTAL\n"
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,\n"
)

Pair = tuple[str, str, str, str, str]
"""Column 1, column 2, effective and deletion date as YYYYMMDD (or ``*``), modifier indicator."""


def pairs_text(rows: Iterable[Pair]) -> str:
    """A part of the quarterly file of code pairs, as text."""
    lines = (
        f"{one}\t{two}\t\t{start}\t{end}\t{indicator}\tA rationale\n"
        for one, two, start, end, indicator in rows
    )
    return PAIRS_HEAD + "".join(lines)


def limits_text(whose: str, rows: Iterable[tuple[str, int, str]]) -> str:
    """The quarterly table of unit limits of ``Practitioner`` or ``Outpatient Hospital``."""
    head = f"HCPCS/CPT Code,{whose} Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n"
    lines = (f"{code},{units},{mai},A rationale\n" for code, units, mai in rows)
    return LIMITS_HEAD + head + "".join(lines)


def relative_values_text(rows: Iterable[tuple[str, str, str]], *, worth: str = "1.25") -> str:
    """The relative value file: code, modifier and status letter; every amount is ``worth``."""
    lines = (f"{code},{mod},Words,{status},,{worth},{worth}\n" for code, mod, status in rows)
    return RELATIVE_HEAD + "".join(lines)


def hcpcs_text(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """Records of 320 characters: code, day added, day of the newest action, day terminated."""
    return "".join(
        f"{code}{'00100'}3{'Words':257}{added:8}{action:8}{ended:8}N".ljust(320) + "\r\n"
        for code, added, action, ended in rows
    )


def order_text(rows: Iterable[tuple[str, str, str]]) -> str:
    """The order file: code without its point, 1 where billable, title."""
    return "".join(
        f"{number:05} {code:7} {billable} {title[:60]:60} {title}\r\n"
        for number, (code, billable, title) in enumerate(rows, start=1)
    )


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    """A zip of ``members`` at ``path``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def workbook(rows: Sequence[Sequence[str | int]]) -> bytes:
    """A spreadsheet of one sheet: texts shared, numbers as numbers, empty cells left out."""
    texts = sorted({cell for row in rows for cell in row if isinstance(cell, str) and cell})
    lines = "".join(
        f'<row r="{number}">{"".join(_cells(number, row, texts))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", f"<workbook {space}/>")
        archive.writestr("xl/sharedStrings.xml", f"<sst {space}>{shared}</sst>")
        sheet = f"<worksheet {space}><sheetData>{lines}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return content.getvalue()


def _cells(number: int, row: Sequence[str | int], texts: Sequence[str]) -> Iterable[str]:
    for column, cell in enumerate(row):
        place = f"{chr(ord('A') + column)}{number}"
        if isinstance(cell, int):
            yield f'<c r="{place}"><v>{cell}</v></c>'
        elif cell:
            yield f'<c r="{place}" t="s"><v>{texts.index(cell)}</v></c>'
