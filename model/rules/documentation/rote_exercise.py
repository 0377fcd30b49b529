"""Exercise alone shows why a therapist gave it."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import lacks, treatments
from model.rules.lines import joined
from model.rules.registry import rule


@rule(
    "repetitive-unskilled-exercise",
    title="Exercise alone shows why a therapist gave it",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.2, part C"),
    reads=["documentation.exercise_codes"],
    elements=["skilled"],
    basis="recalled",
    row=["DR-069", "DR-091"],
)
def rote_exercise(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a note whose only treatment is exercise and in which nothing shows skill.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.2, part C.
    """
    codes = {procedure.code for procedure in treatments(case)}
    if not codes or not lacks(case, "skilled"):
        return
    if codes <= set(policy.texts("documentation.exercise_codes")):
        yield Flag(
            message=f"{joined(codes)} alone; skilled input of the clinician not found",
            missing=("skilled input of the clinician",),
            query="Who led the exercises, and what did the clinician do during them: please"
            " describe, done independently, other, or unable to determine?",
        )
