"""A condition with sides names the side."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.diagnoses.claimed import judged, leaves_side_open
from model.rules.registry import rule


@rule(
    "laterality-missing",
    title="A diagnosis that has sides names one",
    severity=Severity.WARNS,
    citation=Citation("icd10cm_guidelines", "section I.B.13"),
    row="DR-119",
)
def laterality(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a code of unspecified side; the side is asked for, never inferred.

    Where a note states no diagnosis, the best one it supports is judged.

    Source:
        ICD-10-CM Official Guidelines, section I.B.13.
    """
    for code in dict.fromkeys(judged(case)):
        if leaves_side_open(code):
            yield Flag(
                message=f"{code} leaves the side unspecified",
                diagnosis=code,
                missing=("side",),
                query="Which side was treated: right, left, both, other, or unable to determine?",
            )
