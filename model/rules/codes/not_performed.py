"""A stated code whose service was planned, held, of an earlier day, or done at home."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Assertion, Case, Citation, Flag, Severity
from model.rules.lines import (
    assertions_of,
    is_for_another_day,
    joined,
    service_of,
    stated,
    supported_services,
)
from model.rules.registry import rule

_WORDS = {
    Assertion.PLANNED: "planned",
    Assertion.NEGATED: "not done",
    Assertion.HISTORICAL: "of an earlier day",
    Assertion.HOME: "for the home program",
}


@rule(
    "planned-not-performed-billed",
    title="A stated code was furnished on the date of service",
    severity=Severity.BLOCKS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part E"),
    row="DR-049",
    supersedes=[
        *("stated-code-contradicts-note", "minutes-do-not-support-units"),
        *("needs-59-or-x", "edit-not-separable", "minutes-earn-more-units"),
    ],
)
def not_performed(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a stated code that the note mentions, though never as done today.

    Where the note describes an unbilled neighbour of a code it only plans, the code contradicts
    the note instead.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part E.
    """
    supported = supported_services(case)
    for known in stated(case):
        if service_of(known.code) in supported or is_for_another_day(known, case):
            continue
        said = assertions_of(known.code, case)
        if said & _WORDS.keys() and Assertion.PERFORMED not in said:
            words = joined(_WORDS[assertion] for assertion in said & _WORDS.keys())
            yield Flag(
                message=f"{known.code} stated; described only as {words}",
                line=known.index,
                query="Which services were given on this date, and which were left for another"
                " day: please describe, other, or unable to determine?",
            )
