"""The same claims by the policy of their day, of today, and of any day; always the same bytes."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import json_lines, noteproof

PAIR = {
    "id": "c-1",
    "date_of_service": "2019-12-20",
    "payer": "medicare_part_b",
    "discipline": "PT",
    "setting": "hospital_outpatient",
    "diagnoses": ["M54.5"],
    "lines": [
        {"code": "97530", "units": 1, "minutes": 15, "modifiers": ["GP"]},
        {"code": "97116", "units": 1, "minutes": 15, "modifiers": ["GP"]},
    ],
    "episode": {"plan_of_care": {"start": "2019-12-01", "end": "2020-02-28"}, "treatment_day": 4},
}


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.jsonl"
    codes = ("97110", "97112", "97140", "97124", "97150", "G0283", "97035", "97161")
    many = [
        {
            **PAIR,
            "id": f"{one}-{other}",
            "lines": [{"code": one, "units": 2}, {"code": other, "units": 1}],
        }
        for one in codes
        for other in codes
    ]
    path.write_text("\n".join(map(json.dumps, (PAIR, *many))), "utf-8")
    return path


def replayed(claims: Path, *as_of: str) -> dict[str, Any]:
    draft, *_ = json_lines(noteproof("check", claims, "--json", *as_of))
    found: dict[str, Any] = draft
    return found


def rules(draft: dict[str, Any]) -> set[str]:
    return {finding["rule"] for finding in draft["findings"]}


def test_a_claim_is_judged_by_the_policy_of_its_day(claims: Path) -> None:
    draft = replayed(claims)

    assert "needs-59-or-x" in rules(draft)
    assert "invalid-diagnosis" not in rules(draft)
    assert draft["versions"]["as_of"] is None
    assert replayed(claims, "--as-of", "dos") == draft


def test_a_replay_reads_codes_and_edits_of_the_day_asked_for_and_says_so(claims: Path) -> None:
    draft = replayed(claims, "--as-of", "2024-08-01")

    assert "needs-59-or-x" not in rules(draft)
    assert "invalid-diagnosis" in rules(draft)
    assert draft["versions"]["as_of"] == "2024-08-01"
    assert draft["date_of_service"] == "2019-12-20"


def test_a_replay_leaves_the_plan_of_care_in_its_own_time(claims: Path) -> None:
    """Six years after the plan ended it is still the plan of the day care was given."""
    assert "recert-overdue" not in rules(replayed(claims, "--as-of", "2026-01-15"))


def test_today_is_a_day(claims: Path) -> None:
    draft = replayed(claims, "--as-of", "today")

    assert draft["versions"]["as_of"] > "2026"
    assert "invalid-diagnosis" in rules(draft)


@pytest.mark.parametrize("as_of", ["yesterday", "2026-02-30", ""])
def test_no_day_is_wrong_usage(as_of: str, claims: Path) -> None:
    assert noteproof("check", claims, "--as-of", as_of).returncode == 2


@pytest.mark.parametrize("as_of", ["dos", "2024-08-01"])
def test_two_processes_with_different_hashes_print_the_same_bytes(as_of: str, claims: Path) -> None:
    one, other = (
        noteproof("check", claims, "--json", "--as-of", as_of, env={"PYTHONHASHSEED": seed})
        for seed in ("1", "4242")
    )

    assert one.returncode == 0
    assert len(one.stdout) > 10_000
    assert one.stdout == other.stdout
