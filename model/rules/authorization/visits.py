"""Visits beyond those a payer authorized."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import judged
from model.rules.registry import rule


@rule(
    "authorized-visits-exceeded",
    title="The visit is among those authorized",
    severity=Severity.WARNS,
    citation=Citation("payer_profile", "prior authorization and visit limits"),
    basis="recalled",
    row="DR-124",
)
def visits(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a visit whose number, this one counted, is past the authorized visits.

    Source:
        The payer's authorization, as the encounter gives it.
    """
    allowed, used = case.episode.authorized_visits, case.episode.visits_used
    if allowed is not None and used is not None and used > allowed and judged(case):
        yield Flag(message=f"visit {used}; authorized: {allowed}")
