"""An assistant's or student's note names the supervising therapist."""

import re
from collections.abc import Iterator

from model.policy import Policy
from model.records import Case, Citation, Flag, Giver, Severity, Signature, SignerRole
from model.rules.documentation.elements import has
from model.rules.lines import joined
from model.rules.registry import rule

_SUPERVISED = (SignerRole.ASSISTANT, SignerRole.STUDENT)
_STUDENT = re.compile(r"\W{0,2}(?:graduate |grad )?student", re.IGNORECASE)


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
    if any(_is_therapist(signed, case) or signed.is_cosignature for signed in signatures):
        return
    signers = [s for s in signatures if s.is_signature and s.role in _SUPERVISED]
    authors = {s.role.value for s in signers} or _students(case) or _givers(case)
    if authors and case.episode.supervising_therapist is None:
        yield Flag(
            message=f"written by {joined(authors)}; supervising therapist not found",
            evidence=tuple(signed.span for signed in signers),
            missing=("signature or name of the supervising therapist",),
            query="Who supervised this visit: please give name and credentials, none, other, or"
            " unable to determine?",
        )


def _is_therapist(signed: Signature, case: Case) -> bool:
    """Whether letters such as OT are somebody's own, and not part of "OT student"."""
    after = (case.text or "")[signed.span.end :]
    return signed.role is SignerRole.THERAPIST and not _STUDENT.match(after)


def _givers(case: Case) -> set[str]:
    """Who gave the care where no signature tells, if it was nobody but those who are supervised."""
    if case.clinician.is_assistant or _is_all_assisted(case):
        return {Giver.ASSISTANT.value}
    givers = {service.giver for service in case.facts.performed()} if case.facts else set()
    return (
        {giver.value for giver in givers} if givers <= {Giver.ASSISTANT, Giver.STUDENT} else set()
    )


def _is_all_assisted(case: Case) -> bool:
    return {line.performed_by for line in case.supported} == {Giver.ASSISTANT.value}


def _students(case: Case) -> set[str]:
    """A student whose letters read as a therapist's."""
    signatures = case.facts.signatures if case.facts else ()
    is_student = any(
        s.is_signature and s.role is SignerRole.THERAPIST and not _is_therapist(s, case)
        for s in signatures
    )
    return {Giver.STUDENT.value} if is_student else set()
