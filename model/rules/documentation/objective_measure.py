"""Evaluations and progress reports hold a measured value."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule

_KINDS = (NoteKind.EVALUATION, NoteKind.PROGRESS)


@rule(
    "no-objective-measure",
    title="Evaluations and progress reports hold a measured value",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, parts C and D"),
    elements=["measure"],
    row=["DR-021", "DR-043"],
)
def objective_measure(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an evaluation or progress report without a measured value.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, parts C and D.
    """
    if case.note_kind in _KINDS and lacks(case, "measure") and not _counts_progress(case):
        yield Flag(
            message="measured value not found",
            missing=("measured value",),
            query="Which measures were taken on this date, with value and unit: please give,"
            " none taken, or unable to determine?",
        )


def _counts_progress(case: Case) -> bool:
    """Whether the change since before is told in numbers."""
    spans = case.facts.elements.get("progress", ()) if case.facts else ()
    return any(map(str.isdigit, "".join(span.of(case.text or "") for span in spans)))
