"""An assistant's or student's note names the supervising therapist."""

from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Severity
from model.rules.documentation.elements import has
from model.rules.documentation.signers import (
    role_of,
    supervised_givers,
    supervised_signers,
    therapists,
)
from model.rules.lines import joined
from model.rules.registry import rule


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
    if therapists(case) or any(signed.is_cosignature for signed in case.facts.signatures):
        return
    signers = supervised_signers(case)
    authors = {role_of(signed, case) for signed in signers} or supervised_givers(case)
    if authors and case.episode.supervising_therapist is None:
        yield Flag(
            message=f"written by {joined(authors)}; supervising therapist not found",
            evidence=tuple(signed.span for signed in signers),
            missing=("signature or name of the supervising therapist",),
            query="Who supervised this visit: please give name and credentials, none, other, or"
            " unable to determine?",
        )
