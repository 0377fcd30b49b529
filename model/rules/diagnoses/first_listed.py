"""What is listed first is what was treated."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.diagnoses.claimed import begins, stated
from model.rules.registry import rule


@rule(
    "first-listed-status-code",
    title="The first-listed diagnosis is a condition, not a status or a circumstance",
    severity=Severity.WARNS,
    citation=Citation("icd10cm_guidelines", "section IV.G"),
    reads=["diagnoses.secondary_only"],
    basis="recalled",
    row="DR-119",
)
def first_listed(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a status, history or circumstance code that stands first.

    Source:
        ICD-10-CM Official Guidelines, sections I.C.21.c and IV.G.
    """
    codes = stated(case)
    if codes and begins(codes[0], policy.texts("diagnoses.secondary_only")):
        yield Flag(message=f"{codes[0]} stands first; it is a secondary code", diagnosis=codes[0])
