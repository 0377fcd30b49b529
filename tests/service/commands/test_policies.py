"""A clinic's way with published tables, through the real command and a folder of its own."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

import model
from tests.support.command import json_lines, noteproof
from tests.support.published import Pair, hcpcs_text, limits_text, pairs_text, zipped
from tests.support.tree import ROOT

EDITS = Path(model.__file__).parent / "policies" / "edits"
CLAIM = {
    "id": "c-1",
    "date_of_service": "2026-08-03",
    "payer": "medicare_part_b",
    "discipline": "PT",
    "setting": "private_practice",
    "lines": [
        {"code": "97110", "units": 1, "minutes": 15, "modifiers": ["GP"]},
        {"code": "97112", "units": 1, "minutes": 15, "modifiers": ["GP"]},
    ],
}


def held() -> list[Pair]:
    with (EDITS / "ncci_practitioner.csv").open(encoding="utf-8") as file:
        return [
            (row["column1"], row["column2"], row["from"].replace("-", "") or "19960101",
             row["to"].replace("-", "") or "*", row["indicator"])
            for row in csv.DictReader(file)
        ]  # fmt: skip


def parts(folder: Path) -> tuple[Path, Path]:
    """A quarter in two files, in which 97112 came under 97110 and no modifier helps."""
    rows = sorted([*held(), ("97110", "97112", "20260701", "*", "0")])
    low = [row for row in rows if row[0] < "97110"]
    high = [row for row in rows if row[0] >= "97110"]
    return tuple(  # type: ignore[return-value]
        zipped(folder / f"f{n}.zip", {f"ccipra-v322r0-f{n}.txt": pairs_text(part)})
        for n, part in ((1, low), (2, high))
    )


class Clinic:
    """A folder of imports, and the command with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mine = folder / "mine"
        self.claims = folder / "claims.jsonl"
        self.claims.write_text(json.dumps(CLAIM), "utf-8")

    def run(self, *arguments: str | Path) -> CompletedProcess[bytes]:
        return noteproof(*arguments, env={"NOTEPROOF_POLICIES": str(self.mine)})

    def taken(self, path: Path) -> dict[str, Any]:
        (answer,) = json_lines(self.run("policies", "import", path, "--apply", "--json"))
        found: dict[str, Any] = answer
        return found

    def draft(self) -> dict[str, Any]:
        (answer,) = json_lines(self.run("check", self.claims, "--json"))
        found: dict[str, Any] = answer
        return found


def rules(draft: dict[str, Any]) -> list[str]:
    return [finding["rule"] for finding in draft["findings"]]


def stale(draft: dict[str, Any]) -> dict[str, str]:
    return {entry["table"]: entry["last_date"] for entry in draft["versions"]["stale"]}


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    clinic = Clinic(tmp_path)
    clinic.mine.mkdir()
    return clinic


def test_nothing_is_written_before_apply(clinic: Clinic) -> None:
    _, high = parts(clinic.folder)

    run = clinic.run("policies", "import", high)

    assert run.returncode == 0
    assert "added     97110 + 97112: indicator 0 2026-07-01 to ..." in run.stdout.decode()
    assert "nothing was written" in run.stdout.decode()
    assert list(clinic.mine.iterdir()) == []


def test_claims_follow_an_imported_quarter_and_staleness_follows_its_last_part(
    clinic: Clinic,
) -> None:
    before = clinic.draft()
    low, high = parts(clinic.folder)

    first = clinic.taken(high)
    between = clinic.draft()
    last = clinic.taken(low)
    after = clinic.draft()

    assert (first["is_complete"], last["is_complete"]) == (False, True)
    assert ["edit-not-separable" in rules(draft) for draft in (before, between, after)] == [
        *(False, True, True)
    ]
    assert stale(before)["ncci_practitioner"] == "2024-09-30"
    assert stale(between)["ncci_practitioner"] == "2024-09-30"
    assert "ncci_practitioner" not in stale(after)
    assert "stale-tables" in rules(before)


def test_what_was_imported_is_part_of_a_drafts_versions(clinic: Clinic) -> None:
    before = clinic.draft()["versions"]["policies"]

    clinic.taken(parts(clinic.folder)[1])

    after = clinic.draft()["versions"]["policies"]
    assert after != before
    assert after.startswith(f"{before}+")


def test_the_same_file_again_says_no_change_and_writes_nothing(clinic: Clinic) -> None:
    low, _ = parts(clinic.folder)
    clinic.taken(low)
    manifest = (clinic.mine / "imports.json").read_bytes()

    again = clinic.taken(low)

    assert again["state"] == "no change"
    assert (clinic.mine / "imports.json").read_bytes() == manifest


def test_the_same_rows_in_another_file_say_no_change(clinic: Clinic) -> None:
    low, _ = parts(clinic.folder)
    clinic.taken(low)
    manifest = (clinic.mine / "imports.json").read_bytes()
    rows = [row for row in sorted(held()) if row[0] < "97110"]
    again = zipped(clinic.folder / "again.zip", {"ccipra-v322r0-f1.TXT": pairs_text(rows)})

    assert clinic.taken(again)["state"] == "no change"
    assert (clinic.mine / "imports.json").read_bytes() == manifest


