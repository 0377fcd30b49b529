"""Codes the tabular list keeps apart."""

from collections.abc import Iterator
from itertools import combinations

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.diagnoses.claimed import exclusion, stated
from model.rules.registry import rule


@rule(
    "excludes1-conflict",
    title="No two diagnoses stand together that exclude each other",
    severity=Severity.WARNS,
    citation=Citation("icd10cm_guidelines", "section I.A.12.a"),
    row="DR-119",
)
def exclusions(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag two stated diagnoses under an Excludes1 note, unless they are unrelated conditions.

    Whether they are unrelated only the clinician can say; the finding asks.

    Source:
        ICD-10-CM Official Guidelines, section I.A.12.a; tabular list.
    """
    codes = sorted(set(stated(case)))
    for a, b in combinations(codes, 2):
        note = exclusion(a, b)
        if note is not None:
            yield Flag(
                message=f"{note.code} and {note.excluded} exclude each other (Excludes1 at"
                f" {note.at})",
                diagnosis=note.excluded,
                query="How do the two conditions stated relate: one condition, two unrelated"
                " conditions, other, or unable to determine?",
            )
