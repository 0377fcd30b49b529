"""An untimed code is one unit a day, however long it took."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import has_kind, only, stated
from model.rules.registry import rule


@rule(
    "untimed-billed-by-minutes",
    title="An untimed code is billed once a day, not by minutes",
    severity=Severity.BLOCKS,
    citation=Citation("cms_claims_manual", "chapter 5, section 20.2, part B"),
    supersedes=["units-exceed-mue"],
)
def untimed_units(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an untimed code with more units than a day can have of it.

    Lines that say they are a repeat (76, 77) and codes counted by area or finger are left alone.

    Source:
        CMS Pub. 100-04, chapter 5, section 20.2, part B.
    """
    untimed = [
        known
        for known in stated(case)
        if not known.procedure.timed
        and known.procedure.daily_limit is not None
        and not has_kind(known.line, "repeat", case)
    ]
    for code in sorted({known.code for known in untimed}):
        own = [known for known in untimed if known.code == code]
        billed = sum(known.line.units or 0 for known in own)
        limit = own[0].procedure.daily_limit or 0
        if billed > limit:
            yield Flag(
                message=f"{code} is untimed: {billed} units billed, {limit} a day", line=only(own)
            )
