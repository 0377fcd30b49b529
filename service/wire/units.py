"""Days of minutes in, units with their certificate out: what ``noteproof units`` speaks."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from model.records import Discipline
from model.records.units import UnitRule
from service.wire.certificate import CertificateOut
from service.wire.draft import StaleOut
from service.wire.encounter import In
from service.wire.faults import faults, invalid, shown_id
from service.wire.fields import Day, Id, Minutes, OneDiscipline, OneUnitRule, PayerId, ProcedureCode


class UnitLineIn(In):
    """Minutes of one code by one performer; only an untimed service can do without minutes."""

    code: ProcedureCode
    minutes: Minutes | None = None
    performed_by: Literal["therapist", "assistant"] | None = None


class UnitDayIn(In):
    """One patient, one discipline, one date of service."""

    id: Id
    rule: OneUnitRule | None = None
    on: Day | None = None
    discipline: OneDiscipline | None = None
    payer: PayerId | None = None
    lines: list[UnitLineIn] = Field(min_length=1, max_length=100)


class CountedOut(BaseModel):
    """Units of one code, all by the same performer; ``minutes`` is null where none were given."""

    code: str
    units: int
    minutes: int | None
    modifiers: list[str]
    performed_by: str


class UnbilledOut(BaseModel):
    """A code whose minutes earned no unit; they are documented and counted all the same."""

    code: str
    minutes: int


class UnitDayOut(BaseModel):
    """The answer for one day.

    Attributes:
        units: Units of timed codes.
        total_units: Units of all lines.
        assumed: Fields that were not given.
    """

    id: str
    on: date
    rule: UnitRule
    discipline: Discipline | None
    payer: str
    units: int
    total_units: int
    lines: list[CountedOut]
    unbilled: list[UnbilledOut]
    certificate: CertificateOut
    assumed: list[str]
    stale: list[StaleOut]


_FIELDS = (*UnitDayIn.model_fields, *UnitLineIn.model_fields)


def unit_day(body: object) -> UnitDayIn:
    """The day a decoded JSON body describes.

    Raises:
        EncounterInvalid: A field is missing, malformed or unknown.
    """
    try:
        return UnitDayIn.model_validate(body)
    except ValidationError as error:
        raise invalid(shown_id(body), faults(error.errors(), _FIELDS)) from None
