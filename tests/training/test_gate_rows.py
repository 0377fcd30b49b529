"""What the gates are taught leaves a note's own style out."""

from pathlib import Path

from model.extract.line_features import Candidate
from training.corpus import LabeledNote
from training.tasks.lines import Considered, prior, rows


def note(name: str, style: str, *given: str) -> Considered:
    candidates = tuple(
        Candidate(family=family, durations=(), segments=(), features=(1.0,))
        for family in ("97110", "97140")
    )
    own = LabeledNote(
        id=name, style=style, author="a", path=Path("n"), encounter={}, text="", marks=(),
        lines=(), stated=(), diagnoses=(), findings=(),
    )  # fmt: skip
    return Considered(own, candidates, frozenset(given))


NOTES = [note("one", "s", "97110"), note("two", "s", "97110"), note("three", "t", "97140")]


def test_a_candidate_is_right_when_its_family_was_given() -> None:
    found = rows(NOTES)

    assert found.notes == ("one", "one", "two", "two", "three", "three")
    assert found.right.tolist() == [1, 0, 1, 0, 0, 1]


def test_the_rates_beside_a_note_are_those_of_the_other_styles() -> None:
    found = rows(NOTES)

    of_s, of_t = found.features[0, 1:], found.features[4, 1:]
    assert of_s[0] < 0.5 < of_t[0]  # 97110: not given in style t, given in both notes of style s
    assert of_s[1] < of_t[1]


def test_what_is_released_counts_every_note() -> None:
    assert prior(NOTES).considered == {"97110": 3, "97140": 3}
    assert prior(NOTES).given == {"97110": 2, "97140": 1}
