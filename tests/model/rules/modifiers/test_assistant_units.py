"""How many units of each code assistants furnished."""

from datetime import date

import pytest

from model.policy import Policy
from model.records import Case, Clinician, Facts, Line
from model.rules.modifiers.assistant_units import units_of_assistants

ON = date(2026, 3, 2)
POLICY = Policy.for_payer("medicare_part_b", ON)
THERAPIST, ASSISTANT = "therapist", "assistant"


def line(
    code: str,
    by: str | None = None,
    *,
    minutes: int | None = None,
    units: int | None = 1,
    modifiers: tuple[str, ...] = (),
) -> Line:
    return Line(code=code, minutes=minutes, units=units, performed_by=by, modifiers=modifiers)


def furnished(
    *stated: Line,
    supported: tuple[Line, ...] = (),
    is_assistant: bool | None = None,
    facts: Facts | None = None,
) -> dict[str, int]:
    case = Case(
        date_of_service=ON,
        payer="medicare_part_b",
        clinician=Clinician(is_assistant=is_assistant),
        stated=stated,
        supported=supported,
        facts=facts,
    )
    return units_of_assistants(case, POLICY)


@pytest.mark.parametrize("mark", ["CQ", "CO"])
def test_the_lines_a_note_supports_say_which_units_are_an_assistants(mark: str) -> None:
    supported = (
        line("97110", units=2, modifiers=("GP", mark)),
        line("97110", units=1, modifiers=("GP",)),
        line("97140", units=1, modifiers=("GP",)),
    )

    assert furnished(line("97110", ASSISTANT, units=3), supported=supported) == {"97110": 2}


def test_units_of_lines_of_one_code_add_up_and_an_unknown_number_is_one() -> None:
    supported = (
        line("97110", units=2, modifiers=("CQ",)),
        line("97110", units=None, modifiers=("CQ",)),
    )

    assert furnished(supported=supported) == {"97110": 3}


def test_a_code_nobody_knows_is_left_out() -> None:
    supported = (line("99999", modifiers=("CQ",)), line("97110", modifiers=("CQ",)))

    assert furnished(supported=supported) == {"97110": 1}


@pytest.mark.parametrize(
    ("is_assistant", "facts", "expected"),
    [
        (True, None, {"97110": 2}),
        (True, Facts(), {}),
        (False, None, {}),
        (None, None, {}),
    ],
)
def test_a_claim_alone_goes_by_who_worked_the_visit(
    is_assistant: bool | None, facts: Facts | None, expected: dict[str, int]
) -> None:
    found = furnished(line("97110", units=2), is_assistant=is_assistant, facts=facts)

    assert found == expected


def test_who_performed_a_line_outweighs_who_worked_the_visit() -> None:
    assert furnished(line("97110", THERAPIST, units=2), is_assistant=True) == {}


def test_minutes_and_performers_are_counted_unit_by_unit() -> None:
    found = furnished(
        line("97110", THERAPIST, minutes=20, units=2), line("97110", ASSISTANT, minutes=10, units=0)
    )

    assert found == {"97110": 1}


def test_a_unit_the_therapists_minutes_earn_alone_is_no_assistants() -> None:
    found = furnished(
        line("97110", THERAPIST, minutes=23, units=2), line("97110", ASSISTANT, minutes=7, units=0)
    )

    assert found == {}


def test_a_little_of_an_assistant_is_no_unit_of_his() -> None:
    found = furnished(
        line("97110", THERAPIST, minutes=29, units=2), line("97110", ASSISTANT, minutes=1, units=0)
    )

    assert found == {}


def test_several_units_of_an_assistant_add_up() -> None:
    found = furnished(line("97110", ASSISTANT, minutes=30), line("97140", THERAPIST, minutes=15))

    assert found == {"97110": 2}


@pytest.mark.parametrize(
    "unclear",
    [line("97140", THERAPIST), line("97140", "aide", minutes=15), line("97140", minutes=15)],
    ids=["no minutes", "neither therapist nor assistant", "no performer"],
)
def test_where_a_line_lacks_either_the_assistants_lines_count_as_they_are(unclear: Line) -> None:
    assert furnished(line("97110", ASSISTANT, minutes=30, units=1), unclear) == {"97110": 1}


def test_minutes_beyond_a_day_are_not_counted_but_the_lines_are() -> None:
    found = furnished(
        line("97110", ASSISTANT, minutes=1000, units=1),
        line("97140", THERAPIST, minutes=1000, units=1),
    )

    assert found == {"97110": 1}
