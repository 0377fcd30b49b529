"""Remote monitoring leaves a record of consent and of talking to the patient."""

from collections.abc import Iterator

from model.codes.procedures import Family
from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.lines import joined, judged, only
from model.rules.registry import rule
from model.rules.wording import is_worded

_MANAGED = "rtm.management_codes"
_CONSENT, _TALK = "consent to remote monitoring", "live talk with the patient or caregiver"


@rule(
    "rtm-record",
    title="Remote monitoring leaves a record of consent and of talking to the patient",
    severity=Severity.INFORMS,
    citation=Citation("rtm_secondary", "documentation of remote therapeutic monitoring"),
    reads=[_MANAGED],
    elements=["consent"],
    basis="recalled",
    row="DR-112",
)
def record(case: Case, policy: Policy) -> Iterator[Flag]:
    """Inform about monitoring without consent, or management without live talk, on its note.

    Source:
        CPT, remote therapeutic monitoring; pages on its documentation, recalled.
    """
    lines = [known for known in judged(case) if known.procedure.family is Family.RTM]
    if case.facts is None or not lines:
        return
    missing = [] if _shows(case, "consent", _CONSENT) else [_CONSENT]
    if any(known.code in policy.texts(_MANAGED) for known in lines):
        missing += [] if _shows(case, "talk", _TALK) else [_TALK]
    if missing:
        yield Flag(
            message=f"{joined(known.code for known in lines)}: {joined(missing)} not found",
            line=only(lines),
            missing=tuple(missing),
            query="When was consent to monitoring given, and when was the patient or caregiver"
            " spoken to live: please give, not done, other, or unable to determine?",
        )


def _shows(case: Case, topic: str, element: str) -> bool:
    return has(case, element, topic) or is_worded(case, __file__, topic)
