"""A labelled note's head as the encounter an EHR would send."""

from datetime import date
from decimal import Decimal
from typing import Any

from model.records import (
    Attestation,
    Clinician,
    Discipline,
    Encounter,
    Episode,
    NoteKind,
    PlanOfCare,
    Setting,
)
from training.corpus import LabeledNote


def encounter_of(note: LabeledNote) -> Encounter:
    """The encounter of ``note``, with its text.

    Raises:
        ValueError: The head holds a value the records refuse.
    """
    head = note.encounter
    return Encounter(
        id=note.id,
        text=note.text,
        discipline=Discipline(head["discipline"]) if head.get("discipline") else None,
        note_kind=NoteKind(head["note_kind"]) if head.get("note_kind") else None,
        setting=Setting(head["setting"]) if head.get("setting") else None,
        date_of_service=_day(head.get("date_of_service")),
        payer=head.get("payer"),
        unit_rule=head.get("unit_rule"),
        clinician=Clinician(**(head.get("clinician") or {})),
        episode=_episode(head.get("episode") or {}),
        attestations=tuple(
            Attestation(kx=a["kx"], by=a["by"], on=date.fromisoformat(str(a["on"])))
            for a in head.get("attestations") or ()
        ),
    )


def _episode(given: dict[str, Any]) -> Episode:
    plan = given.get("plan_of_care")
    amount = given.get("allowed_amount_ytd_usd")
    return Episode(
        plan_of_care=PlanOfCare(**{name: _day(day) for name, day in plan.items()})
        if plan
        else None,
        treatment_day=given.get("treatment_day"),
        last_progress_report_day=given.get("last_progress_report_day"),
        allowed_amount_ytd_usd=Decimal(str(amount)) if amount is not None else None,
        authorized_visits=given.get("authorized_visits"),
        visits_used=given.get("visits_used"),
        order_on_file=given.get("order_on_file"),
        supervising_therapist=given.get("supervising_therapist"),
        prior_notes=tuple(given.get("prior_notes") or ()),
    )


def _day(written: Any) -> date | None:
    return date.fromisoformat(str(written)) if written else None
