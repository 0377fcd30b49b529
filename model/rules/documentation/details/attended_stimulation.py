"""Attended stimulation tells what the clinician did during it."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97032",)


@rule(
    "97032-attended",
    title="Attended stimulation tells what the clinician did during it",
    severity=Severity.INFORMS,
    citation=Citation("cpt", "97032, in our words"),
    elements=["constant attendance"],
    basis="recalled",
    row="DR-089",
)
def attended_stimulation(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag attended stimulation of which no attendance is told.

    Source:
        CPT, 97032: direct one-to-one contact; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="constant attendance",
        query="Was the clinician in attendance during the stimulation: throughout, at the "
        "start, not, other, or unable to determine?",
    )
