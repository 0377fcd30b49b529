"""Releases of ICD-10-CM against the packaged database, which holds April 2026."""

import sqlite3
from importlib.util import find_spec
from pathlib import Path

import pytest

import model
from model.errors import ImportRefused
from model.importing import Change, Hints, Plan, Verb, planned, read
from tests.support.published import order_text

PACKAGED = Path(model.__file__).parent / "policies" / "codes" / "icd10cm.sqlite"
Order = dict[str, tuple[str, str]]
"""Billable mark and title by code without its point."""


@pytest.fixture(scope="module")
def order() -> Order:
    """The release we hold, as the order file lists it: headings, codes, codes of 7 characters."""
    found: Order = {}
    with sqlite3.connect(PACKAGED) as db:
        rows = db.execute(
            "SELECT code, title, start, end, sevenths, seven_end FROM node"
        ).fetchall()
    for code, title, start, end, sevenths, seven_end in rows:
        plain = code.replace(".", "")
        if "-" in code or code.startswith("chapter") or (title is None and end):
            continue
        if start == "" or not end:
            found[plain] = ("0" if start == "" else "1", title or "as its stem")
        if not seven_end:
            found |= {plain.ljust(6, "X") + char: ("1", "as its stem") for char in sevenths or ""}
    return found


def written(path: Path, order: Order) -> Path:
    rows = [(code, *mark_and_title) for code, mark_and_title in sorted(order.items())]
    path.write_bytes(order_text(rows).encode())
    return path


@pytest.fixture(scope="module")
def next_year(order: Order, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Fiscal year 2027 as it might be: one code gone, one split into two below it."""
    changed = {code: found for code, found in order.items() if code != "G20A1"}
    changed["M545"] = ("0", "Low back pain")
    changed["R2690"] = ("1", "A new code for the gait")
    path = tmp_path_factory.mktemp("order") / "icd10cm-order-2027.txt"
    return planned(read(written(path, changed))[1])


def test_a_new_code_begins_and_a_missing_one_ends_with_the_fiscal_year(next_year: Plan) -> None:
    assert next_year.changes == (
        Change("G20.A1", Verb.ENDED, "2023-10-01 to ...", "2023-10-01 to 2026-09-30"),
        Change("R26.90", Verb.ADDED, "", "2026-10-01 to ..."),
    )
    assert str(next_year.published.period[1] if next_year.published.period else "") == "2027-09-30"


def test_the_new_database_holds_the_new_code_below_its_heading(
    next_year: Plan, tmp_path: Path
) -> None:
    path = tmp_path / "new.sqlite"
    path.write_bytes(next_year.content)

    with sqlite3.connect(path) as db:
        (row,) = db.execute("SELECT parent, title, start, end FROM node WHERE code = 'R26.90'")
        (others,) = db.execute("SELECT count(*) FROM node").fetchone()
    with sqlite3.connect(PACKAGED) as db:
        (before,) = db.execute("SELECT count(*) FROM node").fetchone()

    assert row == ("R26.9", "A new code for the gait", "2026-10-01", None)
    assert others == before + 1


def content_of(path: Path) -> list[str]:
    with sqlite3.connect(path) as db:
        return list(db.iterdump())


def test_the_published_tabular_list_of_the_packaged_release_changes_nothing(tmp_path: Path) -> None:
    """Every code, 7th characters and their exceptions included, is derived from the list alone."""
    spec = find_spec("simple_icd_10_cm")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "data" / "icd10c-tabular-April-1-2026.xml"

    plan = planned(read(path)[1])

    assert plan.changes == ()
    assert plan.published.release == "from 2026-04-01"
    (tmp_path / "new.sqlite").write_bytes(plan.content)
    assert content_of(tmp_path / "new.sqlite") == content_of(PACKAGED)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (
            order_text([("A00", "0", "Cholera")]) + "00003 A000    1 Words",
            "line 2, column 1: is number 00003 where 00002 is due: a line is missing",
        ),
        (
            order_text([("A00", "0", "Cholera")]) + "00002 A000    x Words",
            "line 2, column 1: is no line of an order file",
        ),
        (
            "<ICD10CM.tabular><version>2027</version><chapter>",
            "line 1, column 50: is broken XML; download it again",
        ),
    ],
)
def test_damage_is_refused_whole_with_its_place(text: str, where: str, tmp_path: Path) -> None:
    path = tmp_path / "icd10cm-order-2027.txt"
    path.write_text(text, "utf-8")

    with pytest.raises(ImportRefused) as refused:
        read(path)

    assert str(refused.value) == f"{path.name}, {where}"


def test_an_order_file_cut_off_at_its_end_is_refused(order: Order, tmp_path: Path) -> None:
    half = dict(sorted(order.items())[:40_000])

    with pytest.raises(ImportRefused, match="it seems cut off"):
        planned(read(written(tmp_path / "icd10cm-order-2027.txt", half))[1])


def test_the_year_is_asked_for_where_nothing_says_it(order: Order, tmp_path: Path) -> None:
    path = written(tmp_path / "renamed.txt", {"A00": ("0", "Cholera")})

    with pytest.raises(ImportRefused, match="say --release 2027"):
        read(path)
    assert str(read(path, Hints(release="2027"))[1].period) == str(
        read(path, Hints(release="2026-10-01"))[1].period
    )


def test_an_older_release_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "icd10cm-order-2025.txt", {"A00": ("0", "Cholera")})

    with pytest.raises(ImportRefused, match="is held to 2026-09-30 already"):
        read(path)
