"""Hands, needles and equipment on the patient cannot be furnished from afar."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.lines import joined, only
from model.rules.modifiers.telehealth import READS, from_afar
from model.rules.registry import rule


@rule(
    "telehealth-hands-on",
    title="No hands-on code is billed as telehealth",
    severity=Severity.WARNS,
    citation=Citation("cms_telehealth", "services that need the patient's presence"),
    reads=[*READS, "telehealth.hands_on"],
    basis="recalled",
    row="DR-141",
)
def telehealth_hands_on(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag telehealth lines whose service needs hands or equipment on the patient.

    Source:
        CMS, list of telehealth services.
    """
    remote = from_afar(case, policy)
    if not remote:
        return
    codes = policy.texts("telehealth.hands_on")
    hands_on = [known for known in remote if known.code in codes]
    if hands_on:
        yield Flag(
            message=f"{joined(known.code for known in hands_on)} as telehealth",
            line=only(hands_on),
            query="How was this service given: in person, by video, by telephone, other, or unable"
            " to determine?",
        )
