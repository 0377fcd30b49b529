"""Aftercare of an injury is the injury's own code."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.diagnoses.claimed import begins, exclusion, stated
from model.rules.registry import rule


@rule(
    "aftercare-for-injury",
    title="Aftercare codes do not stand for injuries",
    severity=Severity.WARNS,
    citation=Citation("icd10cm_guidelines", "section I.C.21.c.7"),
    reads=["diagnoses.aftercare", "diagnoses.injuries"],
    row="DR-121",
)
def aftercare(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an aftercare code first-listed beside an injury, or where the note supports an injury.

    Source:
        ICD-10-CM Official Guidelines, sections I.C.19.a and I.C.21.c.7.
    """
    codes = stated(case)
    if not codes or not begins(codes[0], policy.texts("diagnoses.aftercare")):
        return
    if codes[0] in case.supported_diagnoses:  # the note tells of an operation, not of the injury
        return
    kinds = policy.texts("diagnoses.injuries")
    injuries = [code for code in (*codes, *case.supported_diagnoses[:1]) if begins(code, kinds)]
    if injuries and exclusion(codes[0], injuries[0]) is None:
        yield Flag(
            message=f"{codes[0]} stated; an injury is coded as {injuries[0]}", diagnosis=codes[0]
        )
