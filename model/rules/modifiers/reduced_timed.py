"""Fewer minutes are fewer units, never a reduced service."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import has_kind, stated
from model.rules.registry import rule


@rule(
    "reduced-timed-code",
    title="52 and 53 do not stand on a timed code",
    severity=Severity.WARNS,
    citation=Citation("expert_recall", "facts/modifiers.md, part 6"),
    basis="recalled",
)
def reduced_timed(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a reduced or discontinued service on a code whose units follow minutes.

    Source:
        CPT, appendix A (52), introduction, time.
    """
    for known in stated(case):
        if known.procedure.timed and has_kind(known.line, "reduced", case):
            yield Flag(
                message=f"{known.code}: a timed code is reduced by its units, not by 52 or 53",
                line=known.index,
            )
