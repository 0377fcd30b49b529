"""At least one goal has a target that can be checked."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import has, lacks
from model.rules.registry import rule

_KINDS = (NoteKind.EVALUATION, NoteKind.RECERTIFICATION, NoteKind.PROGRESS)


@rule(
    "goal-not-measurable",
    title="At least one goal has a target that can be checked",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.1.2, part B"),
    elements=["goal", "measurable"],
    row=["DR-003", "DR-024"],
)
def measurable_goal(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag goals none of which is measurable.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.1.2, part B.
    """
    if case.note_kind in _KINDS and has(case, "goal") and lacks(case, "measurable"):
        yield Flag(
            message="goals found; none with a measurable target",
            missing=("measurable goal",),
            query="What are the baseline, target and time frame of each goal, if established:"
            " please give, not established, or unable to determine?",
        )
