"""A pair under an edit that no modifier lifts."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.edits.code_pairs import READS, edited_pairs
from model.rules.registry import rule


@rule(
    "edit-not-separable",
    title="No pair stands on a claim that an edit keeps apart whatever the modifier",
    severity=Severity.BLOCKS,
    citation=Citation("cms_ncci_manual", "chapter 1, section A"),
    reads=READS,
    row=["DR-095", "DR-101"],
    supersedes=["two-evaluations"],
)
def inseparable(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a pair under an edit of indicator 0: column 1 stands, column 2 does not.

    Source:
        NCCI Policy Manual, chapter 1, section A (modifier indicator 0).
    """
    for found in edited_pairs(case, policy):
        edit = found.edit
        if not edit.modifier_allowed:
            yield Flag(
                message=f"{edit.column1} (column 1) with {edit.column2} (column 2): under an edit"
                " that no modifier lifts",
                line=found.line,
            )
