"""Therapy for an injury is care while it heals: 7th character D, from the first visit."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.diagnoses.claimed import begins, find, stated
from model.rules.registry import rule

_ACTIVE = "initial encounter"


@rule(
    "wrong-seventh-character",
    title="Injuries in therapy carry the 7th character of healing or of a sequela",
    severity=Severity.WARNS,
    citation=Citation("icd10cm_guidelines", "section I.C.19.a"),
    reads=["diagnoses.injuries"],
    row="DR-121",
)
def seventh_character(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an injury stated with the 7th character of active treatment (A, or B and C if open).

    D is no "second visit": it is every visit after active treatment, the first therapy visit too.

    Source:
        ICD-10-CM Official Guidelines, sections I.C.19.a and I.C.19.c.
    """
    injuries = policy.texts("diagnoses.injuries") if stated(case) else ()
    for code in dict.fromkeys(stated(case)):
        found = find(code) if begins(code, injuries) else None
        if found is not None and found.title.lower().find(_ACTIVE) >= 0:
            yield Flag(
                message=f"{code}: 7th character {code[-1]} says active treatment; therapy in"
                " healing takes D, or the character of its healing",
                diagnosis=code,
            )
