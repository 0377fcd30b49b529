"""Training a caregiver in the patient's presence is another service."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined, only, stated
from model.rules.registry import rule
from model.rules.wording import found


@rule(
    "caregiver-training-with-patient",
    title="Caregiver training codes stand for training without the patient",
    severity=Severity.WARNS,
    citation=Citation("cpt", "caregiver training, in our words"),
    basis="recalled",
    row="DR-111",
)
def patient_present(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag stated caregiver training of which the note says that the patient was there.

    Source:
        CPT, caregiver training in strategies and techniques.
    """
    lines = [known for known in stated(case) if known.procedure.family is Family.CAREGIVER]
    if not lines or case.text is None or found(case.text, __file__, "absent"):
        return
    present = found(case.text, __file__, "present")
    if present:
        yield Flag(
            message=f"{joined(known.code for known in lines)} stated; the patient took part",
            line=only(lines),
            evidence=present,
            query="Who was in the room while the caregiver was trained: caregiver alone, caregiver"
            " and patient, other, or unable to determine?",
        )
