from datetime import date

import pytest

from model.policy import Policy
from model.records import Attestation, Discipline, Encounter
from model.suggest.modifiers import Marked, modifiers, plan_modifier

ON = date(2026, 3, 2)
MEDICARE = Policy.for_payer("medicare_part_b", ON)


def line(code: str, by: str = "therapist", *, is_separate: bool = True) -> Marked:
    return Marked(code=code, performed_by=by, is_separate=is_separate)


def encounter(
    discipline: Discipline | None = Discipline.PT,
    on: date | None = ON,
    attestations: tuple[Attestation, ...] = (),
) -> Encounter:
    return Encounter(id="e", discipline=discipline, date_of_service=on, attestations=attestations)


@pytest.mark.parametrize(
    ("discipline", "modifier"),
    [(Discipline.PT, "GP"), (Discipline.OT, "GO"), (Discipline.SLP, "GN")],
)
def test_the_plan_of_care_decides_gp_go_gn(discipline: Discipline, modifier: str) -> None:
    assert modifiers(line("97535"), (), encounter(discipline), MEDICARE) == (modifier,)
    assert plan_modifier(discipline, MEDICARE) == modifier


@pytest.mark.parametrize(
    ("payer", "on", "expected"),
    [
        ("medicare_part_b", ON, ()),
        ("commercial_cms", ON, ("GP",)),
        ("commercial_cms", date(2020, 3, 2), ()),
    ],
)
def test_a_code_off_the_therapy_list_carries_the_plans_modifier_where_the_payer_asks(
    payer: str, on: date, expected: tuple[str, ...]
) -> None:
    policy = Policy.for_payer(payer, on)

    assert modifiers(line("20560"), (), encounter(on=on), policy) == expected


def test_an_unknown_plan_of_care_gets_no_modifier() -> None:
    assert modifiers(line("97535"), (), encounter(None), MEDICARE) == ()


@pytest.mark.parametrize(
    ("discipline", "expected"),
    [
        (Discipline.PT, ("GP", "CQ")),
        (Discipline.OT, ("GO", "CO")),
        (Discipline.SLP, ("GN",)),
    ],
)
def test_an_assistants_units_carry_cq_or_co(
    discipline: Discipline, expected: tuple[str, ...]
) -> None:
    assert modifiers(line("97110", "assistant"), (), encounter(discipline), MEDICARE) == expected


def test_cq_is_decided_line_by_line() -> None:
    own, other = line("97110", "assistant"), line("97110")

    assert modifiers(own, [other], encounter(), MEDICARE) == ("GP", "CQ")
    assert modifiers(other, [own], encounter(), MEDICARE) == ("GP",)


def test_a_payer_without_assistant_modifiers_gets_none() -> None:
    policy = Policy.for_payer("commercial_ama_midpoint", ON)

    assert modifiers(line("97110", "assistant"), (), encounter(), policy) == ("GP",)


@pytest.mark.parametrize(
    ("attestations", "expected"),
    [
        ((), ("GP",)),
        ((Attestation(kx=False, by="Ann Lee", on=ON),), ("GP",)),
        ((Attestation(kx=True, by="Ann Lee", on=ON),), ("GP", "KX")),
    ],
)
def test_kx_needs_a_named_persons_attestation(
    attestations: tuple[Attestation, ...], expected: tuple[str, ...]
) -> None:
    found = modifiers(line("97110"), (), encounter(attestations=attestations), MEDICARE)

    assert found == expected


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        (True, True, True),
        (False, True, False),
        (True, False, False),
        (False, False, False),
    ],
)
def test_59_needs_separate_time_of_both_lines(own: bool, other: bool, expected: bool) -> None:
    found = modifiers(
        line("97110", is_separate=own), [line("97150", is_separate=other)], encounter(), MEDICARE
    )

    assert ("59" in found) is expected


def test_59_stands_on_column_2_alone_and_before_the_plan_modifier() -> None:
    assert modifiers(line("97110"), [line("97150")], encounter(), MEDICARE) == ("59", "GP")
    assert modifiers(line("97150"), [line("97110")], encounter(), MEDICARE) == ("GP",)


def test_no_59_where_no_modifier_helps() -> None:
    assert modifiers(line("97124"), [line("97140")], encounter(), MEDICARE) == ("GP",)


@pytest.mark.parametrize("other", ["97116", "97140"])
@pytest.mark.parametrize(
    ("on", "is_edited"), [(date(2019, 12, 31), True), (date(2020, 1, 1), False)]
)
def test_59_ends_with_the_edits_of_97530(other: str, on: date, is_edited: bool) -> None:
    policy = Policy.for_payer("medicare_part_b", on)
    pair = [line("97530"), line(other)]

    found = {
        modifier
        for own in pair
        for modifier in modifiers(own, [m for m in pair if m is not own], encounter(on=on), policy)
    }

    assert ("59" in found) is is_edited


def test_no_59_without_a_date_to_read_the_edits_at() -> None:
    assert modifiers(line("97110"), [line("97150")], encounter(on=None), MEDICARE) == ("GP",)
