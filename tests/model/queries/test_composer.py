from dataclasses import replace

import pytest

from model.queries import compose, lint
from model.records import Citation, Finding, Flag, Severity, Span
from model.rules import RULES, Rule
from model.rules.examples import examples_of
from tests.support.drafts import at

NOTE = 'Gait training 20 min. "Ok today." Stepping over cones.\r\nR. Doe, PT'
ASKED = "What did the clinician do: please describe, nothing further, or unable to determine?"


def finding(*words: str, query: str | None = ASKED) -> Finding:
    evidence = tuple(at(said, NOTE) for said in words)
    return Finding(
        rule_id="no-skilled-need",
        severity=Severity.WARNS,
        citation=Citation("cms_benefit_manual", "a place"),
        flag=Flag(message="m", evidence=evidence, query=query),
    )


def test_a_query_quotes_the_note_and_then_asks() -> None:
    query = compose(finding("Stepping over cones", "Gait training 20 min"), NOTE)

    assert query is not None
    assert query.text == f"The note says: “Gait training 20 min”; “Stepping over cones”. {ASKED}"
    assert [span.of(NOTE) for span in query.evidence] == [
        "Gait training 20 min",
        "Stepping over cones",
    ]
    assert query.rule_id == "no-skilled-need"


def test_without_words_to_quote_the_question_stands_alone() -> None:
    query = compose(finding(), NOTE)

    assert query is not None
    assert (query.text, query.evidence) == (ASKED, ())


def test_a_finding_no_therapist_can_answer_gives_no_query() -> None:
    assert compose(finding(query=None), NOTE) is None


def test_the_same_words_are_quoted_once_and_long_passages_not_at_all() -> None:
    note = "stairs " * 3 + "x" * 121
    twice = replace(
        finding(),
        flag=Flag(message="m", evidence=(Span(0, 6), Span(7, 13), Span(21, 142)), query=ASKED),
    )

    query = compose(twice, note)

    assert query is not None
    assert query.text == f"The note says: “stairs”. {ASKED}"


def test_at_most_three_passages_are_quoted() -> None:
    query = compose(finding("Gait", "training", "20 min", "cones"), NOTE)

    assert query is not None
    assert len(query.evidence) == 3


def test_quotation_marks_within_a_quotation_are_softened_and_still_the_notes_words() -> None:
    query = compose(finding('"Ok today."'), NOTE)

    assert query is not None
    assert "“'Ok today.'”" in query.text
    assert lint(query.text, NOTE) == ()


def test_a_question_that_leads_is_refused() -> None:
    with pytest.raises(ValueError, match="the question of no-skilled-need leads"):
        compose(finding(query="Did you cue the patient?"), NOTE)


@pytest.mark.parametrize("rule", list(RULES.values()), ids=list(RULES))
def test_every_question_of_a_rule_may_be_sent(rule: Rule) -> None:
    for example in examples_of(rule):
        note = example.case.text or "A note."
        for found in rule.findings(example.case, example.policy):
            query = compose(found, note)

            faults = lint(query.text, note) if query else ()

            assert [(fault.kind, fault.span.of(query.text)) for fault in faults if query] == []
