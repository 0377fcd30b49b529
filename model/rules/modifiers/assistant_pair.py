"""CQ stands with GP, CO with GO, and neither on what an assistant cannot furnish."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import Known, joined, stated
from model.rules.registry import rule

_EVALUATIONS = (Family.EVALUATION, Family.REEVALUATION)


@rule(
    "cq-co-mismatch",
    title="CQ and CO fit the plan of care and the code they stand on",
    severity=Severity.BLOCKS,
    citation=Citation("cms_cq_co_examples", "introduction"),
    reads=["assistants.modifiers_required", "modifiers.assistant_pairs", "modifiers.discipline"],
    row="DR-073",
)
def assistant_pair(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag CQ beside GO or GN, CO beside GP or GN, both at once, or either on an evaluation.

    Before the modifiers began there is nothing to judge.

    Source:
        CMS, billing examples using CQ and CO; Pub. 100-04, chapter 5, section 20.1.
    """
    if not policy.flag("assistants.modifiers_required"):
        return
    pairs = policy.table("modifiers.assistant_pairs")
    for known in stated(case):
        carried = [modifier for modifier in known.line.modifiers if modifier in pairs]
        reason = _reason(known, carried, policy) if carried else None
        if reason is not None:
            yield Flag(message=f"{known.code}: {reason}", line=known.index)


def _reason(known: Known, carried: list[str], policy: Policy) -> str | None:
    if len(set(carried)) > 1:
        return f"{joined(carried)} on one line"
    if known.procedure.family in _EVALUATIONS:
        return f"{carried[0]} on an evaluation"
    wanted = policy.table("modifiers.assistant_pairs")[carried[0]]
    plans = set(policy.table("modifiers.discipline").values())
    others = [m for m in known.line.modifiers if m in plans and m != wanted]
    return f"{carried[0]} beside {joined(others)}; it stands with {wanted}" if others else None
