"""Few modalities stand on one day."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import MODALITIES
from model.rules.lines import joined, judged, service_of
from model.rules.registry import rule

_MOST = "documentation.modalities_a_day"


@rule(
    "several-modalities",
    title="No more modalities stand on a day than contractors expect",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of modalities"),
    reads=[_MOST],
    basis="recalled",
    row="DR-085",
)
def several_modalities(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about a day with more different modalities than local coverage expects.

    Source:
        Local coverage determinations L33631 and L35036; recalled.
    """
    codes = {
        service_of(known.code) for known in judged(case) if known.procedure.family in MODALITIES
    }
    most = policy[_MOST] if codes else 0
    if len(codes) > most:
        yield Flag(
            message=f"modalities on one day: {joined(codes)}; expected at most: {most}",
            query="For which purpose was each modality given: please describe, other, or unable to"
            " determine?",
        )
