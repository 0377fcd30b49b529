import csv
from pathlib import Path

import pytest

import model
from model.errors import ImportRefused
from model.importing import Hints, Plan, Verb, planned, read
from tests.support.published import limits_text, zipped

EDITS = Path(model.__file__).parent / "policies" / "edits"
NAME = "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"
Limits = dict[str, tuple[int, str]]


def held() -> Limits:
    with (EDITS / "mue_practitioner.csv").open(encoding="utf-8") as file:
        return {row["code"]: (int(row["units"]), row["mai"]) for row in csv.DictReader(file)}


def plan_of(tmp_path: Path, limits: Limits, *, name: str = NAME) -> Plan:
    rows = [(code, units, f"{mai} Date of Service Edit") for code, (units, mai) in limits.items()]
    path = zipped(tmp_path / "mue.zip", {name: limits_text("Practitioner", rows)})
    return planned(read(path)[1])


def test_a_changed_limit_holds_from_the_first_day_of_its_quarter(tmp_path: Path) -> None:
    before = held()["97110"]

    plan = plan_of(tmp_path, {**held(), "97110": (before[0] + 1, before[1])})

    rows = [row for row in plan.content.decode().splitlines() if row.startswith("97110,")]
    assert rows == [
        f"97110,{before[0]},{before[1]},",
        f"97110,{before[0] + 1},{before[1]},2026-07-01",
    ]
    assert [(change.row, change.verb) for change in plan.changes] == [("97110", Verb.CHANGED)]


def test_a_limit_that_is_no_longer_published_ends(tmp_path: Path) -> None:
    limits = held()
    del limits["97150"]

    plan = plan_of(tmp_path, limits)

    assert [(change.row, change.verb) for change in plan.changes] == [("97150", Verb.ENDED)]
    assert "\n97150,,,2026-07-01\n" in plan.content.decode()


def test_codes_of_other_trades_are_left_out_and_counted(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, {**held(), "27447": (2, "2")})

    assert plan.rows_left_out == 1
    assert plan.changes == ()


def test_limits_of_suppliers_are_none_of_ours(tmp_path: Path) -> None:
    path = zipped(tmp_path / "dme.zip", {NAME: limits_text("DME Supplier", [("97110", 1, "1")])})

    with pytest.raises(ImportRefused, match="neither practitioners nor hospitals"):
        read(path)


def test_a_table_that_does_not_say_its_quarter_asks_for_it(tmp_path: Path) -> None:
    path = tmp_path / "limits.csv"
    path.write_text(limits_text("Practitioner", [("97110", 8, "3 Date")]), "utf-8")

    with pytest.raises(ImportRefused, match="say --release 2026Q3"):
        read(path)
    assert read(path, Hints(release="2026Q3"))[1].release == "2026Q3"


def test_a_year_is_no_quarter(tmp_path: Path) -> None:
    path = tmp_path / "limits.csv"
    path.write_text(limits_text("Practitioner", [("97110", 8, "3 Date")]), "utf-8")

    with pytest.raises(ImportRefused, match="comes by the quarter; say --release 2026Q1"):
        read(path, Hints(release="2026"))


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (("97110", "many", "3 Date"), "line 5, column 2: the limit is no number"),
        (("97110", "4", "Date"), "line 5, column 3: the adjudication indicator is none of 1, 2, 3"),
        (("9711", "4", "3 Date"), "line 5, column 1: is no procedure code"),
        (("97110", "", ""), "line 5, column 2: the limit is no number"),
    ],
)
def test_damage_is_refused_whole_with_its_place(
    row: tuple[str, str, str], where: str, tmp_path: Path
) -> None:
    text = limits_text("Practitioner", [("97112", 6, "3 Date")]) + ",".join(row) + "\n"

    with pytest.raises(ImportRefused) as refused:
        read(zipped(tmp_path / "mue.zip", {NAME: text}))

    assert str(refused.value) == f"mue.zip/{NAME}, {where}"


def test_a_table_cut_off_between_two_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="it seems cut off"):
        plan_of(tmp_path, dict(list(held().items())[:20]))
