"""Smallest sets, against every subset there is."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, given, settings

from model.policy import Policy
from model.records import (
    Assertion,
    Case,
    Discipline,
    Episode,
    Facts,
    Finding,
    Giver,
    Line,
    NoteKind,
    Service,
    Severity,
)
from model.records.missing import AtRisk
from model.rules import RULES, Rule, check
from model.rules.examples import examples_of
from model.rules.missing import at_risk, smallest_sets
from model.rules.supplies import Part, supplied
from tests.support.cases import CLAIMS, HERE, NOTES, judged

ON = date(2026, 3, 2)
MOST_FOR_EVERY_SUBSET = 6
every_rule = pytest.mark.parametrize("rule", list(RULES.values()), ids=list(RULES))
some = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def about(part: AtRisk, case: Case, policy: Policy) -> list[Finding]:
    """What the part's rules say of it."""
    return [
        found
        for rule_id in part.rules
        for found in RULES[rule_id].findings(case, policy)
        if (found.flag.line, found.flag.diagnosis) == (part.line, part.diagnosis)
    ]


def is_cleared(part: AtRisk, elements: frozenset[str], case: Case, policy: Policy) -> bool:
    """Whether the part's rules are silent about it once ``elements`` are there."""
    there = supplied(case, tuple(sorted(elements)), Part(part.line, part.diagnosis))
    return not about(part, there, policy)


def subsets(elements: frozenset[str]) -> Iterator[frozenset[str]]:
    for size in range(len(elements)):
        yield from map(frozenset, combinations(sorted(elements), size))


def faults(case: Case, policy: Policy) -> Iterator[tuple[AtRisk, object]]:
    """Sets that do not clear, or of which a part would do."""
    for part in at_risk(case, policy, check(case, policy)):
        for elements in map(frozenset, part.sets):
            if not is_cleared(part, elements, case, policy):
                yield part, ("does not clear", elements)
            if len(elements) <= MOST_FOR_EVERY_SUBSET:
                for fewer in subsets(elements):
                    if is_cleared(part, fewer, case, policy):
                        yield part, ("is enough", fewer)


@every_rule
def test_what_a_rule_calls_missing_are_its_smallest_sets_and_all_of_them(rule: Rule) -> None:
    for example in examples_of(rule):
        for finding in rule.findings(example.case, example.policy):
            if finding.flag.missing:
                written = [finding.flag.missing, *finding.flag.instead]

                found = smallest_sets(example.case, example.policy, finding)

                assert set(found) == set(map(frozenset, written))


@every_rule
def test_sets_of_every_example_clear_it_and_no_part_of_them_does(rule: Rule) -> None:
    for example in examples_of(rule):
        assert list(faults(example.case, example.policy)) == []


@some
@given(NOTES)
def test_sets_of_any_note_clear_it_and_no_part_of_them_does(case: Case) -> None:
    assert list(faults(case, judged(case).policy)) == []


@some
@given(CLAIMS)
def test_sets_of_any_claim_clear_it_and_no_part_of_them_does(case: Case) -> None:
    assert list(faults(case, judged(case).policy)) == []


@some
@given(NOTES)
def test_no_set_of_the_elements_named_was_overlooked(case: Case) -> None:
    policy = judged(case).policy
    for part in at_risk(case, policy, check(case, policy)):
        named = frozenset(chain.from_iterable(part.sets))
        if len(named) > MOST_FOR_EVERY_SUBSET:
            continue

        clearing = [s for s in (*subsets(named), named) if is_cleared(part, s, case, policy)]

        smallest = {s for s in clearing if not any(other < s for other in clearing)}
        assert smallest == set(map(frozenset, part.sets))


@some
@given(NOTES)
def test_every_grave_finding_that_names_elements_belongs_to_a_part(case: Case) -> None:
    policy = judged(case).policy
    findings = check(case, policy)
    parts = {(p.line, p.diagnosis): p.rules for p in at_risk(case, policy, findings)}

    for found in findings:
        if found.flag.missing and found.severity is not Severity.INFORMS:
            assert found.rule_id in parts[found.flag.line, found.flag.diagnosis]


def test_a_finding_that_only_informs_puts_nothing_at_risk() -> None:
    rule = RULES["rehab-potential-missing"]
    (example, *_) = (e for e in examples_of(rule) if e.flags)

    parts = at_risk(
        example.case, example.policy, tuple(rule.findings(example.case, example.policy))
    )

    assert parts == ()


def test_a_part_that_nothing_would_clear_is_refused() -> None:
    with pytest.raises(ValueError, match="empty set"):
        AtRisk(line=None, diagnosis=None, rules=("x",), sets=((),))


def parts_of(case: Case) -> tuple[AtRisk, ...]:
    policy = Policy.for_payer(case.payer, case.date_of_service)
    return at_risk(case, policy, check(case, policy))


def test_parts_stand_in_the_order_of_lines_behind_the_claim_and_diagnoses_by_code() -> None:
    case = Case(
        date_of_service=date(2024, 8, 15),
        payer="medicare_part_b",
        note_kind=NoteKind.DAILY,
        stated=(
            Line(code="97110", units=1, modifiers=("GP",)),
            Line(code="97140", units=1, modifiers=("GP",)),
            Line(code="97150", units=1, modifiers=("GP",)),
        ),
        stated_diagnoses=("M25.569", "M18.9"),
        facts=Facts(
            services=(
                Service(
                    code="97110",
                    assertion=Assertion.PERFORMED,
                    giver=Giver.THERAPIST,
                    evidence=(HERE,),
                    confidence=1.0,
                ),
            )
        ),
        text="x",
    )

    places = [(part.line, part.diagnosis) for part in parts_of(case)]

    assert places == [(None, None), (None, "M18.9"), (None, "M25.569"), (0, None), (1, None)]


def test_what_no_documentation_clears_puts_no_part_at_risk() -> None:
    ended = Case(date_of_service=ON, payer="medicare_part_b", stated=(Line(code="97532", units=1),))

    assert "deleted-code" in {f.rule_id for f in check(ended, Policy.for_payer(ended.payer, ON))}
    assert parts_of(ended) == ()


def test_a_claim_without_its_note_is_not_asked_for_what_a_note_would_then_lack() -> None:
    """Minutes supplied to a claim make no note of it, whose signature could then be missed."""
    kx = Case(
        date_of_service=ON,
        payer="medicare_part_b",
        discipline=Discipline.PT,
        note_kind=NoteKind.DAILY,
        episode=Episode(allowed_amount_ytd_usd=Decimal(3200)),
        stated=(Line(code="97110", units=1, modifiers=("GP",)),),
    )

    (part,) = parts_of(kx)

    assert part.sets == (("attestation of KX by a named person",),)
    assert part.rules == ("kx-needed",)


def test_a_goal_that_is_supplied_is_asked_for_its_measure() -> None:
    """What an element brings to light joins the search."""
    plan = Case(
        date_of_service=ON,
        payer="medicare_part_b",
        note_kind=NoteKind.EVALUATION,
        facts=Facts(
            elements=dict.fromkeys(
                ("plan", "freq", "plof", "deficit", "history", "measure", "potential"), (HERE,)
            )
        ),
        text="x",
    )

    goals = [part for part in parts_of(plan) if "no-functional-goal" in part.rules]

    assert len(goals) == 1
    assert all({"functional goal", "measurable goal"} <= set(each) for each in goals[0].sets)
    assert "goal-not-measurable" in goals[0].rules
