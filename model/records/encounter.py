"""What the EHR knows about a visit before anybody reads the note."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Discipline(StrEnum):
    """Whose plan of care the visit stands under."""

    OT = "OT"
    PT = "PT"
    SLP = "SLP"


class NoteKind(StrEnum):
    """What a note is for; decides what it must carry."""

    EVALUATION = "evaluation"
    REEVALUATION = "reevaluation"
    DAILY = "daily"
    PROGRESS = "progress"
    RECERTIFICATION = "recertification"
    DISCHARGE = "discharge"


class Setting(StrEnum):
    """Where care was given; institutional settings read the outpatient-hospital edits."""

    PRIVATE_PRACTICE = "private_practice"
    OUTPATIENT_CLINIC = "outpatient_clinic"
    HOSPITAL_OUTPATIENT = "hospital_outpatient"
    SNF_PART_B = "snf_part_b"
    REHAB_AGENCY = "rehab_agency"
    HOME = "home"
    SCHOOL = "school"
    COMMUNITY = "community"

    @property
    def is_institutional(self) -> bool:
        """Whether the claim is institutional rather than professional."""
        return self in {self.HOSPITAL_OUTPATIENT, self.SNF_PART_B, self.REHAB_AGENCY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinician:
    """Who furnished the visit, as the EHR has it."""

    credential: str | None = None
    is_assistant: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOfCare:
    """A plan of care and the days that matter about it."""

    start: date | None = None
    certified_on: date | None = None
    end: date | None = None
    sent_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """Facts of the episode; None is unknown, and an unknown is never a fault."""

    plan_of_care: PlanOfCare | None = None
    treatment_day: int | None = None
    last_progress_report_day: int | None = None
    allowed_amount_ytd_usd: Decimal | None = None
    authorized_visits: int | None = None
    visits_used: int | None = None
    order_on_file: bool | None = None
    supervising_therapist: str | None = None
    prior_notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A named person's statement that KX applies."""

    kx: bool
    by: str
    on: date

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise ValueError("an attestation needs the name of who attests")


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """One patient, one discipline, one date of service, as received.

    Attributes:
        text: The note exactly as received; None when only a claim is checked.
        unit_rule: Overrides the payer's unit rule when given.
        diagnoses: The claim's diagnoses where a claim is checked, first-listed first.
    """

    id: str
    text: str | None = None
    discipline: Discipline | None = None
    note_kind: NoteKind | None = None
    setting: Setting | None = None
    date_of_service: date | None = None
    payer: str | None = None
    unit_rule: str | None = None
    clinician: Clinician = field(default_factory=Clinician)
    episode: Episode = field(default_factory=Episode)
    attestations: tuple[Attestation, ...] = ()
    telehealth: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("an encounter needs an id")

    @property
    def is_kx_attested(self) -> bool:
        """Whether a named person attested KX."""
        return any(attestation.kx for attestation in self.attestations)
