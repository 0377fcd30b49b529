"""Modifiers that have no place on a therapy line."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined, stated
from model.rules.registry import rule


@rule(
    "modifier-not-for-therapy",
    title="No modifier stands on a therapy line that belongs to other services",
    severity=Severity.WARNS,
    citation=Citation("expert_recall", "facts/modifiers.md, part 6"),
    reads=["modifiers.foreign"],
    basis="recalled",
)
def foreign(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag AT, 25, 50 and their like on a stated line.

    Source:
        CPT, appendix A; HCPCS modifier definitions.
    """
    words = policy.texts("modifiers.foreign")
    for known in stated(case):
        carried = [modifier for modifier in known.line.modifiers if modifier in words]
        if carried:
            yield Flag(
                message=f"{known.code}: {joined(carried)} is not for therapy", line=known.index
            )
