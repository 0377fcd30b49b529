"""A treatment note shows a therapist's skill."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import lacks, treatments
from model.rules.registry import rule


@rule(
    "no-skilled-need",
    title="A treatment note shows a therapist's skill",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.2, part C"),
    elements=["skilled"],
    basis="recalled",
    row=["DR-057", "DR-064"],
)
def skilled_need(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a treatment note in which nothing shows skill.

    Source:
        CMS Pub. 100-02, chapter 15, sections 220.2, part C, and 220.3, part E.
    """
    if treatments(case) and lacks(case, "skilled"):
        yield Flag(
            message="skilled input of the clinician not found",
            missing=("skilled input of the clinician",),
            query="What did the clinician do during these services (for example cueing,"
            " grading, analysis), if anything: please describe, nothing further, other, or"
            " unable to determine?",
        )
