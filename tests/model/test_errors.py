from datetime import date

import pytest

from model import errors


def _all(base: type[errors.NoteproofError]) -> list[type[errors.NoteproofError]]:
    return [base, *(found for child in base.__subclasses__() for found in _all(child))]


def test_every_error_has_a_code_of_its_own_below_its_branch() -> None:
    classes = [c for c in _all(errors.NoteproofError) if c.__module__ == errors.__name__]

    assert len({c.code for c in classes}) == len(classes)
    for c in classes:
        branch = c.__mro__[1]
        assert c.__doc__
        if issubclass(branch, errors.NoteproofError) and branch is not errors.NoteproofError:
            assert c.code.startswith(f"{branch.code}.")


def test_encounter_invalid_names_the_field() -> None:
    error = errors.EncounterInvalid("enc-1", "date_of_service", "not a date")

    assert str(error) == "encounter enc-1: date_of_service: not a date"
    assert (error.id, error.field, error.reason) == ("enc-1", "date_of_service", "not a date")


@pytest.mark.parametrize("written", ["pt seen for 45 min", "x" * 300, ""])
def test_an_unknown_code_never_echoes_text(written: str) -> None:
    shown = str(errors.UnknownCode(written)), str(errors.CodeNotInForce(written, date(2026, 1, 1)))

    assert all("what was given as a code" in message for message in shown)
