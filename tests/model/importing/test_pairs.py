"""The quarterly file of code pairs: whose, which quarter, what changes, and every damage."""

import csv
from pathlib import Path

import pytest

import model
from model.errors import ImportRefused
from model.importing import Hints, Verb, planned, read
from tests.support.published import Pair, pairs_text, workbook, zipped

EDITS = Path(model.__file__).parent / "policies" / "edits"
NAME = "ccipra-v322r0-f4.txt"


def held(table: str) -> list[Pair]:
    """The packaged table as CMS would publish it; a day nobody knows is one long ago."""
    with (EDITS / f"{table}.csv").open(encoding="utf-8") as file:
        return [
            (row["column1"], row["column2"], compact(row["from"]) or "19960101",
             compact(row["to"]) or "*", row["indicator"])
            for row in csv.DictReader(file)
        ]  # fmt: skip


def compact(day: str) -> str:
    return day.replace("-", "")


def published(tmp_path: Path, rows: list[Pair], name: str = NAME) -> Path:
    return zipped(tmp_path / "pairs.zip", {name: pairs_text(rows)})


def test_what_is_added_ended_and_changed_is_told_apart(tmp_path: Path) -> None:
    rows = held("ncci_practitioner")
    ended = rows.index(("97140", "97124", "19960101", "*", "0"))
    changed = rows.index(("97150", "97124", "19960101", "*", "1"))
    rows[ended] = ("97140", "97124", "19960101", "20260630", "0")
    rows[changed] = ("97150", "97124", "19960101", "*", "0")

    added = ("97110", "97112", "20260701", "*", "1")
    plan = planned(read(published(tmp_path, [*rows, added]))[1])

    said = {change.row: change.verb for change in plan.changes if change.verb is not Verb.DATED}
    assert said == {
        "97110 + 97112": Verb.ADDED,
        "97140 + 97124": Verb.ENDED,
        "97150 + 97124": Verb.CHANGED,
    }
    assert plan.is_complete
    assert plan.published.release == "2026Q3"


def test_rows_no_therapy_claim_meets_are_left_out_and_counted(tmp_path: Path) -> None:
    surgical = [("27447", "27310", "19960101", "*", "1"), ("27447", "97110", "20200101", "*", "1")]

    plan = planned(read(published(tmp_path, [*surgical, *held("ncci_practitioner")]))[1])

    assert plan.rows_left_out == 2
    assert b"27447" not in plan.content


def test_pairs_taken_back_from_their_first_day_are_no_edit(tmp_path: Path) -> None:
    never = ("97110", "97112", "20260701", "20260701", "9")

    plan = planned(read(published(tmp_path, [never, *held("ncci_practitioner")]))[1])

    assert b"97110,97112" not in plan.content


def test_a_part_changes_its_own_codes_and_does_not_move_the_release(tmp_path: Path) -> None:
    part = [row for row in held("ncci_practitioner") if row[0] >= "97150"]

    plan = planned(read(published(tmp_path, part))[1])

    assert not plan.is_complete
    assert plan.parts == (("97150", max(row[0] for row in part), "2026-09-30"),)
    assert {change.row for change in plan.changes if change.row < "97150"} == set()
    assert b"\n97140,97124,0" in plan.content


def test_a_file_cut_off_between_two_lines_is_refused_for_what_it_would_end(tmp_path: Path) -> None:
    rows = [row for row in held("ncci_practitioner") if row[0] >= "97150"]

    with pytest.raises(ImportRefused, match=r"would end .* it seems cut off"):
        planned(read(published(tmp_path, [rows[0], rows[-1]]))[1])


@pytest.mark.parametrize("table", ["ncci_practitioner", "ncci_outpatient"])
def test_whose_edits_they_are_is_told_by_the_rows(table: str, tmp_path: Path) -> None:
    path = published(tmp_path, held(table), "renamed.txt")

    assert read(path, Hints(release="2026Q3"))[1].table == table


def test_a_name_that_contradicts_the_rows_is_refused(tmp_path: Path) -> None:
    path = published(tmp_path, held("ncci_outpatient"))

    with pytest.raises(ImportRefused, match="rows are those of ncci_outpatient; say --table"):
        read(path)


def test_few_rows_without_a_name_need_a_person_to_say_whose_they_are(tmp_path: Path) -> None:
    path = published(tmp_path, [("97530", "97113", "20260701", "*", "1")], "renamed.txt")

    with pytest.raises(ImportRefused, match="say --table ncci_practitioner or ncci_outpatient"):
        read(path)
    assert read(path, Hints(table="ncci_outpatient"))[1].release == "2026Q3"


def test_a_spreadsheet_is_read_where_there_is_no_text(tmp_path: Path) -> None:
    head: list[list[str | int]] = [
        ["Column1/Column2 Edits"],
        [
            "Column 1",
            "Column 2",
            "*=in existence",
            "Effective",
            "Deletion",
            "Modifier",
            "Rationale",
        ],
    ]
    content = workbook([*head, [97530, 97113, "", 20200101, "*", 1, "A rationale"]])

    _, found = read(zipped(tmp_path / "pairs.zip", {"ccioph-v322r0-f4.xlsx": content}))

    assert found.rows == (("97530", "97113", "1", "2020-01-01", ""),)
    assert found.table == "ncci_outpatient"


GOOD = "97530\t97113\t\t20200101\t*\t1\tA rationale\n"


@pytest.mark.parametrize(
    ("damaged", "where"),
    [
        ("97530\t971", "line 8, column 2: '971' is no procedure code"),
        ("97530\t97116", "line 8, column 3: has 2 fields; one is missing"),
        (GOOD.replace("20200101", "20201301"), "line 8, column 4: '20201301' is no day"),
        (GOOD.replace("20200101", ""), "line 8, column 4: '' is no day"),
        (GOOD.replace("*", "never"), "line 8, column 5: 'never' is no day"),
        (GOOD.replace("\t1\t", "\t7\t"), "line 8, column 6: '7' is none of 0, 1, 9"),
        (GOOD.replace("97530", "<html>"), "line 8, column 1: '<html>' is no procedure code"),
        ("\x00\x00", "line 8: holds a byte that is no text"),
    ],
)
def test_damage_is_refused_whole_with_its_place(damaged: str, where: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "pairs.zip", {NAME: pairs_text([]) + GOOD + damaged})

    with pytest.raises(ImportRefused) as refused:
        read(path)

    assert str(refused.value) == f"pairs.zip/{NAME}, {where}"


def test_an_older_quarter_than_the_one_in_use_is_refused(tmp_path: Path) -> None:
    path = published(tmp_path, [("97530", "97113", "20200101", "*", "1")], "ccipra-v302r0-f4.txt")

    with pytest.raises(ImportRefused) as refused:
        read(path, Hints(release="2024Q2"))

    assert "is held to 2024-09-30 already" in str(refused.value)


def test_an_edit_from_after_the_quarter_shows_that_the_quarter_is_wrong(tmp_path: Path) -> None:
    path = published(tmp_path, [("97530", "97113", "20261001", "*", "1")])

    with pytest.raises(ImportRefused, match="has an edit from 2026-10-01, after 2026Q3"):
        read(path)
