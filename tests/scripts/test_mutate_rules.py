"""A change of a rule is noticed by its examples, and leaves the rules as they were."""

from model.rules import RULES
from scripts.mutate_rules import mutants, outcomes, survives


def test_the_examples_of_a_rule_notice_every_change_of_its_threshold() -> None:
    rule = RULES["progress-report-overdue"]
    before = dict(RULES)
    expected = outcomes(rule, rule.check)

    found = {mutant.said: survives(rule, mutant, expected) for mutant in mutants(rule)}

    assert found["Gt becomes GtE"] is False
    assert found["the condition always holds"] is False
    assert before == RULES
    assert outcomes(rule, rule.check) == expected


def test_words_for_a_person_are_not_changed() -> None:
    rule = RULES["missing-tolerance-response"]

    assert all("message" not in mutant.said for mutant in mutants(rule))
    assert list(mutants(rule))
