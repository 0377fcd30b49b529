"""A plan names what is treated."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, NoteKind, Severity
from model.rules.lines import judged
from model.rules.registry import rule

_KINDS = (NoteKind.EVALUATION, NoteKind.RECERTIFICATION)


@rule(
    "plan-without-diagnosis",
    title="A plan names what is treated",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.1.2, part B"),
    elements=["diagnosis"],
    row=["DR-002", "DR-023"],
)
def plan_diagnosis(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an evaluation or recertification in which no condition was found at all.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.1.2, part B.
    """
    if case.facts is None or case.note_kind not in _KINDS or not judged(case):
        return
    named = (
        *case.facts.conditions,
        *case.facts.stated_diagnoses,
        *case.stated_diagnoses,
        *case.supported_diagnoses,
    )
    if not named and not case.facts.elements.get("diagnosis"):
        yield Flag(
            message="diagnosis not found",
            missing=("diagnosis",),
            query="Which condition is treated under this plan: please give, not yet determined,"
            " or unable to determine?",
        )
