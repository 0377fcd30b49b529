"""After the acute event, a stroke is coded by what it left."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.diagnoses.claimed import begins, stated
from model.rules.registry import rule


@rule(
    "sequela-code-needed",
    title="What a stroke left is coded as its sequela",
    severity=Severity.WARNS,
    citation=Citation("icd10cm_guidelines", "section I.C.9.d"),
    reads=["diagnoses.acute_strokes", "diagnoses.stroke_sequelae"],
    basis="recalled",
    row="DR-119",
    supersedes=["excludes1-conflict", "unspecified-diagnosis", "laterality-missing"],
)
def sequela(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an acute stroke code, and a hemiplegia code where the note tells of an old stroke.

    Source:
        ICD-10-CM Official Guidelines, section I.C.9.d.
    """
    codes = tuple(dict.fromkeys(stated(case)))
    if not codes:
        return
    acute = policy.table("diagnoses.acute_strokes")
    alone = policy.table("diagnoses.stroke_sequelae")
    for code in codes:
        stem = next((str(acute[start]) for start in acute if code.startswith(start)), None)
        if stem is not None:
            yield Flag(
                message=f"{code} names the acute event; what it left is {stem}", diagnosis=code
            )
            continue
        kept = next((str(alone[start]) for start in alone if code.startswith(start)), None)
        better = [d for d in case.supported_diagnoses if kept and begins(d, [kept])]
        if better and not any(begins(other, [kept or ""]) for other in codes):
            yield Flag(
                message=f"{code} stated; the note supports the sequela {better[0]}", diagnosis=code
            )
