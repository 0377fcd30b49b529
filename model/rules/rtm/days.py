"""Device codes of remote monitoring follow the days on which there were data."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity, Span
from model.rules.lines import Known, judged
from model.rules.registry import rule
from model.rules.wording import matches

READS = (
    *("rtm.full_codes", "rtm.full_days_fewest", "rtm.short_codes"),
    *("rtm.short_days_fewest", "rtm.short_days_most"),
)


@rule(
    "rtm-days-insufficient",
    title="Days with data are as many as the device code stands for",
    severity=Severity.BLOCKS,
    citation=Citation("rtm_secondary", "device supply codes"),
    reads=READS,
    row="DR-113",
)
def days(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a device supply code whose days of data, as the note counts them, are too few or many.

    Where the note counts none, nothing is judged.

    Source:
        CPT, remote therapeutic monitoring; CY 2026 Physician Fee Schedule (2 to 15 days).
    """
    lines = [known for known in judged(case) if _is_monitoring(known, case)]
    counted = _counted(case.text) if lines and case.text is not None else None
    if counted is None:
        return
    number, where = counted
    for known in lines:
        fewest, most = _window(known, policy)
        if fewest is None or (fewest <= number and (most is None or number <= most)):
            continue
        wanted = f"{fewest} or more" if most is None else f"{fewest} to {most}"
        yield Flag(
            message=f"{known.code}: {number} days with data; it stands for {wanted}",
            line=known.index,
            evidence=(where,),
            query="On how many days of the 30-day period were data recorded: as written, other"
            " (please give), or unable to determine?",
        )


def _is_monitoring(known: Known, case: Case) -> bool:
    procedure = known.procedure
    return procedure.family is Family.RTM and procedure.is_in_force(case.policy_day)


def _counted(text: str) -> tuple[int, Span] | None:
    """The largest count of days with data that the note gives, and where."""
    found = [
        (int(match[match.lastgroup or 0]), Span(*match.span()))
        for match in matches(text, __file__, "days_with_data")
    ]
    return max(found, default=None)


def _window(known: Known, policy: Policy) -> tuple[int | None, int | None]:
    if known.code in policy.texts("rtm.full_codes"):
        return policy["rtm.full_days_fewest"], None
    if policy.knows("rtm.short_codes") and known.code in policy.table("rtm.short_codes"):
        return policy["rtm.short_days_fewest"], policy["rtm.short_days_most"]
    return None, None
