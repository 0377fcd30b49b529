"""A therapy line carries the modifier of the plan of care it stands under, and no other."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import Known, joined, only, stated
from model.rules.registry import rule


@rule(
    "wrong-therapy-modifier",
    title="GP, GO and GN follow the plan of care and the code",
    severity=Severity.BLOCKS,
    citation=Citation("cms_claims_manual", "chapter 5, section 20.1"),
    reads=["modifiers.discipline", "modifiers.only_discipline"],
    row="DR-006",
    supersedes=["cq-co-mismatch"],
)
def plan_modifier(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a line with another discipline's modifier, with two of them, or with another's code.

    GP is physical therapy, GO occupational therapy, GN speech-language pathology: by the plan of
    care, not by who is logged in.

    Source:
        CMS Pub. 100-04, chapter 5, section 20.1; Change Request 10176.
    """
    modifiers = policy.table("modifiers.discipline")
    wrong: dict[str, list[Known]] = {}
    for known in stated(case):
        carried = [m for m in known.line.modifiers if m in modifiers.values()]
        if reason := _reason(known, carried, case, policy):
            wrong.setdefault(reason, []).append(known)
    for reason, lines in sorted(wrong.items()):
        codes = joined(known.code for known in lines)
        yield Flag(message=f"{codes}: {reason}", line=only(lines))


def _reason(known: Known, carried: list[str], case: Case, policy: Policy) -> str | None:
    if len(set(carried)) > 1:
        return f"{joined(carried)} on one line"
    modifiers = policy.table("modifiers.discipline")
    plan = case.discipline.value if case.discipline else None
    owner = policy.table("modifiers.only_discipline").get(known.code)
    if owner is not None and plan not in (None, owner):
        return f"a code of {owner} under the {plan} plan of care"
    taken = modifiers.get(str(owner or plan))
    if carried and taken is not None and carried[0] != taken:
        return f"{carried[0]}; the {owner or plan} plan of care takes {taken}"
    return None
