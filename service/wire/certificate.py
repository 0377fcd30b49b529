"""The certificate of units out: what the minutes earned, and why."""

from typing import Literal

from pydantic import BaseModel

from model.records.units import Basis, Certificate, UnitRule


class LedgerOut(BaseModel):
    """What the minutes of one code, or of one chain under its base, earned."""

    code: str
    basis: Basis
    therapist: int
    assistant: int
    minutes: int
    whole_units: int
    remainder: int
    extra_units: Literal[0, 1]
    units: int


class TieOut(BaseModel):
    """Codes of equal remainder, more of them than units left."""

    codes: list[str]
    remainder: int
    chosen: list[str]
    units: int


class AlternativeOut(BaseModel):
    """A leftover unit given elsewhere, and why that loses."""

    code: str
    remainder: int
    instead_of: str
    instead_remainder: int
    why: str


class UnitLineOut(BaseModel):
    """Units of one code, all with or all without the assistant modifier."""

    code: str
    units: int
    minutes: int
    assistant_modifier: bool
    performed_by: str


class UnitPolicyOut(BaseModel):
    """The numbers the units were counted under, as of the date of service."""

    rule: UnitRule
    minutes_per_unit: int
    last_unit_minutes: int
    de_minimis_percent: int
    therapist_midpoint_applies: bool


class CertificateOut(BaseModel):
    """Why the day's minutes are so many units; ``units`` are those of timed codes."""

    rule: UnitRule
    timed_minutes: int
    untimed_minutes: int
    units: int
    ledger: list[LedgerOut]
    ties: list[TieOut]
    short_of_next: int | None
    pooled_minutes: int | None = None
    policy: UnitPolicyOut | None = None
    lines: list[UnitLineOut] = []
    alternatives: list[AlternativeOut] = []


def certificate_out(certificate: Certificate) -> CertificateOut:
    """A certificate as a wire model."""
    return CertificateOut.model_validate(certificate.to_json())
