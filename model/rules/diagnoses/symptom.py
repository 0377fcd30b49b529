"""A symptom that belongs to a coded condition is not coded beside it."""

from collections.abc import Iterator

from model.codes.laterality import Side
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.diagnoses.claimed import begins, exclusion, side, stated
from model.rules.registry import rule

_ONE_SIDED = {Side.RIGHT, Side.LEFT}


@rule(
    "symptom-coded-with-definitive-dx",
    title="No symptom is coded beside the condition it belongs to",
    severity=Severity.WARNS,
    citation=Citation("icd10cm_guidelines", "section I.B.5"),
    reads=["diagnoses.integral_symptoms"],
    basis="recalled",
    row="DR-119",
)
def symptom(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a sign or symptom stated beside a condition of the same side that includes it.

    Two codes that exclude each other are left to that finding.

    Source:
        ICD-10-CM Official Guidelines, sections I.B.4 and I.B.5.
    """
    codes = tuple(dict.fromkeys(stated(case)))
    table = policy.table("diagnoses.integral_symptoms") if len(codes) > 1 else {}
    for code in codes:
        stems = [stem for start in table if code.startswith(start) for stem in _stems(table[start])]
        whole = [other for other in codes if begins(other, stems) and _may_be_of(code, other)]
        if whole:
            yield Flag(message=f"{code} belongs to {whole[0]}", diagnosis=code)


def _stems(written: object) -> list[str]:
    return str(written).split("/")


def _may_be_of(sign: str, condition: str) -> bool:
    """Whether nothing says that the two are of different sides, or exclude each other."""
    sides = {side(sign), side(condition)}
    return not sides >= _ONE_SIDED and exclusion(sign, condition) is None
