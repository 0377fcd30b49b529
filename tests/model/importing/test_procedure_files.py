"""Relative values, the therapy list and HCPCS: what they change of the procedures we hold."""

from datetime import date
from pathlib import Path

import pytest

from model.codes import procedures
from model.errors import ImportRefused
from model.importing import Hints, Plan, Verb, planned, read
from tests.support.published import hcpcs_text, relative_values_text, workbook, zipped

RVU = "PPRRVU27_JAN.csv"
LETTERS = {
    "payable": "A", "bundled": "B", "carrier_priced": "C", "excluded": "X", "invalid": "I",
    "noncovered": "N", "restricted": "R", "deleted": "D", "unverified": "A",
}  # fmt: skip


def statuses() -> dict[str, str]:
    """Our codes of 2027 with the letter each stands under."""
    return {found.code: LETTERS[found.medicare_status] for found in procedures(date(2027, 1, 1))}


def relative(tmp_path: Path, letters: dict[str, str], *, worth: str = "1.25") -> Plan:
    rows = [(code, "", letter) for code, letter in letters.items()]
    text = relative_values_text([*rows, ("27447", "", "A"), ("27447", "26", "A")], worth=worth)
    return planned(read(zipped(tmp_path / "rvu.zip", {RVU: text}))[1])


def lines(plan: Plan) -> list[str]:
    return plan.content.decode().splitlines()[1:]


def test_a_status_changes_from_the_first_day_of_the_release(tmp_path: Path) -> None:
    plan = relative(tmp_path, {**statuses(), "97010": "A"})

    assert "97010,medicare_status,payable,2027-01-01" in lines(plan)
    assert plan.published.release == "2027"
    assert plan.is_complete


@pytest.mark.parametrize("how", ["left out", "status D"])
def test_a_code_that_left_the_file_ended_the_day_before(how: str, tmp_path: Path) -> None:
    letters = statuses()
    if how == "left out":
        del letters["92507"]
    else:
        letters["92507"] = "D"

    plan = relative(tmp_path, letters)

    assert "92507,valid_to,2026-12-31," in lines(plan)
    assert ("92507 valid_to", Verb.ENDED) in {(change.row, change.verb) for change in plan.changes}


def test_no_amount_of_the_file_reaches_the_table(tmp_path: Path) -> None:
    """The product is blind to revenue: any fee schedule gives the same table, byte for byte."""
    letters = {**statuses(), "97010": "A"}

    cheap, dear = (relative(tmp_path, letters, worth=worth) for worth in ("0.01", "987.65"))

    assert cheap.content == dear.content
    assert b"987" not in dear.content


def test_a_damaged_status_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        relative(tmp_path, {"97110": "A", "97112": "?"})

    assert str(refused.value).startswith(f"rvu.zip/{RVU}, line 7, column 4: '?' is none of A, B")


def test_half_a_file_is_refused(tmp_path: Path) -> None:
    half = list(statuses().items())[:80]

    with pytest.raises(ImportRefused, match="it seems cut off"):
        relative(tmp_path, dict(half))


def therapy_list(rows: list[list[str | int]]) -> bytes:
    head: list[list[str | int]] = [
        ["CY 2027 Therapy Code List and Dispositions"],
        ["HCPCS/CPT Code", "Short Descriptor", "Disposition"],
    ]
    return workbook([*head, *rows, ["* a footnote that says something"]])


def test_the_therapy_list_changes_dispositions_and_names_codes_we_lack(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(
        therapy_list(
            [
                [97110, "x", "Always therapy"],
                ["97610*", "x", "always therapy"],
                [12345, "x", "sometimes therapy"],
            ]
        )
    )

    plan = planned(read(path)[1])

    said = {change.row: change.verb for change in plan.changes}
    assert lines(plan) == ["97610,therapy,always,2027-01-01"]
    assert said["97610 therapy"] is Verb.CHANGED
    assert said["12345"] is Verb.UNKNOWN
    assert said["92507"] is Verb.ABSENT
    assert not plan.is_complete


def test_a_disposition_of_neither_kind_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(therapy_list([[97110, "x", "Always therapy"], [97112, "x", "perhaps"]]))

    with pytest.raises(ImportRefused, match="line 4, column 3: the disposition is neither"):
        read(path)


def hcpcs(tmp_path: Path, text: str) -> Plan:
    path = tmp_path / "HCPC.txt"
    path.write_bytes(text.encode())
    return planned(read(path)[1])


def test_hcpcs_ends_a_code_and_leaves_cpt_alone(tmp_path: Path) -> None:
    plan = hcpcs(
        tmp_path,
        hcpcs_text(
            [("G0283", "20030101", "20270101", "20261231"), ("A0021", "19850101", "20270101", "")]
        ),
    )

    assert "G0283,valid_to,2026-12-31," in lines(plan)
    assert [line for line in lines(plan) if not line.startswith("G0283")] == []
    assert (plan.published.release, plan.rows_left_out) == ("2027Q1", 1)


@pytest.mark.parametrize(
    ("damaged", "where"),
    [
        ("G0283001003Words", "line 2, column 16: the record is cut off at 16 characters"),
        ("<html>", "line 2, column 1: is no HCPCS record"),
        (
            hcpcs_text([("G0283", "20039901", "20270101", "")]),
            "line 2, column 269: '20039901' is no day",
        ),
    ],
)
def test_a_damaged_record_is_refused_with_its_place(
    damaged: str, where: str, tmp_path: Path
) -> None:
    with pytest.raises(ImportRefused) as refused:
        hcpcs(tmp_path, hcpcs_text([("A0021", "19850101", "20270101", "")]) + damaged)

    assert str(refused.value) == f"HCPC.txt, {where}"


def test_hcpcs_as_a_sheet_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "HCPC.xlsx"
    head: list[str | int] = [
        "HCPC",
        "SEQNUM",
        "RECID",
        "LONG DESCRIPTION",
        "ADD DT",
        "ACT EFF DT",
        "TERM DT",
    ]
    path.write_bytes(
        workbook([head, ["G0283", 100, 3, "x", 20030101, 20270101, 20261231], ["", 200, 4, "more"]])
    )

    assert "G0283,valid_to,2026-12-31," in lines(planned(read(path, Hints(release="2027Q1"))[1]))
