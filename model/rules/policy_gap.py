"""A policy value nobody has a source for is said, never guessed."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.registry import POLICY_GAP, rule


@rule(
    POLICY_GAP,
    title="Every policy value a rule needs has a source on the date of service",
    severity=Severity.INFORMS,
    citation=Citation("noteproof", "policy values without a source"),
)
def policy_gap(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag nothing by itself: the engine raises it where another rule meets a ``PolicyGap``."""
    return iter(())
