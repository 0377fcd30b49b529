"""Compliant notes, read perfectly, raise next to nothing."""

from model.policy import Policy
from model.records import Severity
from model.rules import check
from tests.support.gold_cases import gold_case
from training.corpus import read_corpus

ONE_IN = 20


def test_at_most_one_gap_in_twenty_compliant_notes() -> None:
    compliant = [note for note in read_corpus() if not note.findings]
    raised = []
    for note in compliant:
        case = gold_case(note)
        policy = Policy.for_payer(case.payer, case.date_of_service)
        raised += [
            (note.id, finding.rule_id)
            for finding in check(case, policy)
            if finding.severity is not Severity.INFORMS
        ]

    assert len(raised) <= len(compliant) / ONE_IN, raised
