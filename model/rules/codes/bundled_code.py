"""Codes a payer never pays by themselves."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import stated
from model.rules.registry import rule


@rule(
    "bundled-code",
    title="No code stands on a line that the payer counts as part of others",
    severity=Severity.BLOCKS,
    citation=Citation("cms_pprrvu", "status B"),
    reads=["payer.bundled_codes"],
    row="DR-086",
    supersedes=["units-exceed-mue", "needs-59-or-x", "edit-not-separable"],
)
def bundled_code(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a stated code that is part of the day's other services at this payer.

    Source:
        CMS relative value file, status B (97010).
    """
    bundled = policy.bundled_codes
    for known in stated(case):
        if known.code in bundled:
            yield Flag(
                message=f"{known.code} is part of the day's other services at this payer",
                line=known.index,
            )
