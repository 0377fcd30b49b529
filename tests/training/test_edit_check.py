from pathlib import Path
from typing import Any

import pytest

from training.corpus import LabeledNote, gold_line
from training.edit_check import edit_faults
from training.encounters import encounter_of


def note(
    lines: list[str], stated: list[str] | None = None, findings: tuple[str, ...] = (), **known: Any
) -> LabeledNote:
    """A PT note of March 2026 at a private practice under Medicare, as labelled."""
    return LabeledNote(
        id="n",
        style="s",
        author="a",
        path=Path("n.note"),
        encounter={
            "discipline": "PT",
            "setting": "private_practice",
            "payer": "medicare_part_b",
            "date_of_service": "2026-03-02",
            **known,
        },
        text="the words do not matter here",
        marks=(),
        lines=tuple(map(gold_line, lines)),
        stated=tuple(map(gold_line, stated or [])),
        diagnoses=(),
        findings=findings,
    )


def faults(own: LabeledNote) -> list[str]:
    return list(edit_faults(own, encounter_of(own)))


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["97761 25 2 GP", "97116 15 1 GP"], ["97116 has minutes of its own beside 97761"]),
        (["97761 25 2 GP", "97116 15 1 GP 59"], []),
        (["97761 25 2 GP", "97116 - - GP"], []),
        (["97110 15 1 GP", "97116 15 1 GP"], []),
        (["97110 15 1 GP", "97116 15 1 GP 59"], ["97116 carries 59, and no edit"]),
    ],
    ids=["no 59", "59", "no minutes to tell them apart", "no edit", "59 for nothing"],
)
def test_59_stands_where_the_table_has_an_edit_and_both_have_minutes(
    lines: list[str], found: list[str]
) -> None:
    assert [
        fault[: len(start)] for fault, start in zip(faults(note(lines)), found, strict=True)
    ] == (found)


def test_a_payer_whose_edits_nobody_holds_asks_for_none() -> None:
    assert faults(note(["97761 25 2 GP", "97116 15 1 GP"], payer="workers_comp_generic")) == []


@pytest.mark.parametrize(
    ("stated", "findings", "found"),
    [
        (["97761 25 2 GP", "97116 15 1 GP"], (), ["needs-59-or-x is what"]),
        (["97761 25 2 GP", "97116 15 1 GP"], ("needs-59-or-x",), []),
        (["97761 25 2 GP", "97116 15 1 GP 59"], ("needs-59-or-x",), ["needs-59-or-x is not what"]),
    ],
)
def test_findings_about_edits_are_what_the_stated_claim_earns(
    stated: list[str], findings: tuple[str, ...], found: list[str]
) -> None:
    own = faults(note([], stated, findings))

    assert [fault[: len(start)] for fault, start in zip(own, found, strict=True)] == found
