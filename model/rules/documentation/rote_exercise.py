"""Exercise alone shows why a therapist gave it."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import EXERCISE, is_exercise_alone, lacks, treatments
from model.rules.lines import joined
from model.rules.registry import rule


@rule(
    "repetitive-unskilled-exercise",
    title="Exercise alone shows why a therapist gave it",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.2, part C"),
    reads=[EXERCISE],
    elements=["skilled"],
    basis="recalled",
    row=["DR-069", "DR-091"],
)
def rote_exercise(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a note whose only treatment is exercise and in which nothing shows skill.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.2, part C.
    """
    if lacks(case, "skilled") and is_exercise_alone(case, policy):
        codes = joined(procedure.code for procedure in treatments(case))
        yield Flag(
            message=f"{codes} alone; skilled input of the clinician not found",
            missing=("skilled input of the clinician",),
            query="Who led the exercises, and what did the clinician do during them: please"
            " describe, done independently, other, or unable to determine?",
        )
