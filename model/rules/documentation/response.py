"""A treatment note tells how the patient responded."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import lacks, treatments
from model.rules.registry import rule


@rule(
    "missing-tolerance-response",
    title="A treatment note tells how the patient responded",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part E"),
    elements=["response", "progress"],
    basis="recalled",
    row="DR-058",
)
def response(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a treatment note with neither a response nor a change.

    Source:
        Local coverage articles on outpatient therapy; recalled.
    """
    if treatments(case) and lacks(case, "response", "progress"):
        yield Flag(
            message="response to treatment not found",
            missing=("response to treatment",),
            instead=(("change toward the goals",),),
            query="How did the patient respond to treatment on this date: please describe, not"
            " observed, other, or unable to determine?",
        )
