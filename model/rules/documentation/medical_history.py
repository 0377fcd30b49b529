"""An evaluation gives the history that bears on the plan."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule

_KINDS = (NoteKind.EVALUATION,)


@rule(
    "evaluation-history-missing",
    title="An evaluation gives the history that bears on the plan",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part C"),
    elements=["history"],
    row="DR-020",
)
def medical_history(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about an evaluation that tells of no history.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part C.
    """
    if case.note_kind in _KINDS and lacks(case, "history"):
        yield Flag(
            message="medical history not found",
            missing=("medical history",),
            query="Which history and conditions, if any, bear on the plan or its pace: please"
            " describe, none, or unable to determine?",
        )
