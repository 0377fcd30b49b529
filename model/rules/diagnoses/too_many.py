"""A claim has room for so many diagnoses, a line for so many pointers."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.registry import rule


@rule(
    "too-many-diagnoses",
    title="A claim and its lines carry no more diagnoses than the form has room for",
    severity=Severity.WARNS,
    citation=Citation("cms_claims_manual", "chapter 26, items 21 and 24E"),
    reads=["modifiers.most_diagnoses", "modifiers.most_pointers"],
    basis="recalled",
)
def too_many(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a claim with too many diagnoses, or a line that points at too many.

    Source:
        CMS Pub. 100-04, chapter 26, items 21 and 24E.
    """
    codes = set(case.stated_diagnoses)
    if len(codes) > policy["modifiers.most_diagnoses"]:
        yield Flag(message=f"{len(codes)} diagnoses; room for {policy['modifiers.most_diagnoses']}")
    for index, line in enumerate(case.stated):
        if len(line.diagnoses) > policy["modifiers.most_pointers"]:
            yield Flag(
                message=f"{line.code}: {len(line.diagnoses)} diagnoses; room for"
                f" {policy['modifiers.most_pointers']}",
                line=index,
            )
