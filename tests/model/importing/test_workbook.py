from pathlib import Path

import pytest

from model.errors import ImportRefused
from model.importing.sources import Member, opened
from model.importing.workbook import sheets
from tests.support.published import workbook, zipped


def rows_of(content: bytes) -> list[tuple[int, list[str]]]:
    (rows,) = sheets(Member("book.xlsx", content, is_workbook=True))
    return rows


def test_texts_numbers_and_empty_cells_keep_their_places() -> None:
    content = workbook([["A title & more"], [], ["97110", "", 3], [97112, "words"]])

    assert rows_of(content) == [
        (1, ["A title & more"]),
        (2, []),
        (3, ["97110", "", "3"]),
        (4, ["97112", "words"]),
    ]


def with_sheet(tmp_path: Path, sheet: str) -> Member:
    path = zipped(
        tmp_path / "book.xlsx",
        {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet},
    )
    (member,) = opened(path).members
    return member


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        ("<worksheet><sheetData>", "sheet1.xml, line 1, column 23: is no XML"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', "declares a document type"),
    ],
)
def test_a_damaged_sheet_is_refused_with_its_place(sheet: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=reason):
        list(sheets(with_sheet(tmp_path, sheet)))


def test_a_cell_that_names_no_text_is_refused_with_its_place(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    row = '<row r="7"><c r="B7" t="s"><v>12</v></c></row>'
    member = with_sheet(
        tmp_path, f'<worksheet xmlns="{space}"><sheetData>{row}</sheetData></worksheet>'
    )

    with pytest.raises(ImportRefused, match="line 7, column 2: names a text that is not there"):
        list(sheets(member))
