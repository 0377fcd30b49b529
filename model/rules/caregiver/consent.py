"""Training a caregiver without the patient needs the patient's consent on record."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined, judged, only
from model.rules.registry import rule


@rule(
    "caregiver-training-consent-missing",
    title="Caregiver training without the patient has consent on record",
    severity=Severity.WARNS,
    citation=Citation("noridian", "caregiver training services"),
    reads=["caregiver_training.codes", "caregiver_training.consent_required"],
    elements=["consent"],
    row="DR-110",
)
def consent(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag caregiver training on a note that records no consent.

    Source:
        CY 2024 Physician Fee Schedule final rule, caregiver training services.
    """
    if case.facts is None or case.facts.elements.get("consent"):
        return
    lines = judged(case)
    if not any(known.procedure.family is Family.CAREGIVER for known in lines):
        return
    codes = policy.texts("caregiver_training.codes")
    training = [known for known in lines if known.code in codes]
    if training and policy.flag("caregiver_training.consent_required"):
        yield Flag(
            message=f"{joined(known.code for known in training)}: consent not found",
            line=only(training),
            missing=("consent of the patient or representative",),
            query="Was consent to train the caregiver without the patient given: yes (by whom and"
            " when), no, other, or unable to determine?",
        )
