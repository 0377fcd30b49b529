"""What no finding may hang on: the order of lines, unrelated words, length, and what is unknown."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model import strict_yaml
from model.policy import Policy
from model.records import Case, Clinician, Episode, Facts, Finding, Severity
from model.rules import RULES, check, wording
from tests.support.cases import CLAIMS, HERE, NOTES, TEXT, judged, said
from tests.support.tree import modules

UNRELATED = (
    "Weather was mild and dry.",
    "Parking is free until noon.",
    "Lobby lamps are being renewed.",
    "The vendor arrived late.",
    "Forms are kept in a blue folder.",
)
"""Sentences that hold no word any rule looks for."""
CLINICAL = (
    "Medical record reviewed before the visit; vital signs stable.",
    "Medications were reconciled and no change was reported.",
    "Patient denies chest pain, fever or shortness of breath.",
    "Skin is warm and dry, affect is pleasant.",
    "Lives with spouse in a two story home.",
)
"""What charts are padded with; it may answer a detail that only informs, and nothing graver."""
FINDINGS_OF_WORDS = {"cloned-language"}
"""A share of sentences: the one finding that more sentences may rightly thin out."""
some = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
SENTENCES = st.lists(st.sampled_from(CLINICAL), min_size=1, max_size=12)


def findings(case: Case, policy: Policy) -> list[tuple[str, str, str]]:
    return said(check(case, policy))


def grave(case: Case, policy: Policy) -> set[tuple[str, str, str]]:
    """What blocks or warns."""
    return {
        row
        for row in findings(case, policy)
        if row[1] != Severity.INFORMS and row[0] not in FINDINGS_OF_WORDS
    }


def without_place(found: tuple[Finding, ...]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return sorted((f.rule_id, f.severity, f.flag.message, f.flag.missing) for f in found)


@pytest.mark.parametrize("sentence", [*UNRELATED, TEXT])
def test_unrelated_sentences_hold_no_word_a_rule_looks_for(sentence: str) -> None:
    files = [path for path in modules("model/rules") if path.with_suffix(".wording.yaml").exists()]

    found = [
        (path.name, topic)
        for path in files
        for topic in strict_yaml.load(path.with_suffix(".wording.yaml"))
        if wording.found(sentence, str(path), topic)
    ]

    assert len(files) > 20
    assert found == []


@some
@given(NOTES | CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_finding(case: Case, order: Random) -> None:
    policy = judged(case).policy
    shuffled = list(case.stated)
    order.shuffle(shuffled)

    again = check(replace(case, stated=tuple(shuffled)), policy)

    assert without_place(again) == without_place(check(case, policy))


@some
@given(NOTES, st.sampled_from(UNRELATED), st.booleans())
def test_an_unrelated_sentence_changes_no_finding(case: Case, sentence: str, first: bool) -> None:
    policy = judged(case).policy
    assert case.text is not None
    text = f"{sentence} {case.text}" if first else f"{case.text} {sentence}"

    assert findings(replace(case, text=text), policy) == findings(case, policy)


@some
@given(NOTES, SENTENCES, st.integers(1, 30))
def test_padding_a_note_clears_nothing_grave(case: Case, padding: list[str], times: int) -> None:
    policy = judged(case).policy
    text = f"{case.text} {' '.join(padding * times)}"

    longer = grave(replace(case, text=text), policy)

    assert grave(case, policy) - longer == set()


@some
@given(NOTES, st.integers(2, 5))
def test_repeating_a_note_clears_nothing(case: Case, times: int) -> None:
    policy = judged(case).policy
    text = " ".join([case.text or ""] * times)

    assert findings(replace(case, text=text), policy) == findings(case, policy)


UNKNOWN = (
    {"episode": Episode()},
    {"clinician": Clinician()},
    {"setting": None},
    {"note_kind": None},
    {"telehealth": None},
)
WEAKER = {"edit-not-separable": "needs-59-or-x"}
"""What is left to say of the same pair where only one of the two tables lets a modifier lift it."""


@some
@given(NOTES | CLAIMS, st.sampled_from(UNKNOWN))
def test_forgetting_context_raises_no_finding(case: Case, unknown: dict[str, object]) -> None:
    policy = judged(case).policy
    before = {row[0] for row in findings(case, policy)}

    after = {row[0] for row in findings(replace(case, **unknown), policy)}  # type: ignore[arg-type]

    weaker = {WEAKER[rule_id] for rule_id in before & WEAKER.keys()}
    assert after - before - weaker - _superseded(case, policy) == set()


@some
@given(CLAIMS)
def test_a_note_nobody_read_raises_nothing(case: Case) -> None:
    policy = judged(case).policy

    unread = findings(replace(case, text="A note.", facts=None), policy)

    assert {row[0] for row in unread} <= {row[0] for row in findings(case, policy)}


@some
@given(NOTES)
def test_elements_only_ever_clear(case: Case) -> None:
    """An element more raises nothing but what is asked of that element itself."""
    policy = judged(case).policy
    assert case.facts is not None
    asked_of = {"goal": {"goal-not-measurable"}, "cotreat": {"co-treatment-rationale-missing"}}
    asked_of["maintenance"] = {
        "maintenance-without-skilled-justification",
        "maintenance-by-assistant",
    }
    asked_of["measure"] = {"slp-evaluation-tests"}
    before = {row[0] for row in findings(case, policy)} | _superseded(case, policy)
    for name in ("skilled", "response", "goal", "measure", "sign", "cosign", "necessity"):
        elements = {**case.facts.elements, name: case.facts.elements.get(name, ())}
        if elements[name]:
            continue
        more: Facts = replace(case.facts, elements={**elements, name: (HERE,)})

        after = {row[0] for row in findings(replace(case, facts=more), policy)}

        assert after - before - asked_of.get(name, set()) == set()


def _superseded(case: Case, policy: Policy) -> set[str]:
    """What a more exact finding stands for: with that one gone, the general one is said."""
    return {general for row in findings(case, policy) for general in RULES[row[0]].supersedes}
