"""Small files in the layouts that CMS and CDC publish, with what lies around a table in its zip.

Rows are code numbers and days; every word of ours stands for words that are licensed or long.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from model.codes import procedures
from model.errors import ImportRefused
from model.importing import Hints, Kind, Published, planned, read
from tests.support.published import hcpcs_text, limits_text, order_text, workbook, zipped

CP1252 = "The owner\u2019s notice \u2013 \u00ae"
"""Punctuation that American offices write outside UTF-8."""
PAIRS_HEAD = (
    "CPT only: a notice\t\t\t\t\t\t\r\n"
    "Column1/Column2 Edits\t\t\t\t\t\t\r\n"
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\r\n"
    "\t\t\t\t*=no data\t1=allowed\t\r\n"
    "\t\t\t\t\t9=not applicable\t\r\n"
)
PAIRS = (
    "0001U\t0002U\t\t20240101\t*\t0\tA rationale\r\n"
    "97530\t97113\t*\t19960101\t20191231\t1\tA rationale, with a comma\r\n"
    '97530\t97113\t\t20201001\t*\t1\t"A rationale" in quotes\r\n'
    "97530\t97116\t\t20260701\t20260701\t9\tA rationale\r\n"
)
RELATIVE_HEAD = (
    f",,2027 National Physician Fee Schedule Relative Value File April Release{',' * 6}",
    f",,A notice of 2026{',' * 6}",
    f",,RELEASED 03/10/2027{',' * 6}",
    ",,,,NOT USED,,,,",
    ",,,,FOR,,,,",
    ",,,STATUS,MEDICARE,WORK,NON-FAC,NA,PRIC",
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,IND",
)
LETTERS = {"payable": "A", "bundled": "B", "carrier_priced": "C", "excluded": "X", "invalid": "I",
           "noncovered": "N", "restricted": "R", "unverified": "A"}  # fmt: skip


def one(path: Path, hints: Hints | None = None) -> Published:
    return read(path, hints)[1]


@pytest.mark.parametrize("name", ["ccipra-v323r0-f4.TXT", "ccipra-v323r0-f4.txt"])
def test_pairs_are_read_below_their_head_of_four_lines(name: str, tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "medicare-ncci-2026q4-practitioner-ptp-edits-ccipra-v323r0-f4.zip",
        {name: PAIRS_HEAD + PAIRS, "ccipra-v323r0-f4.xlsx": workbook([["unread"]])},
    )

    found = one(path)

    assert (found.table, found.release) == ("ncci_practitioner", "2026Q4")
    assert found.rows == (
        ("0001U", "0002U", "0", "2024-01-01", ""),
        ("97530", "97113", "1", "1996-01-01", "2019-12-31"),
        ("97530", "97113", "1", "2020-10-01", ""),
        ("97530", "97116", "9", "2026-07-01", "2026-07-01"),
    )


def test_pairs_of_a_workbook_are_read_below_their_head_of_one_line(tmp_path: Path) -> None:
    head: list[str | int] = [
        *("Column 1", "Column 2", "*=in existence prior to 1996", "Effective Date"),
        *("Deletion Date *=no data", "Modifier 0=not allowed 1=allowed 9=not applicable"),
        "PTP Edit Rationale",
    ]
    rows: list[list[str | int]] = [
        ["CPT only: a notice"],
        ["Column1/Column2 Edits"],
        head,
        [97530, 97113, "", 20201001, "*", 1, "A rationale"],
    ]

    found = one(zipped(tmp_path / "f4.zip", {"ccioph-v323r0-f4.xlsx": workbook(rows)}))

    assert found.rows == (("97530", "97113", "1", "2020-10-01", ""),)


def therapy_pairs(*times: tuple[str, str, str]) -> str:
    """Edits of 97116 with 97124: first day, last day, modifier indicator."""
    rows = "".join(f"97116\t97124\t\t{a}\t{b}\t{i}\tA rationale\r\n" for a, b, i in times)
    return PAIRS_HEAD + rows


def test_two_rows_that_say_the_same_of_overlapping_days_are_one_edit(tmp_path: Path) -> None:
    text = therapy_pairs(("20150101", "20191231", "1"), ("20180101", "20211231", "1"))

    plan = planned(one(zipped(tmp_path / "f4.zip", {"ccipra-v323r0-f4.txt": text})))

    rows = [row for row in plan.content.decode().splitlines() if row.startswith("97116,97124,")]
    assert rows == ["97116,97124,1,2015-01-01,2021-12-31,verified"]


def test_an_edit_that_stands_twice_is_kept_as_two(tmp_path: Path) -> None:
    text = therapy_pairs(("20150101", "20191231", "1"), ("20200101", "*", "0"))

    plan = planned(one(zipped(tmp_path / "f4.zip", {"ccipra-v323r0-f4.txt": text})))

    rows = [row for row in plan.content.decode().splitlines() if row.startswith("97116,97124,")]
    assert rows == [
        "97116,97124,0,2020-01-01,,verified",
        "97116,97124,1,2015-01-01,2019-12-31,verified",
    ]


@pytest.mark.parametrize("last", ["20191231", "*"])
def test_edits_that_contradict_each_other_on_a_day_are_refused(last: str, tmp_path: Path) -> None:
    text = therapy_pairs(("20150101", last, "1"), ("20191231", "*", "0"))
    found = one(zipped(tmp_path / "f4.zip", {"ccipra-v323r0-f4.txt": text}))

    with pytest.raises(ImportRefused, match="97116 with 97124 that contradict on 2019-12-31"):
        planned(found)


def test_limits_are_read_below_a_notice_of_several_lines_and_a_broken_head(tmp_path: Path) -> None:
    notice = f'"{CP1252}\r\nof several, lines",,,\r\n'
    head = '"HCPCS/\r\nCPT Code",Outpatient Hospital Services MUE Values,'
    head += "MUE Adjudication Indicator,MUE Rationale\r\n"
    row = "97110,8,3 Date of Service Edit: Clinical,Clinical: Data\r\n0001U,1,1 Line Edit,x\r\n"
    content = (notice + head + row + ",,,\r\n").encode("cp1252")
    name = "MCR_MUE_OutpatientHospitalServices_Eff_10-01-2026.csv"

    found = one(zipped(tmp_path / "medicare-ncci-2026-q4-mue-table.zip", {name: content}))

    assert (found.table, found.release) == ("mue_outpatient", "2026Q4")
    assert found.rows == (("97110", "8", "3"), ("0001U", "1", "1"))


def relative_values(letter: str, *, end: str = "\r\n") -> str:
    letters = {p.code: LETTERS[p.medicare_status] for p in procedures(date(2027, 4, 1))}
    rows = [f'{code},,"Words, {CP1252}",{own},,1.00,1.00,,9' for code, own in letters.items()]
    others = [f"97010,,Words,{letter},,0.00,0.00,,9", "71046,26,Words,A,,0.22,0.09,,9"]
    return end.join([*RELATIVE_HEAD, *rows, *others, ""])


FIXED_WIDTH = (
    "97010  Words of the same table in columns of fixed width                 B 0000.00\r\n"
    "97110  Other words                                                       A 0000.45\r\n"
    "97112  Further words                                                     A 0000.50\r\n"
    "7104626Words behind a modifier                                           A 0000.22\r\n"
)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_relative_values_are_read_beside_what_lies_in_their_zip(end: str, tmp_path: Path) -> None:
    content = relative_values("A", end=end).encode("cp1252")
    path = zipped(
        tmp_path / "rvu27b-updated-03-10-2027.zip",
        {
            "PPRRVU2027_Apr_nonQPP.csv": content,
            "PPRRVU2027_Apr_QPP.csv": content,
            "PPRRVU2027_Apr_nonQPP.txt": FIXED_WIDTH,
            "PPRRVU2027_Apr_nonQPP.xlsx": workbook([["unread"]]),
            "OPPSCAP_Apr.csv": "HCPCS,MOD,PROCSTAT,CARRIER\r\n71046,TC,A,01112\r\n",
            "GPCI2027.csv": "ADDENDUM E,,\r\nMedicare Administrative Contractor,State,Locality\r\n",
            "RVU27B.pdf": "%PDF-1.7",
        },
    )

    found = one(path)

    assert (found.kind, found.release) == (Kind.RELATIVE_VALUES, "from 2027-04-01")
    assert ("97010", "medicare_status", "payable", "2027-04-01") in found.rows


def test_two_relative_value_files_that_differ_are_two_tables(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "rvu27b.zip",
        {
            "PPRRVU2027_Apr_nonQPP.csv": relative_values("A").encode("cp1252"),
            "PPRRVU2027_Apr_QPP.csv": relative_values("N").encode("cp1252"),
        },
    )

    with pytest.raises(ImportRefused, match=r"holds two tables, .*QPP.* and .*nonQPP"):
        read(path)


def test_relative_values_of_fixed_width_alone_are_no_table_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "PPRRVU2027_Apr_nonQPP.txt"
    path.write_text(FIXED_WIDTH, "utf-8")

    with pytest.raises(ImportRefused, match=r"PPRRVU2027_Apr_nonQPP\.txt, line 4"):
        read(path)


@pytest.mark.parametrize(
    ("title", "name", "release"),
    [
        ("2027 National Physician Fee Schedule Relative Value File April Release", "x", "April"),
        ("National Physician Fee Schedule Relative Value File", "PPRRVU27_APR", "April"),
        ("Relative Value File, Calendar Year 2027", "PPRRVU2027_Jul", "July"),
    ],
)
def test_a_relative_value_file_says_its_release_in_title_or_name(
    title: str, name: str, release: str, tmp_path: Path
) -> None:
    text = relative_values("A").replace(RELATIVE_HEAD[0], f",,{title},,,,,,")
    path = tmp_path / f"{name}.csv"
    path.write_bytes(text.encode("cp1252"))

    first = {"April": "2027-04-01", "July": "2027-07-01"}[release]
    assert one(path).release == f"from {first}"


def test_a_relative_value_file_that_does_not_say_its_release_asks_for_it(tmp_path: Path) -> None:
    text = relative_values("A").replace(RELATIVE_HEAD[0], ",,2027 Relative Value File,,,,,,")
    path = tmp_path / "renamed.csv"
    path.write_bytes(text.encode("cp1252"))

    with pytest.raises(ImportRefused, match="does not say its release; say --release 2027-01-01"):
        read(path)
    assert one(path, Hints(release="2027-04-01")).release == "from 2027-04-01"


def test_hcpcs_records_are_read_with_their_modifiers_and_trimmed_lines(tmp_path: Path) -> None:
    more = "G028300200" + "4" + "more words, cut where they end\r\n"
    modifier = "   RT" + "00100" + "7" + "words".ljust(257) + "19860101" + "19960101"
    text = hcpcs_text([("G0283", "20030101", "20270401", "")]) + more + modifier + "\r\n"
    path = zipped(
        tmp_path / "january-2027-alpha-numeric-hcpcs-file.zip",
        {
            "HCPC2027_JAN_ANWEB.txt": text,
            "HCPC2027_JAN_ANWEB.xlsx": workbook([["unread"]]),
            "HCPC2027_recordlayout.txt": "  1.   A code of five      5      1      5    CHAR\r\n",
            "proc_notes_JAN2027.txt": "0001 A note\r\n0002 Another note\r\n0003 A third\r\n",
        },
    )

    found = one(path)

    assert (found.kind, found.release, found.rows_read) == (Kind.HCPCS, "2027Q1", 1)
    assert ("G0283", "valid_from", "2003-01-01", "") in found.rows


HCPCS_COLUMNS = (
    *("HCPC", "SEQNUM", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "COV"),
    *("ADD DT", "ACT EFF DT", "TERM DT", "ACTION CD"),
)


def test_hcpcs_is_read_from_its_workbook_below_ten_lines_of_notices(tmp_path: Path) -> None:
    notices: list[Sequence[str | int]] = [[f"Notice {n}"] for n in range(10)]
    rows: list[Sequence[str | int]] = [
        ["G0283", 100, 3, "x", "x", "C", 20030101, 20270101, 20261231, "D"],
        ["A1", 100, 7, "x", "x", "", 19990101, 19990101, "", "N"],
    ]
    path = tmp_path / "HCPC2027_APR_CONTR_ANWEB.xlsx"
    path.write_bytes(workbook([*notices, HCPCS_COLUMNS, *rows]))

    found = one(path)

    assert (found.release, found.rows_read) == ("2027Q2", 1)
    assert ("G0283", "valid_to", "2026-12-31", "") in found.rows


ORDER = order_text([("M54", "0", "Words"), ("M545", "0", "Words"), ("M5450", "1", "Words")])


@pytest.mark.parametrize(
    ("outer", "inner", "release"),
    [
        ("2027-code-descriptions-tabular-order.zip", "icd10cm_order_2027.txt", "2026-10-01"),
        (
            "april-1-2027-code-descriptions-tabular-order.zip",
            "icd10cm_order_2027.txt",
            "2027-04-01",
        ),
        ("Code-desciptions-April-2027.zip", "icd10cm-order-April-2027.txt", "2027-04-01"),
        ("icd10cm-Code Descriptions-April-1-2027.zip", "icd10cm-order-2027.txt", "2027-04-01"),
        ("april-1-2026-renamed.zip", "icd10cm_order_2027.txt", "2026-10-01"),
        ("2027.zip", "order.txt", "2026-10-01"),
    ],
)
def test_an_order_file_is_of_october_unless_it_or_its_zip_says_april(
    outer: str, inner: str, release: str, tmp_path: Path
) -> None:
    path = zipped(
        tmp_path / outer,
        {
            inner: ORDER,
            "icd10cm_codes_2027.txt": "M5450   Words\r\nM5451   Words\r\n",
            "icd10cm_order_addenda_2027.txt": "Add:     00001 M5450   1 Words\r\n",
            "icd10OrderFiles.pdf": "%PDF-1.7",
        },
    )

    found = one(path)

    assert found.kind is Kind.ICD10CM_ORDER
    assert found.period is not None
    assert str(found.period[0]) == release


def test_new_codes_of_a_year_that_is_held_are_refused_unless_their_day_is_said(
    tmp_path: Path,
) -> None:
    text = order_text([("M545", "0", "Words"), ("M5450", "1", "Words"), ("M545Z", "1", "Words")])
    path = tmp_path / "icd10cm_order_2026.txt"
    path.write_text(text, "utf-8")

    with pytest.raises(ImportRefused, match="held to 2026-09-30; say --release 2026-04-01, or"):
        read(path)
    assert one(path, Hints(release="2026-04-01")).release == "from 2026-04-01"


def test_files_a_mac_leaves_in_a_zip_are_passed_over(tmp_path: Path) -> None:
    name = "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv"
    limits = limits_text("Practitioner", [("97110", 6, "3 Date of Service Edit: Clinical")])
    beside = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        "

    found = one(zipped(tmp_path / "mue.zip", {name: limits, f"__MACOSX/._{name}": beside}))

    assert found.rows == (("97110", "6", "3"),)
