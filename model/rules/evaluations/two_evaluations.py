"""One evaluation of a discipline a day."""

from collections.abc import Iterator
from itertools import combinations

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.edits.code_pairs import edit_of
from model.rules.evaluations.levels import PARAMETERS
from model.rules.lines import Known, stated
from model.rules.registry import rule

_REEVALUATIONS = "evaluations.reevaluations"


@rule(
    "two-evaluations",
    title="One evaluation or re-evaluation of a discipline stands on a day",
    severity=Severity.WARNS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part C"),
    reads=[*PARAMETERS, _REEVALUATIONS],
    basis="recalled",
    row="DR-034",
)
def two_evaluations(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag two evaluation codes of PT, or two of OT, on one claim.

    Speech-language evaluations are by domain and may stand together.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part C; CPT, evaluation components.
    """
    evaluations = [known for known in stated(case) if known.code in _all(policy)]
    for a, b in combinations(sorted(evaluations, key=lambda known: known.code), 2):
        if a.code != b.code and a.procedure.disciplines == b.procedure.disciplines:
            yield Flag(message=f"{a.code} and {b.code} on one day", line=_second(a, b, case))


def _all(policy: Policy) -> set[str]:
    levels = (code for name in PARAMETERS for code in policy.table(name))
    return {*levels, *map(str, policy.table(_REEVALUATIONS).values())}


def _second(a: Known, b: Known, case: Case) -> int:
    """The line an edit between the two denies, or the later code's."""
    edit = edit_of(a.code, b.code, case)
    return a.index if edit is not None and edit.column2 == a.code else b.index
