"""An evaluation names what the patient cannot do."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule

_KINDS = (NoteKind.EVALUATION,)


@rule(
    "evaluation-limitations-missing",
    title="An evaluation names what the patient cannot do",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part C"),
    elements=["deficit"],
    basis="recalled",
    row="DR-022",
)
def limitations(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about an evaluation that names no functional limitation.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part C.
    """
    if case.note_kind in _KINDS and lacks(case, "deficit"):
        yield Flag(
            message="functional limitation not found",
            missing=("functional limitation",),
            query="Which daily activities are limited, and how: please describe, none, other, or"
            " unable to determine?",
        )
