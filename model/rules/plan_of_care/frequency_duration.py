"""A plan gives frequency and duration."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule

_KINDS = (NoteKind.EVALUATION, NoteKind.RECERTIFICATION)


@rule(
    "missing-frequency-duration",
    title="A plan gives frequency and duration",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.1.2, part B"),
    elements=["freq"],
    row="DR-004",
)
def frequency_duration(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an evaluation or recertification without frequency or duration of care.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.1.2, part B.
    """
    if case.note_kind in _KINDS and lacks(case, "freq"):
        yield Flag(
            message="frequency and duration of care not found",
            missing=("frequency and duration",),
            query="What frequency and duration of care are planned: please give, none, or"
            " unable to determine?",
        )
