"""An assistant's or student's note names the supervising therapist."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity, SignerRole
from model.rules.documentation.elements import has
from model.rules.lines import joined
from model.rules.registry import rule

_SUPERVISED = (SignerRole.ASSISTANT, SignerRole.STUDENT)


@rule(
    "assistant-not-cosigned",
    title="An assistant's or student's note names the supervising therapist",
    severity=Severity.WARNS,
    citation=Citation("payer_profile", "state and payer rules on cosigning"),
    elements=["cosign"],
    basis="recalled",
    row="DR-056",
)
def cosignature(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag an assistant's or student's note in which no therapist signs or is named.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part E, which asks for no
        cosignature; state law and other payers may.
    """
    if case.facts is None or has(case, "cosign"):
        return
    signatures = case.facts.signatures
    if any(signed.role is SignerRole.THERAPIST or signed.is_cosignature for signed in signatures):
        return
    signers = [s for s in signatures if s.is_signature and s.role in _SUPERVISED]
    if signers:
        yield Flag(
            message=f"signed by {joined(s.role for s in signers)}; supervising therapist not found",
            evidence=tuple(signed.span for signed in signers),
            missing=("signature or name of the supervising therapist",),
            query="Who supervised this visit: please give name and credentials, none, other, or"
            " unable to determine?",
        )
