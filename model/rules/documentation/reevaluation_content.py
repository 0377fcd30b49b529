"""A re-evaluation measures again and renews goals or plan."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.documentation.elements import lacks
from model.rules.lines import joined
from model.rules.registry import rule

_PARTS = {"measure": ("measure", "progress"), "plan": ("plan", "freq", "goal")}
"""What must stand, each by any of the elements that show it."""


@rule(
    "reeval-content",
    title="A re-evaluation measures again and renews goals or plan",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part C"),
    elements=["measure", "progress", "plan", "freq", "goal"],
    row="DR-038",
)
def reevaluation_content(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a re-evaluation without measures or change, or without goals or plan.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part C.
    """
    if case.note_kind is not NoteKind.REEVALUATION:
        return
    missing = [name for name, shown_by in _PARTS.items() if lacks(case, *shown_by)]
    if missing:
        yield Flag(
            message=f"re-evaluation: {joined(missing)} not found",
            missing=tuple(missing),
            query="Which measures and which parts of the plan changed at this re-evaluation:"
            " please give, none, other, or unable to determine?",
        )
