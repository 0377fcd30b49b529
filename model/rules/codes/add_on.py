"""An add-on code continues its base code."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import stated
from model.rules.registry import rule


@rule(
    "add-on-without-base",
    title="An add-on code stands beside its base code",
    severity=Severity.BLOCKS,
    citation=Citation("cms_ncci_manual", "chapter 1, add-on codes"),
    row="DR-105",
)
def add_on(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an add-on code (97130, 97551) whose base is not on the claim.

    Source:
        NCCI Policy Manual, chapter 1, section R (add-on codes); CPT, appendix D.
    """
    codes = {line.code for line in case.stated}
    for known in stated(case):
        base = known.procedure.add_on_of
        if base is not None and base not in codes:
            yield Flag(message=f"{known.code} without its base code {base}", line=known.index)
