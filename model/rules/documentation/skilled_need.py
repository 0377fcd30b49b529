"""A treatment note shows a therapist's skill."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import EXERCISE, is_exercise_alone, lacks, treatments
from model.rules.registry import rule

_QUESTION = (
    "What did the clinician do during these services (for example cueing, grading, analysis), if"
    " anything: please describe, nothing further, other, or unable to determine?"
)


@rule(
    "no-skilled-need",
    title="A treatment note shows a therapist's skill",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.2, part C"),
    reads=[EXERCISE],
    elements=["skilled"],
    basis="recalled",
    row=["DR-057", "DR-064"],
)
def skilled_need(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a treatment note in which nothing shows skill.

    Where exercise is all that was given, the service itself is doubted as well
    (``repetitive-unskilled-exercise``). These are two requirements, of the record and of the
    service, and one thing to ask: the rule about exercise asks it.

    Source:
        CMS Pub. 100-02, chapter 15, sections 220.2, part C, and 220.3, part E.
    """
    if treatments(case) and lacks(case, "skilled"):
        yield Flag(
            message="skilled input of the clinician not found",
            missing=("skilled input of the clinician",),
            query=None if is_exercise_alone(case, policy) else _QUESTION,
        )
