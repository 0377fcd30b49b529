"""Monitoring codes that stand for the same days or the same month exclude each other."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import only, stated
from model.rules.registry import rule


@rule(
    "rtm-codes-together",
    title="One device code a period, one management code a month",
    severity=Severity.BLOCKS,
    citation=Citation("rtm_secondary", "98979, 98984, 98985, 98986"),
    reads=["rtm.short_codes", "rtm.short_management"],
    row="DR-113",
)
def together(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a device code for few days beside the full one, or 98979 beside 98980 or 98981.

    Source:
        CPT, remote therapeutic monitoring, 2026.
    """
    lines = [known for known in stated(case) if known.procedure.family is Family.RTM]
    if len(lines) < 2 or not policy.knows("rtm.short_codes"):
        return
    codes = {known.code for known in lines}
    excluded = [(a, str(b)) for a, b in policy.table("rtm.short_codes").items()]
    for short, longer in policy.table("rtm.short_management").items():
        excluded += [(short, other) for other in str(longer).split("/")]
    for short, full in excluded:
        if short in codes and full in codes:
            own = [known for known in lines if known.code == short]
            yield Flag(message=f"{short} beside {full} for the same period", line=only(own))
