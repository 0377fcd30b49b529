import io
from typing import Any

import pytest

from model.errors import ArtifactMissing, EncounterInvalid, NoteEmpty
from service.batch import Batch
from service.intake import Received, Refused


def work(body: Any) -> str:
    match body["do"]:
        case "invalid":
            raise EncounterInvalid(body["id"], "text", "is empty")
        case "empty":
            raise NoteEmpty(body["id"])
        case "bug":
            raise KeyError("words of the note")
        case "weights":
            raise ArtifactMissing("reader")
    return str(body["id"])


def run(*bodies: tuple[str, str]) -> tuple[list[str], list[str], int]:
    errors = io.StringIO()
    batch = Batch(work, errors=errors)
    items = [Received(f"f:{n}", {"id": i, "do": do}) for n, (i, do) in enumerate(bodies, start=1)]
    answers = list(batch.answers(items))
    return answers, errors.getvalue().splitlines(), batch.exit_code


def test_all_well_is_exit_0() -> None:
    assert run(("a", "fine"), ("b", "fine")) == (["a", "b"], [], 0)


def test_what_is_bad_is_named_and_the_rest_is_done() -> None:
    answers, errors, exit_code = run(("a", "invalid"), ("b", "fine"), ("c", "empty"))

    assert (answers, exit_code) == (["b"], 1)
    assert errors == ["f:1: a: text: is empty", "f:3: c: note.empty: note c is empty"]


def test_a_bug_on_one_note_stops_no_other_and_quotes_nothing() -> None:
    answers, (error,), exit_code = run(("a", "bug"), ("b", "fine"))

    assert (answers, exit_code) == (["b"], 1)
    assert error.startswith("f:1: a: failed unexpectedly: KeyError at test_batch.py:")
    assert "words" not in error


def test_an_id_counts_once() -> None:
    assert run(("a", "fine"), ("a", "fine")) == (["a"], ["f:2: a: id: was given before, at f:1"], 1)


def test_missing_weights_stop_everything() -> None:
    with pytest.raises(ArtifactMissing):
        run(("a", "weights"), ("b", "fine"))


@pytest.mark.parametrize(("others", "expected"), [(0, 2), (1, 1)])
def test_nothing_ran_only_when_no_source_could_be_opened(others: int, expected: int) -> None:
    batch = Batch(work, errors=io.StringIO())
    good = [Received("f", {"id": "a", "do": "fine"})] * others

    list(batch.answers([Refused("x", "is not there", unopened=True), *good]))

    assert batch.exit_code == expected
