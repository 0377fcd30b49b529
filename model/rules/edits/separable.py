"""A pair under an edit that 59 or X may lift, given evidence of separate time."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity, Span
from model.rules.edits.code_pairs import READS, edited_pairs
from model.rules.lines import Known, called
from model.rules.registry import rule


@rule(
    "needs-59-or-x",
    title="A pair under an edit carries 59 or X, and the record shows separate time",
    severity=Severity.BLOCKS,
    citation=Citation("cms_ncci_manual", "chapter 1, section E"),
    reads=READS,
    row=["DR-040", "DR-081"],
)
def separable(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a pair under an edit of indicator 1 where neither line carries 59 or X.

    The modifier needs evidence: the choice is to show separate time, or to drop column 2.

    Source:
        NCCI Policy Manual, chapter 1, section E; CMS, Proper Use of Modifiers 59 and X{EPSU}.
    """
    for found in edited_pairs(case, policy):
        edit = found.edit
        if edit.modifier_allowed and not found.is_marked(case):
            yield Flag(
                message=f"{edit.column1} (column 1) with {edit.column2} (column 2): under an edit"
                " that 59 or X lifts on evidence of separate time",
                line=found.line,
                evidence=_words_of(*found.column1, *found.column2),
                missing=("separate times of the two services",),
                query=f"At what times were these given: {called(found.column1[0])};"
                f" {called(found.column2[0])}? Please give the times of each, the same time,"
                " other, or unable to determine.",
            )


def _words_of(*lines: Known) -> tuple[Span, ...]:
    return tuple(span for known in lines for span in known.line.evidence)
