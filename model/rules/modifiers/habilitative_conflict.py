"""Care is habilitative or rehabilitative."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.modifiers.together import together
from model.rules.registry import rule


@rule(
    "96-97-conflict",
    title="A line is habilitative or rehabilitative, not both",
    severity=Severity.WARNS,
    citation=Citation("cpt", "appendix A"),
    reads=["modifiers.habilitative"],
    row="DR-125",
)
def habilitative_conflict(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag 96 and 97 on one line.

    Source:
        CPT, appendix A.
    """
    yield from together(case, policy.texts("modifiers.habilitative"))
