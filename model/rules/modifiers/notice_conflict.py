"""Modifiers about an advance notice contradict each other, and KX."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.modifiers.together import together
from model.rules.registry import rule


@rule(
    "ga-gz-conflict",
    title="A line carries one statement about an advance notice",
    severity=Severity.WARNS,
    citation=Citation("cms_claims_manual", "chapter 30, section 50"),
    reads=["modifiers.notice_conflicts"],
    basis="recalled",
    row="DR-123",
)
def notice_conflict(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag GA with GZ, either with GY, and KX with GA or GZ, on one line.

    Source:
        CMS Pub. 100-04, chapter 30, section 50.
    """
    for pair in policy.texts("modifiers.notice_conflicts"):
        yield from together(case, pair.split("/"))
