"""A line has room for so many modifiers."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.registry import rule


@rule(
    "too-many-modifiers",
    title="A line carries no more modifiers than the form has room for",
    severity=Severity.WARNS,
    citation=Citation("cms_claims_manual", "chapter 26, item 24D"),
    reads=["modifiers.most_on_a_line"],
    basis="recalled",
)
def too_many(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a stated line with more modifiers than fit; 99 says that there are more.

    Source:
        CMS Pub. 100-04, chapter 26, item 24D.
    """
    most = policy["modifiers.most_on_a_line"]
    for index, line in enumerate(case.stated):
        if len(line.modifiers) > most:
            yield Flag(
                message=f"{line.code}: {len(line.modifiers)} modifiers; room for {most}",
                line=index,
            )
