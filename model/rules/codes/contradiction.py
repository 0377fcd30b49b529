"""A stated code names another service than the note describes."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.evaluations.levels import PARAMETERS, levels
from model.rules.lines import (
    Known,
    assertions_of,
    is_for_another_day,
    joined,
    service_of,
    stated,
    supported_services,
)
from model.rules.registry import rule

_SUPPLIED = (Family.RTM,)
"""Supplies and monitoring are counted, not described as an intervention."""


@rule(
    "stated-code-contradicts-note",
    title="A stated code names a service the note describes",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part E"),
    reads=["payer.bundled_codes", *PARAMETERS],
    row="DR-049",
    supersedes=["minutes-do-not-support-units", "minutes-earn-more-units"],
)
def contradiction(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a stated code the note does not describe while it describes another service.

    A level of evaluation, and what the payer counts as part of other services, are judged
    elsewhere.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part E: each intervention is identified so
        that it can be compared with the claim.
    """
    supported = supported_services(case)
    if case.facts is None or not supported:
        return
    bundled = policy.bundled_codes
    billed = {service_of(line.code) for line in case.stated}
    for known in stated(case):
        if known.code in bundled or known.procedure.family in _SUPPLIED:
            continue
        if _is_described(known, supported, case, policy):
            continue
        instead = joined(supported - billed) or joined(supported)
        yield Flag(
            message=f"{known.code} stated; the note describes {instead}",
            line=known.index,
            query="Which service was given on this date: please describe it, other, or unable to"
            " determine?",
        )


def _is_described(known: Known, supported: frozenset[str], case: Case, policy: Policy) -> bool:
    """Whether the note speaks of the service at all, or of another level of the evaluation."""
    base = service_of(known.code)
    if case.facts is not None and base in case.facts.possible:
        return True
    if base in supported or (assertions_of(base, case) and not is_for_another_day(known, case)):
        return True
    if known.procedure.family is Family.EVALUATION:
        return not supported.isdisjoint(levels(base, policy))
    return False