def test_a_damaged_file_is_refused_whole_and_what_is_in_use_stays(clinic: Clinic) -> None:
    low, high = parts(clinic.folder)
    clinic.taken(low)
    manifest = (clinic.mine / "imports.json").read_bytes()
    text = pairs_text(held()) + "97530\t971"
    bad = zipped(high, {"ccipra-v322r0-f2.txt": text})

    run = clinic.run("policies", "import", bad, "--apply")

    assert run.returncode == 2
    assert f"f2.txt, line {len(held()) + 7}, column 2: '971' is no" in run.stderr.decode()
    assert (clinic.mine / "imports.json").read_bytes() == manifest


def test_apply_needs_a_folder_that_is_not_the_package(tmp_path: Path) -> None:
    path = tmp_path / "h.txt"
    path.write_bytes(hcpcs_text([("G0283", "20030101", "20270101", "")]).encode())

    run = noteproof("policies", "import", path, "--apply", env={"NOTEPROOF_POLICIES": ""})

    assert run.returncode == 2
    assert b"NOTEPROOF_POLICIES" in run.stderr


def test_a_folder_that_is_named_and_missing_stops_every_judgement(clinic: Clinic) -> None:
    clinic.mine.rmdir()

    run = clinic.run("check", clinic.claims, "--json")

    assert (run.returncode, run.stdout) == (1, b"")
    assert b"NOTEPROOF_POLICIES: names a folder that is not there" in run.stderr


def test_a_table_changed_by_hand_is_found_before_it_judges(clinic: Clinic) -> None:
    clinic.taken(parts(clinic.folder)[1])
    (table,) = (clinic.mine / "tables").iterdir()
    table.write_bytes(table.read_bytes().replace(b"97110,97112,0", b"97110,97112,1"))

    run = clinic.run("check", clinic.claims, "--json")

    assert (run.returncode, run.stdout) == (1, b"")
    assert b"differs from the checksum in the manifest" in run.stderr


def test_an_ended_code_is_flagged_from_the_day_after_on(clinic: Clinic) -> None:
    path = clinic.folder / "h.txt"
    path.write_bytes(hcpcs_text([("G0283", "20030101", "20260701", "20260731")]).encode())
    line = {"code": "G0283", "units": 1, "modifiers": ["GP"]}
    days = ("2026-07-31", "2026-08-01")
    clinic.claims.write_text(
        "\n".join(
            json.dumps({**CLAIM, "id": day, "date_of_service": day, "lines": [line]})
            for day in days
        ),
        "utf-8",
    )

    clinic.taken(path)

    drafts = json_lines(clinic.run("check", clinic.claims, "--json"))
    assert ["deleted-code" in rules(draft) for draft in drafts] == [False, True]


def test_a_limit_of_a_new_quarter_judges_its_days_and_no_earlier_ones(clinic: Clinic) -> None:
    with (EDITS / "mue_practitioner.csv").open(encoding="utf-8") as file:
        limits = {
            row["code"]: (int(row["units"]), f"{row['mai']} Edit") for row in csv.DictReader(file)
        }
    limits["97110"] = (1, "2 Date of Service Edit: Policy")
    rows = [(code, *limit) for code, limit in limits.items()]
    name = "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"
    path = zipped(clinic.folder / "m.zip", {name: limits_text("Practitioner", rows)})
    lines = [{"code": "97110", "units": 2, "minutes": 30, "modifiers": ["GP"]}]
    days = ("2026-06-30", "2026-07-01")
    clinic.claims.write_text(
        "\n".join(
            json.dumps({**CLAIM, "id": day, "date_of_service": day, "lines": lines}) for day in days
        ),
        "utf-8",
    )

    clinic.taken(path)

    drafts = json_lines(clinic.run("check", clinic.claims, "--json"))
    assert ["units-exceed-mue" in rules(draft) for draft in drafts] == [False, True]


def test_the_list_says_how_far_each_table_reaches_and_whence(clinic: Clinic) -> None:
    for part in parts(clinic.folder):
        clinic.taken(part)

    found = {
        entry["table"]: entry for entry in json_lines(clinic.run("policies", "list", "--json"))
    }

    assert found["ncci_practitioner"]["imported"]
    assert found["ncci_practitioner"]["covers"][1] == "2026-09-30"
    assert found["ncci_practitioner"]["source"] == "2026Q3, imported from f2.zip"
    assert not found["icd10cm"]["imported"]


