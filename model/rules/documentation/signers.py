"""Who signs a note, or is named in it, as what."""

import re

from model.records import Case, Giver, Signature, SignerRole

_STUDENT = re.compile(r"\W{0,2}(?:graduate |grad )?student", re.IGNORECASE)
_SUPERVISED = (SignerRole.ASSISTANT, SignerRole.STUDENT)


def therapists(case: Case) -> tuple[Signature, ...]:
    """Therapists who sign or are named; the letters in "OT student" are nobody's."""
    return tuple(s for s in _with_letters_of_one(case) if not _is_student(s, case))


def supervised_signers(case: Case) -> tuple[Signature, ...]:
    """Assistants and students who sign."""
    signatures = case.facts.signatures if case.facts else ()
    return tuple(
        s for s in signatures if s.is_signature and (s.role in _SUPERVISED or _is_student(s, case))
    )


def supervised_givers(case: Case) -> set[str]:
    """Who gave the care, if it was nobody but an assistant or a student; else nobody."""
    if case.clinician.is_assistant or _is_all_assisted(case):
        return {Giver.ASSISTANT.value}
    givers = {service.giver for service in case.facts.performed()} if case.facts else set()
    supervised = givers <= {Giver.ASSISTANT, Giver.STUDENT}
    return {giver.value for giver in givers} if supervised else set()


def role_of(signed: Signature, case: Case) -> str:
    """What ``signed`` signs as."""
    return SignerRole.STUDENT.value if _is_student(signed, case) else signed.role.value


def _with_letters_of_one(case: Case) -> tuple[Signature, ...]:
    signatures = case.facts.signatures if case.facts else ()
    return tuple(signed for signed in signatures if signed.role is SignerRole.THERAPIST)


def _is_student(signed: Signature, case: Case) -> bool:
    after = (case.text or "")[signed.span.end :]
    return signed.role is SignerRole.THERAPIST and _STUDENT.match(after) is not None


def _is_all_assisted(case: Case) -> bool:
    return {line.performed_by for line in case.supported} == {Giver.ASSISTANT.value}
