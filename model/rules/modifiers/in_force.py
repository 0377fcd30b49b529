"""Modifiers begin and end, too."""

from collections.abc import Iterator

from model.codes.modifiers import modifier
from model.errors import CodeNotInForce, UnknownCode
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined
from model.rules.registry import rule


@rule(
    "modifier-not-in-force",
    title="Every modifier is in force on the date of service",
    severity=Severity.WARNS,
    citation=Citation("cms_claims_manual", "chapter 5, section 20.1"),
    row="DR-072",
)
def in_force(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a modifier before it began or after it ended; unknown ones may be a state's own.

    Functional severity modifiers (CH to CN) ended with 2018; CQ and CO began with 2020.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, note on functional reporting; Pub. 100-04,
        chapter 5, section 20.1.
    """
    wrong: dict[str, set[str]] = {}
    for line in case.stated:
        for written in line.modifiers:
            if reason := _reason(written, case):
                wrong.setdefault(reason, set()).add(line.code)
    for reason, codes in sorted(wrong.items()):
        yield Flag(message=f"{joined(codes)}: {reason}")


def _reason(written: str, case: Case) -> str | None:
    try:
        modifier(written, case.policy_day)
    except UnknownCode:
        return None
    except CodeNotInForce as outside:
        if outside.valid_to is not None and outside.valid_to < case.policy_day:
            return f"{written} ended on {outside.valid_to}"
        return f"{written} begins on {outside.valid_from}"
    return None
