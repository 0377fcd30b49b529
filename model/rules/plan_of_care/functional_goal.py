"""A plan and its reports name functional goals."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule

_KINDS = (NoteKind.EVALUATION, NoteKind.RECERTIFICATION, NoteKind.PROGRESS)


@rule(
    "no-functional-goal",
    title="A plan and its reports name functional goals",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.1.2, part B"),
    elements=["goal"],
    row="DR-003",
)
def functional_goal(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an evaluation, recertification or progress report without a functional goal.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.1.2, part B.
    """
    if case.note_kind in _KINDS and lacks(case, "goal"):
        yield Flag(
            message="functional goal not found",
            missing=("functional goal",),
            query="Which functional goals are set for this episode: please give, none, or"
            " unable to determine?",
        )
