"""Timed services have minutes."""

from collections.abc import Iterator

from model.codes.procedures import find
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import given_timed, has_timed_minutes
from model.rules.lines import joined
from model.rules.registry import rule


@rule(
    "missing-timed-minutes",
    title="Timed services have minutes",
    severity=Severity.BLOCKS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part E"),
    row="DR-050",
)
def timed_minutes(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag timed services on a note that gives no minutes of treatment anywhere.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part E.
    """
    if case.facts is None or case.facts.unclaimed or has_timed_minutes(case):
        return
    timed = {service.code for service in given_timed(case)}
    if timed and not _are_stated(case):
        yield Flag(
            message=f"{joined(timed)}: timed minutes not found",
            missing=("timed minutes",),
            query="How many one-to-one minutes did each timed service take on this date: as"
            " recorded elsewhere (please give), other, or unable to determine?",
        )


def _are_stated(case: Case) -> bool:
    lines = (*case.stated, *case.supported)
    return any(line.minutes is not None and _is_timed(line.code) for line in lines)


def _is_timed(code: str) -> bool:
    procedure = find(code)
    return procedure is not None and procedure.timed
