"""Self-care training names the activity trained."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("97535",)


@rule(
    "97535-detail",
    title="Self-care training names the activity trained",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of self-care training"),
    elements=["daily activity trained"],
    basis="recalled",
    row="DR-098",
)
def self_care(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag self-care training of which no activity, equipment or strategy is told.

    Source:
        Local coverage determination L33631; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="daily activity trained",
        query="Which daily activity was trained, with what assistance and cues: please "
        "describe, other, or unable to determine?",
    )
