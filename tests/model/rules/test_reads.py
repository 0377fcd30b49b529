"""A rule declares what it reads: shown with it, and deciding whether it may block."""

from dataclasses import dataclass, field

import pytest

from model.policy import Policy
from model.policy_files import Value
from model.rules import RULES, Rule
from model.rules.examples import examples_of


@dataclass(frozen=True)
class Recording(Policy):
    """A policy that remembers which parameters a rule asked for."""

    asked: set[str] = field(default_factory=set)

    def value(self, name: str) -> Value:
        self.asked.add(name)
        return super().value(name)


@pytest.mark.parametrize("rule", list(RULES.values()), ids=list(RULES))
def test_rule_reads_no_parameter_it_does_not_declare(rule: Rule) -> None:
    asked: set[str] = set()
    for example in examples_of(rule):
        bound = example.policy
        recording = Recording(bound.issuer, bound.on, bound.payer, asked)
        list(rule.check(example.case, recording))

    assert asked - set(rule.reads) == set()
