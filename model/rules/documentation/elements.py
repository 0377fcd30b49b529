"""What documentation rules ask of a note: its kind, its services, its elements."""

from collections.abc import Iterator

from model.codes.procedures import Family, Procedure, find
from model.policy import Policy
from model.records import Case, NoteKind, Service

_NOT_TREATMENT = {Family.EVALUATION, Family.REEVALUATION, Family.RTM, Family.TEST}
_TREATMENT_NOTES = (NoteKind.DAILY, NoteKind.PROGRESS)
EXERCISE = "documentation.exercise_codes"
"""Parameter: services that are exercise."""
MODALITIES = (Family.ATTENDED_MODALITY, Family.SUPERVISED_MODALITY)


def lacks(case: Case, *names: str) -> bool:
    """Whether there is a note, and it holds none of the elements ``names``."""
    return case.facts is not None and not any(map(case.facts.elements.get, names))


def has(case: Case, *names: str) -> bool:
    """Whether the note holds at least one of the elements ``names``."""
    return case.facts is not None and not lacks(case, *names)


def given(case: Case) -> tuple[Procedure, ...]:
    """Treatments performed today; evaluations, tests and monitoring are none."""
    return tuple(procedure for _, procedure in _performed(case))


def given_timed(case: Case) -> tuple[Service, ...]:
    """Treatments performed today whose units follow minutes."""
    return tuple(service for service, procedure in _performed(case) if procedure.timed)


def treatments(case: Case) -> tuple[Procedure, ...]:
    """What a treatment note records as given; empty for notes of any other kind."""
    return given(case) if case.note_kind in _TREATMENT_NOTES else ()


def is_exercise_alone(case: Case, policy: Policy) -> bool:
    """Whether exercise is all that a treatment note records as given."""
    codes = {procedure.code for procedure in treatments(case)}
    return bool(codes) and codes <= set(policy.texts(EXERCISE))


def has_timed_minutes(case: Case) -> bool:
    """Whether the note gives minutes to a timed treatment, or to all of them together."""
    return (case.facts is not None and case.facts.timed_total is not None) or any(
        service.minutes is not None for service in given_timed(case)
    )


def _performed(case: Case) -> Iterator[tuple[Service, Procedure]]:
    for service in case.facts.performed() if case.facts else ():
        procedure = find(service.code)
        if procedure is not None and procedure.family not in _NOT_TREATMENT:
            yield service, procedure
