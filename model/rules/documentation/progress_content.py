"""A progress report tells what changed."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule

_KINDS = (NoteKind.PROGRESS,)


@rule(
    "progress-content",
    title="A progress report tells what changed",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part D"),
    elements=["progress"],
    row=["DR-043", "DR-044"],
)
def progress_content(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a progress report that tells neither change nor why there is none.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part D.
    """
    if case.note_kind in _KINDS and lacks(case, "progress"):
        yield Flag(
            message="change toward the goals not found",
            missing=("change toward the goals",),
            query="What changed toward each goal since the last report: please describe, no"
            " change, other, or unable to determine?",
        )
