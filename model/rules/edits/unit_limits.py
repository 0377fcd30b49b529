"""More units than one patient has of a code in a day."""

from collections.abc import Iterator

from model.codes.edits import UnitLimit, unit_limit
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.edits.code_pairs import NO_EDITS, READS, settings_of
from model.rules.lines import Known, only, stated
from model.rules.registry import rule


@rule(
    "units-exceed-mue",
    title="Units stay within the medically unlikely edit",
    severity=Severity.BLOCKS,
    citation=Citation("cms_mue", "practitioner and outpatient hospital"),
    reads=READS,
)
def unit_limits(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag more units of a code than its limit, over the day or line by line as the limit counts.

    Source:
        NCCI Policy Manual, chapter 1, section V (MUE adjudication indicators).
    """
    if not case.stated or policy.edit_set == NO_EDITS:
        return
    by_code: dict[str, list[Known]] = {}
    for known in stated(case):
        by_code.setdefault(known.code, []).append(known)
    for code, lines in sorted(by_code.items()):
        limit = _limit(code, case)
        if limit is None:
            continue
        for counted in [lines] if limit.of_the_day else [[known] for known in lines]:
            billed = sum(known.line.units or 0 for known in counted)
            if billed > limit.units:
                yield Flag(
                    message=f"{code}: {billed} units billed; at most {limit.units} in a day"
                    if limit.of_the_day
                    else f"{code}: {billed} units billed; at most {limit.units} on a line",
                    line=only(counted),
                )


def _limit(code: str, case: Case) -> UnitLimit | None:
    """The limit of ``code``; the widest there is where nobody says the setting.

    A limit of no units is bundling, judged elsewhere.
    """
    found = [unit_limit(code, case.policy_day, setting) for setting in settings_of(case)]
    held = [limit for limit in found if limit is not None and limit.units]
    if len(held) < len(found):
        return None
    return max(held, key=lambda limit: (limit.units, not limit.of_the_day))
