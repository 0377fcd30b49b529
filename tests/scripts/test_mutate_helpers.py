"""Helpers are changed where they stand, methods included, and find the tests that mirror them."""

from model.rules import lines
from model.rules.timed import minutes_ledger
from scripts.mutate_helpers import helpers, mirror_of, mutants


def test_methods_and_properties_are_changed_like_functions() -> None:
    changed = {said.rpartition(":")[0].rpartition(":")[0] for _, said, _ in mutants(minutes_ledger)}

    assert "model.rules.timed.minutes_ledger.Ledger.most" in changed
    assert "model.rules.timed.minutes_ledger.ledger" in changed


def test_a_change_is_of_the_very_function_that_rules_call() -> None:
    found = {original for original, said, _ in mutants(lines) if ".service_of:" in said}

    assert found == {lines.service_of}


def test_a_changed_function_does_something_else_until_it_is_put_back() -> None:
    original, _, code = next(
        mutant
        for mutant in mutants(lines)
        if ".service_of:" in mutant[1] and mutant[1].endswith("the condition never holds")
    )
    kept, original.__code__ = original.__code__, code
    try:
        assert lines.service_of("97130") == "97130"
    finally:
        original.__code__ = kept

    assert lines.service_of("97130") == "97129"


def test_every_helper_that_judges_has_mirror_of_its_own() -> None:
    without = {module.__name__ for module in helpers() if mirror_of(module) is None}

    # Asked through the examples of every rule that uses them, which notice nearly every change.
    assert without == {
        "model.rules.documentation.details.undetailed",
        "model.rules.evaluations.domains",
        "model.rules.evaluations.levels",
        "model.rules.modifiers.telehealth",
        "model.rules.modifiers.threshold",
        "model.rules.modifiers.together",
        "model.rules.wording",
    }
