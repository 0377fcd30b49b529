"""A line points at diagnoses of its own claim."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined
from model.rules.registry import rule


@rule(
    "pointer-without-diagnosis",
    title="A line points only at diagnoses the claim lists",
    severity=Severity.BLOCKS,
    citation=Citation("cms_claims_manual", "chapter 26, item 24E"),
    row="DR-119",
)
def pointers(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a line that points at a diagnosis the claim does not list.

    Source:
        CMS Pub. 100-04, chapter 26, item 24E.
    """
    if not case.stated_diagnoses:
        return
    for index, line in enumerate(case.stated):
        lost = set(line.diagnoses) - set(case.stated_diagnoses)
        if lost:
            yield Flag(
                message=f"{line.code} points at {joined(lost)}, not on the claim", line=index
            )
