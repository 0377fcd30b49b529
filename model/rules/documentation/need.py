"""An evaluation says why a therapist is needed."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule

_KINDS = (NoteKind.EVALUATION,)


@rule(
    "evaluation-need-missing",
    title="An evaluation says why a therapist is needed",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part C"),
    elements=["necessity", "skilled", "deficit"],
    row="DR-018",
)
def need(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about an evaluation without need, skilled finding or functional limitation.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part C.
    """
    if case.note_kind in _KINDS and lacks(case, "necessity", "skilled", "deficit"):
        yield Flag(
            message="why a therapist is needed was not found",
            missing=("why therapy is still medically necessary",),
            instead=(("functional limitation",), ("skilled input of the clinician",)),
            query="Which findings of this evaluation, if any, call for a therapist: please"
            " describe, none, other, or unable to determine?",
        )
