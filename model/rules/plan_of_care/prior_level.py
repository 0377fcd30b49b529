"""An evaluation gives the prior level of function."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule

_KINDS = (NoteKind.EVALUATION,)


@rule(
    "no-prior-level-of-function",
    title="An evaluation gives the prior level of function",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part C"),
    elements=["plof"],
    basis="recalled",
    row="DR-019",
)
def prior_level(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an evaluation without the prior level of function.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part C.
    """
    if case.note_kind in _KINDS and lacks(case, "plof"):
        yield Flag(
            message="prior level of function not found",
            missing=("prior level of function",),
            query="How did the patient function before this onset: please describe, not known,"
            " or unable to determine?",
        )
