"""A note is signed with credentials."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity, SignerRole
from model.rules.documentation.elements import has
from model.rules.registry import rule

_SIGNERS = (SignerRole.THERAPIST, SignerRole.ASSISTANT, SignerRole.STUDENT)


@rule(
    "missing-signature-credentials",
    title="A note is signed with credentials",
    severity=Severity.BLOCKS,
    citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part E"),
    elements=["sign", "cosign"],
    row=["DR-055", "DR-007"],
)
def signature(case: Case, policy: Policy) -> Iterator[Flag]:
    """Flag a note that no therapist, assistant or student signed with credentials.

    Source:
        CMS Pub. 100-02, chapter 15, section 220.3, part E.
    """
    if case.facts is None or has(case, "sign", "cosign"):
        return
    if any(
        signed.role in _SIGNERS and (signed.is_signature or signed.is_cosignature)
        for signed in case.facts.signatures
    ):
        return
    yield Flag(
        message="signature with credentials not found",
        missing=("signature with credentials",),
        query="Who furnished this visit (name and credentials), and is the note signed:"
        " yes, no, or unable to determine?",
    )