def test_diff_of_two_folders_names_the_claim_the_finding_and_the_row(clinic: Clinic) -> None:
    clinic.taken(parts(clinic.folder)[1])
    other = {**CLAIM, "id": "c-2", "lines": [CLAIM["lines"][0]]}
    clinic.claims.write_text("\n".join(map(json.dumps, (CLAIM, other))), "utf-8")

    run = clinic.run(
        "policies", "diff", "packaged", clinic.mine, "--claims", clinic.claims, "--json"
    )

    assert json_lines(run) == [
        {
            "id": "c-1",
            "date_of_service": "2026-08-03",
            "differences": [
                {
                    "effect": "appears",
                    "rule": "edit-not-separable",
                    "line": 1,
                    "code": "97112",
                    "diagnosis": None,
                    "before": None,
                    "after": {
                        "severity": "blocks",
                        "message": "97110 (column 1) with 97112 (column 2): under an edit that no"
                        " modifier lifts",
                    },
                    "causes": [
                        {
                            "table": "ncci_practitioner",
                            "row": "97110 with 97112",
                            "before": "no row in force",
                            "after": "column 1 97110, indicator 0, 2026-07-01 to ...",
                        }
                    ],
                }
            ],
        }
    ]
    assert b"1 of 2 claims change" in run.stderr


def test_diff_of_two_days_names_the_parameter_or_row_and_keeps_its_order(clinic: Clinic) -> None:
    claims = [
        {**CLAIM, "id": "pair", "date_of_service": "2019-12-20", "lines": [
            {"code": "97530", "units": 1, "minutes": 15, "modifiers": ["GP"]},
            {"code": "97116", "units": 1, "minutes": 15, "modifiers": ["GP"]},
        ]},
        {**CLAIM, "id": "same"},
        {**CLAIM, "id": "code", "diagnoses": ["M54.5"]},
    ]  # fmt: skip
    clinic.claims.write_text("\n".join(map(json.dumps, claims)), "utf-8")
    asked = ("policies", "diff", "2019-12-01", "2022-01-01", "--claims", clinic.claims, "--json")

    run = clinic.run(*asked, "--without", "stale-tables")

    found = {
        entry["id"]: [(d["effect"], d["rule"], d["causes"][0]["row"]) for d in entry["differences"]]
        for entry in json_lines(run)
    }
    assert list(found.items()) == [
        ("pair", [("disappears", "needs-59-or-x", "97116 with 97530")]),
        ("code", [("appears", "invalid-diagnosis", "M54.5")]),
    ]


def test_a_finding_that_says_another_amount_changes_and_names_the_parameter(clinic: Clinic) -> None:
    episode = {"allowed_amount_ytd_usd": "3000.00"}
    clinic.claims.write_text(json.dumps({**CLAIM, "episode": episode}), "utf-8")
    asked = ("policies", "diff", "2024-02-01", "2024-08-01", "--claims", clinic.claims, "--json")
    across = ("policies", "diff", "2024-02-01", "2025-02-01", "--claims", clinic.claims, "--json")

    (changed,) = json_lines(clinic.run(*across, "--without", "stale-tables"))

    assert json_lines(clinic.run(*asked)) == []
    assert {d["effect"] for d in changed["differences"]} == {"changes"}
    assert {d["rule"] for d in changed["differences"]} == {"kx-needed"}
    assert changed["differences"][0]["causes"] == [
        {
            "table": "parameters",
            "row": "kx_threshold.pt_slp",
            "before": "2330",
            "after": "2410",
        }
    ]


def test_the_service_does_not_start_over_a_folder_that_is_missing(clinic: Clinic) -> None:
    clinic.mine.rmdir()
    database = {"NOTEPROOF_DATABASE_URL": f"sqlite:///{clinic.folder / 'n.db'}"}

    run = noteproof(
        "serve", "--rules-only", env={"NOTEPROOF_POLICIES": str(clinic.mine), **database}
    )

    assert run.returncode == 2
    assert b"policy.file: NOTEPROOF_POLICIES" in run.stderr


def test_descriptors_of_a_licensee_are_read_from_their_folder_alone(clinic: Clinic) -> None:
    path = clinic.folder / "MEDU.txt"
    words = "A line of words of the licensor, in medium"
    path.write_text(f"97110\t{words}\n97112\tOther words\n97530\tThird\n", "utf-8")

    clinic.taken(path)

    code = "from model.codes.descriptors import descriptor as d; print(d('97110'), d('97010'))"
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "NOTEPROOF_POLICIES": str(clinic.mine)},
    )
    assert found.stdout.strip() == f"{words} None"


def test_diff_with_a_folder_that_was_changed_by_hand_says_so(clinic: Clinic) -> None:
    clinic.taken(parts(clinic.folder)[1])
    (table,) = (clinic.mine / "tables").iterdir()
    table.write_bytes(b"column1\n")

    run = clinic.run("policies", "diff", "packaged", clinic.mine, "--claims", clinic.claims)

    assert run.returncode == 2
    assert b"differs from the checksum in the manifest" in run.stderr


def test_diff_refuses_what_is_neither_day_nor_folder(clinic: Clinic) -> None:
    run = clinic.run("policies", "diff", "2026-02-30", "packaged", "--claims", clinic.claims)

    assert run.returncode == 2
    assert b"neither a day" in run.stderr
