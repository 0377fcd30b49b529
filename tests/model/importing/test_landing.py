"""A table lands wholly or not at all; the manifest says where it came from."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from model.errors import ImportRefused, PolicyFileError
from model.importing import Hints, Plan, Source, apply, planned, read, was_imported
from model.policy_folder import MANIFEST, manifest
from tests.support.published import pairs_text

ON = date(2026, 11, 23)
ROWS = [("97018", "97113", "20260701", "*", "1")]


@pytest.fixture
def taken(tmp_path: Path) -> tuple[Source, Plan]:
    path = tmp_path / "pairs.txt"
    path.write_text(pairs_text(ROWS), "utf-8")
    source, published = read(path, Hints(table="ncci_outpatient"))
    return source, planned(published)


def test_the_manifest_records_file_checksum_day_and_release(
    taken: tuple[Source, Plan], tmp_path: Path
) -> None:
    source, plan = taken

    table = apply(plan, source, tmp_path / "mine", on=ON)

    held = manifest(tmp_path / "mine")
    (entry,) = held.imports
    assert (entry.source, entry.release, entry.imported_on) == ("pairs.txt", "2026Q3", ON)
    assert entry.sha256 == hashlib.sha256((tmp_path / "pairs.txt").read_bytes()).hexdigest()
    assert (tmp_path / "mine" / table.file).read_bytes() == plan.content
    assert held.tables["ncci_outpatient"] == table


def test_the_same_file_is_known_again(taken: tuple[Source, Plan], tmp_path: Path) -> None:
    source, plan = taken
    mine = tmp_path / "mine"
    before = was_imported(mine, source)

    apply(plan, source, mine, on=ON)

    assert (before, was_imported(mine, source)) == (False, True)


def test_what_was_in_use_stays_when_writing_fails(
    taken: tuple[Source, Plan], tmp_path: Path
) -> None:
    source, plan = taken
    mine = tmp_path / "mine"
    apply(plan, source, mine, on=ON)
    before = (mine / MANIFEST).read_bytes()
    (mine / "tables").rename(mine / "elsewhere")
    (mine / "tables").write_text("in the way", "utf-8")

    with pytest.raises(OSError, match="tables"):
        apply(plan, source, mine, on=ON)

    assert (mine / MANIFEST).read_bytes() == before
    assert sorted(path.name for path in mine.iterdir()) == ["elsewhere", MANIFEST, "tables"]


def test_two_imports_at_once_do_not_lose_one(taken: tuple[Source, Plan], tmp_path: Path) -> None:
    source, plan = taken
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / ".importing").touch()

    with pytest.raises(ImportRefused, match="another import is under way"):
        apply(plan, source, mine, on=ON)
    assert not (mine / MANIFEST).exists()


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 2}', '{"format": 1, "tables": {}}'])
def test_a_manifest_that_cannot_be_read_is_an_error(text: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(text, "utf-8")

    with pytest.raises(PolicyFileError, match=MANIFEST):
        manifest(tmp_path)


def test_the_manifest_is_plain_json_for_whoever_looks(
    taken: tuple[Source, Plan], tmp_path: Path
) -> None:
    source, plan = taken

    apply(plan, source, tmp_path, on=ON)

    written = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    assert written["imports"][0]["imported_on"] == "2026-11-23"
    assert written["tables"]["ncci_outpatient"]["parts"] == [["97018", "97018", "2026-09-30"]]
