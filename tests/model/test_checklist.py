"""Every row of facts/documentation_rules.csv is a rule or an item for a person, and never both."""

from collections import Counter

from model.checklist import checklist
from model.policy import Confidence
from model.policy_files import works
from model.records import Severity
from model.rules import RULES

ROWS = {f"DR-{number:03}" for number in range(1, 142)}
"""The rows as they were numbered; the file itself is not needed to run."""


def decided() -> set[str]:
    return {row for rule in RULES.values() for row in rule.rows}


def test_every_row_is_decided_by_a_rule_or_left_to_a_person() -> None:
    asked = {item.row for item in checklist()}

    assert decided() | asked == ROWS
    assert decided() & asked == set()


def test_every_item_stands_for_one_row_and_says_what_when_and_on_what_authority() -> None:
    items = checklist()

    rows = Counter(item.row for item in items)
    silent = [i.id for i in items if not (i.item.endswith(".") and i.when and i.citation.locator)]
    unlisted = [item.id for item in items if item.citation.work not in works()]

    assert [row for row, count in rows.items() if count > 1] == []
    assert silent == []
    assert unlisted == []
    assert [item.row for item in items] == sorted(rows)


def test_what_is_recalled_warns_at_most() -> None:
    bold = [
        rule.id
        for rule in RULES.values()
        if rule.basis is Confidence.RECALLED and rule.severity is Severity.BLOCKS
    ]

    assert bold == []
