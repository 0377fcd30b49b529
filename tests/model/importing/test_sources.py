"""Files as they arrive: plain, zipped, zipped twice, damaged, or no table at all."""

from pathlib import Path

import pytest

from model.errors import ImportRefused
from model.importing.reader import read
from model.importing.sources import opened
from tests.support.published import limits_text, workbook, zipped

LIMITS = limits_text("Practitioner", [("97110", 8, "3 Date of Service Edit: Clinical")])
EFFECTIVE = "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"


def test_a_zip_within_a_zip_is_opened_and_each_file_named_by_its_way(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {EFFECTIVE: LIMITS, "empty.txt": ""}).read_bytes()

    source = opened(zipped(tmp_path / "outer.zip", {"inner.zip": inner}))

    assert [member.name for member in source.members] == [f"outer.zip/inner.zip/{EFFECTIVE}"]


def test_a_flipped_byte_inside_a_zip_is_found(tmp_path: Path) -> None:
    path = tmp_path / "limits.zip"
    content = bytearray(zipped(path, {EFFECTIVE: LIMITS}).read_bytes())
    content[60 + len(EFFECTIVE)] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(ImportRefused, match=f"{EFFECTIVE}: is damaged in the zip"):
        opened(path)


def test_a_zip_cut_off_on_its_way_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "limits.zip", {EFFECTIVE: LIMITS})
    path.write_bytes(path.read_bytes()[:-30])

    with pytest.raises(ImportRefused, match=r"limits.zip: is a damaged zip"):
        opened(path)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 words", b"a,b\n1,2\n", b"\x00\x01\x02"])
def test_what_is_no_table_of_ours_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "whatever.csv"
    path.write_bytes(content)

    with pytest.raises(ImportRefused, match=r"whatever\.csv"):
        read(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="no such file"):
        read(tmp_path / "missing.zip")


def test_the_text_is_read_where_a_spreadsheet_lies_beside_it(tmp_path: Path) -> None:
    other = workbook([["HCPCS/CPT Code", "Practitioner Services MUE Values"], ["97110", 99]])
    path = zipped(tmp_path / "both.zip", {EFFECTIVE: LIMITS, "same.xlsx": other, "r.pdf": "%PDF-"})

    _, published = read(path)

    assert published.member == f"both.zip/{EFFECTIVE}"
    assert published.rows == (("97110", "8", "3"),)


def test_what_lies_beside_the_table_is_passed_over_whatever_it_holds(tmp_path: Path) -> None:
    beside: dict[str, str | bytes] = {
        "readme.txt": 'a "quote" and\n"another" one\n"open',
        "logo.bin": b"\x00\x01\x02",
    }

    _, found = read(zipped(tmp_path / "limits.zip", {EFFECTIVE: LIMITS, **beside}))

    assert found.rows == (("97110", "8", "3"),)


def test_a_table_whose_quotes_do_not_close_is_refused_with_its_line(tmp_path: Path) -> None:
    path = zipped(tmp_path / "limits.zip", {EFFECTIVE: LIMITS + '97112,6,"3 Date'})

    with pytest.raises(ImportRefused, match=r"Eff_07-01-2026.csv, line 5: is no table"):
        read(path)


def test_a_zip_of_two_different_tables_is_refused_naming_both(tmp_path: Path) -> None:
    other = limits_text("Outpatient Hospital", [("97110", 9, "3 Date of Service Edit: Clinical")])
    hospital = "MCR_MUE_OutpatientHospitalServices_Eff_07-01-2026.csv"
    path = zipped(tmp_path / "two.zip", {EFFECTIVE: LIMITS, hospital: other})

    with pytest.raises(ImportRefused, match=r"holds two tables, .*Outpatient.* and .*Practitioner"):
        read(path)
