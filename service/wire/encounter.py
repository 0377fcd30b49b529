"""The encounter in, and the claim that ``check`` takes, as CONTRACT.md has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from model.records import (
    Attestation,
    Clinician,
    Encounter,
    Episode,
    Line,
    PlanOfCare,
)
from service.wire.faults import faults, invalid, shown_id
from service.wire.fields import (
    Amount,
    Count,
    Day,
    DiagnosisCode,
    Id,
    Minutes,
    ModifierCode,
    Name,
    NoteText,
    OldText,
    OneDiscipline,
    OneNoteKind,
    OneSetting,
    OneUnitRule,
    PayerId,
    ProcedureCode,
    Units,
)

Body = TypeVar("Body", bound=BaseModel)


class In(BaseModel):
    """What all bodies have in common: no field we do not know, no type but the one meant."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class ClinicianIn(In):
    """Who furnished the visit, as the EHR has it."""

    credential: Name | None = None
    is_assistant: bool | None = None


class PlanOfCareIn(In):
    """A plan of care and the days that matter about it."""

    start: Day | None = None
    certified_on: Day | None = None
    end: Day | None = None
    sent_on: Day | None = None


class EpisodeIn(In):
    """Facts of the episode; what is absent is unknown, and an unknown is never a fault."""

    plan_of_care: PlanOfCareIn | None = None
    treatment_day: Count | None = None
    last_progress_report_day: Count | None = None
    allowed_amount_ytd_usd: Amount | None = None
    authorized_visits: Count | None = None
    visits_used: Count | None = None
    order_on_file: bool | None = None
    supervising_therapist: Name | None = None
    prior_notes: list[OldText] = Field(default_factory=list, max_length=200)


class AttestationIn(In):
    """A named person's statement that KX applies."""

    kx: bool
    by: Name
    on: Day


class VisitIn(In):
    """What is known of a visit before anybody reads the note."""

    id: Id = Field(description="Names the encounter in answers and errors; unique in a batch.")
    discipline: OneDiscipline | None = None
    note_kind: OneNoteKind | None = None
    setting: OneSetting | None = None
    date_of_service: Day | None = None
    payer: PayerId | None = Field(None, description="Id of a file in model/policies/payers.")
    unit_rule: OneUnitRule | None = Field(None, description="Overrides the payer's unit rule.")
    clinician: ClinicianIn | None = None
    episode: EpisodeIn | None = None
    attestations: list[AttestationIn] = Field(default_factory=list, max_length=20)
    telehealth: Name | None = None


class EncounterIn(VisitIn):
    """A note and what the EHR knows about its visit; only ``id`` and ``text`` are required."""

    text: NoteText = Field(description="The note as written; evidence counts its code points.")


class LineIn(In):
    """One line of a claim already coded."""

    code: ProcedureCode
    units: Units | None = None
    minutes: Minutes | None = None
    modifiers: list[ModifierCode] = Field(default_factory=list, max_length=8)
    performed_by: Literal["therapist", "assistant"] | None = None
    diagnoses: list[DiagnosisCode] = Field(default_factory=list, max_length=12)


class ClaimIn(VisitIn):
    """A claim already coded, for the rules alone; the note may be left out."""

    text: NoteText | None = None
    lines: list[LineIn] = Field(min_length=1, max_length=100)
    diagnoses: list[DiagnosisCode] = Field(default_factory=list, max_length=50)


FIELDS = tuple(
    sorted(
        {
            name
            for model in (ClaimIn, ClinicianIn, PlanOfCareIn, EpisodeIn, AttestationIn, LineIn)
            for name in model.model_fields
        }
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenClaim:
    """A claim to be checked, with the encounter it belongs to."""

    encounter: Encounter
    lines: tuple[Line, ...]
    diagnoses: tuple[str, ...]


def encounter(body: object) -> Encounter:
    """The encounter a decoded JSON body describes.

    Raises:
        EncounterInvalid: A field is missing, malformed or unknown.
    """
    return encounter_of(_validated(EncounterIn, body))


def claim(body: object) -> GivenClaim:
    """The claim a decoded JSON body describes; raises as ``encounter`` does."""
    return claim_of(_validated(ClaimIn, body))


def encounter_of(given: EncounterIn | ClaimIn) -> Encounter:
    """A validated body as a record."""
    clinician, episode = given.clinician, given.episode
    return Encounter(
        id=given.id,
        text=given.text,
        discipline=given.discipline,
        note_kind=given.note_kind,
        setting=given.setting,
        date_of_service=given.date_of_service,
        payer=given.payer,
        unit_rule=given.unit_rule,
        clinician=Clinician(**_fields(clinician)) if clinician else Clinician(),
        episode=_episode(episode) if episode else Episode(),
        attestations=tuple(Attestation(**_fields(said)) for said in given.attestations),
        telehealth=given.telehealth,
    )


def claim_of(given: ClaimIn) -> GivenClaim:
    """A validated claim as records."""
    return GivenClaim(
        encounter=encounter_of(given),
        lines=tuple(_line(line) for line in given.lines),
        diagnoses=tuple(given.diagnoses),
    )


def _validated(model: type[Body], body: object) -> Body:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise invalid(shown_id(body), faults(error.errors(), FIELDS)) from None


def _episode(given: EpisodeIn) -> Episode:
    plan = given.plan_of_care
    rest = {
        "plan_of_care": PlanOfCare(**_fields(plan)) if plan else None,
        "prior_notes": tuple(given.prior_notes),
    }
    return Episode(**{**_fields(given), **rest})


def _line(given: LineIn) -> Line:
    lists = {"modifiers": tuple(given.modifiers), "diagnoses": tuple(given.diagnoses)}
    return Line(**{**_fields(given), **lists})


def _fields(given: BaseModel) -> Mapping[str, Any]:
    return dict(given)
