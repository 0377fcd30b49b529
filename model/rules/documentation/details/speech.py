"""Speech treatment tells target, cues or accuracy."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.details.undetailed import undetailed
from model.rules.registry import rule

_CODES = ("92507",)


@rule(
    "92507-detail",
    title="Speech treatment tells target, cues or accuracy",
    severity=Severity.INFORMS,
    citation=Citation("payer_profile", "local coverage of speech-language pathology"),
    elements=["target, cue or accuracy"],
    basis="recalled",
    row="DR-109",
)
def speech(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag speech, language or voice treatment of which neither target, cue nor accuracy is told.

    Source:
        Local coverage determination L35070; CPT; recalled.
    """
    yield from undetailed(
        case,
        __file__,
        codes=_CODES,
        element="target, cue or accuracy",
        query="Which behavior was targeted, with what cues and accuracy: please give, other, or"
        " unable to determine?",
    )
