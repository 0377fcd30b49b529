"""A discharge note tells where the patient stands."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.registry import rule

_KINDS = (NoteKind.DISCHARGE,)


@rule(
    "discharge-content",
    title="A discharge note tells where the patient stands",
    severity=Severity.INFORMS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part D"),
    elements=["measure", "goal", "progress"],
    basis="recalled",
    row="DR-070",
)
def discharge_content(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a discharge note with no measure, no goal and no change.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part D.
    """
    if case.note_kind in _KINDS and lacks(case, "measure", "goal", "progress"):
        yield Flag(
            message="status at discharge not found",
            missing=("measured value",),
            instead=(("functional goal",), ("change toward the goals",)),
            query="What was the status at discharge toward each goal: please describe, not"
            " assessed, or unable to determine?",
        )
