"""Labels that contradict the note's marks, the tables or the payer's arithmetic are named."""

from pathlib import Path

import pytest

from training.corpus import read_note
from training.corpus_check import corpus_faults, label_faults

HEAD = """---
id: toy
style: toys
author: a
encounter:
  discipline: PT
  payer: {payer}
  date_of_service: "{day}"
lines: [{lines}]
diagnoses: [{diagnoses}]
findings: [{findings}]
---
{text}
"""
TEXT = "⟦97110|leg press⟧, ⟦97140|mobilized⟧, ⟦97129|lists⟧, ⟦97014|stim⟧; ⟦dx M54.50|back pain⟧"
OLD_DAY, NEW_DAY = "2019-12-31", "2025-03-03"


def faults(
    tmp_path: Path,
    *lines: str,
    payer: str = "medicare_part_b",
    day: str = NEW_DAY,
    diagnoses: str = "M54.50",
    findings: str = "",
    text: str = TEXT,
) -> list[str]:
    path = tmp_path / "toy.note"
    written = ", ".join(f'"{line}"' for line in lines)
    path.write_text(
        HEAD.format(
            payer=payer, day=day, lines=written, diagnoses=diagnoses, findings=findings, text=text
        ),
        "utf-8",
    )
    return [fault.removeprefix("toy: ") for fault in label_faults(read_note(path))]


@pytest.mark.parametrize(
    ("payer", "lines"),
    [
        ("medicare_part_b", ["97110 8 1 GP", "97140 7 0 GP"]),
        ("medicare_part_b", ["97110 23 1 GP", "97140 23 2 GP"]),
        ("medicare_part_b", ["97110 23 2 GP", "97140 23 1 GP"]),
        ("medicare_part_b", ["97129 15 1 GP", "97130 20 1 GP"]),
        ("medicare_part_b", ["97110 15 1 GP", "97110 15 1 GP CQ"]),
        ("commercial_ama_midpoint", ["97110 8 1 GP", "97140 8 1 GP"]),
        ("medicare_part_b", ["97110 - - GP"]),
    ],
)
def test_units_that_the_minutes_earn_are_right_and_a_tie_may_go_either_way(
    tmp_path: Path, payer: str, lines: list[str]
) -> None:
    assert faults(tmp_path, *lines, payer=payer) == []


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["97110 22 2 GP"], "units 97110:2; its minutes earn 97110:1"),
        (["97110 23 1 GP"], "units 97110:1; its minutes earn 97110:2"),
        (
            ["97110 23 2 GP", "97140 23 2 GP"],
            "units 97110:2 97140:2; its minutes earn 97110:2 97140:1",
        ),
        (["97110 30 2 GP CQ", "97140 15 1 GP CQ"], ""),
        (["97110 30 1 GP", "97110 15 2 GP CQ"], "units 97110:1 97110*:2; its"),
        (["97110 - 1 GP"], "97110: minutes and units are known together or not at all"),
        (["97110 15 - GP"], "97110: minutes and units are known together or not at all"),
        (["97014 15 2 GP"], "97014: an untimed service is one unit"),
    ],
)
def test_units_that_the_minutes_do_not_earn_are_named(
    tmp_path: Path, lines: list[str], fault: str
) -> None:
    found = faults(tmp_path, *lines)

    assert [line.startswith(fault) for line in found] == ([True] if fault else [])


@pytest.mark.parametrize(("day", "in_force"), [(OLD_DAY, False), ("2020-01-01", True)])
def test_a_code_is_judged_on_the_day_of_service(tmp_path: Path, day: str, in_force: bool) -> None:
    found = faults(tmp_path, "97129 15 1 GP", day=day, diagnoses="")

    assert found == ([] if in_force else [f"97129 is not in force on {day}"])


def test_a_diagnosis_without_its_last_characters_is_named(tmp_path: Path) -> None:
    found = faults(tmp_path, diagnoses="M54.5", text="⟦dx M54.5|back pain⟧")

    assert found == [f"M54.5 is not billable on {NEW_DAY}"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("⟦97110 planned|leg press⟧ ⟦dx M54.50|back pain⟧", "line 97110 has no mark"),
        ("⟦97110 home|leg press⟧ ⟦dx M54.50|back pain⟧", "line 97110 has no mark"),
        ("⟦97110|leg press⟧ ⟦dx M54.50 uncertain|back pain⟧", "diagnosis M54.50 has no mark"),
        ("⟦97110 assistant|leg press⟧ ⟦dx M54.50|back pain⟧", None),
    ],
)
def test_a_label_without_words_that_carry_it_is_named(
    tmp_path: Path, text: str, fault: str | None
) -> None:
    assert faults(tmp_path, "97110 15 1 GP", text=text) == ([fault] if fault else [])


def test_a_finding_that_is_no_rule_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path, findings="no-such-rule") == ["no-such-rule is no rule"]


def test_a_broken_note_and_one_nobody_placed_are_both_named(tmp_path: Path) -> None:
    (tmp_path / "splits.csv").write_text("note_id,style,split\n", "utf-8")
    batch = tmp_path / "batch"
    batch.mkdir()
    (batch / "broken.note").write_text("no head", "utf-8")
    faults(batch, "97110 15 1 GP")

    found = list(corpus_faults(tmp_path))

    assert [fault.split(":")[0] for fault in found] == ["broken.note", "toy"]
    assert "splits.csv" in found[1]
