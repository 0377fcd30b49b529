"""What a rule looks at: one patient, one discipline, one date of service."""

from dataclasses import dataclass, field
from datetime import date

from model.records.encounter import Clinician, Discipline, Episode, NoteKind, Setting
from model.records.facts import Facts
from model.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a claim, with the minutes documented for it.

    Attributes:
        units: Whole billing units; None when minutes cannot be assigned.
        minutes: Documented one-on-one minutes of the line; None when none are stated.
        performed_by: "therapist" or "assistant"; None when unknown.
        evidence: Where the note says so; empty for claims that came without a note.
    """

    code: str
    units: int | None = None
    minutes: int | None = None
    modifiers: tuple[str, ...] = ()
    performed_by: str | None = None
    diagnoses: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if self.units is not None and self.units < 0:
            raise ValueError(f"units cannot be negative, got {self.units}")
        if self.minutes is not None and self.minutes < 0:
            raise ValueError(f"minutes cannot be negative, got {self.minutes}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The claims of one visit and everything known about it; unknown things are None.

    Attributes:
        stated: The claim judged: what the note itself bills, or what ``check`` was given.
        supported: The claim the note supports; empty when there is no note.
        facts: What was read from the note; None when there is no note.
        text: The note; None when only a claim is checked. Rules quote spans of it, never log it.
        is_kx_attested: Whether a named person attested KX.
        judged_on: The day policy is read at where a replay asks for another than the date of
            service; see ``policy_day``.
        telehealth: How care was given from afar, as the EHR has it; None when unknown or in person.
    """

    date_of_service: date
    payer: str
    discipline: Discipline | None = None
    note_kind: NoteKind | None = None
    setting: Setting | None = None
    clinician: Clinician = field(default_factory=Clinician)
    episode: Episode = field(default_factory=Episode)
    stated: tuple[Line, ...] = ()
    stated_diagnoses: tuple[str, ...] = ()
    supported: tuple[Line, ...] = ()
    supported_diagnoses: tuple[str, ...] = ()
    facts: Facts | None = None
    text: str | None = None
    is_kx_attested: bool = False
    unit_rule: str | None = None
    telehealth: str | None = None
    judged_on: date | None = None

    @property
    def policy_day(self) -> date:
        """The day codes, edits and parameters are read at: the date of service, unless replayed.

        Spans of time (a plan's days, a certification's) are counted from ``date_of_service``.
        """
        return self.judged_on or self.date_of_service
