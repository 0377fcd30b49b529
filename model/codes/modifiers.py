"""Modifiers and places of service, in our own words, with the days they hold for."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from model.errors import CodeNotInForce, UnknownCode
from model.reads import note_read


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A modifier or a place of service.

    Attributes:
        kind: For a modifier: discipline, assistant, attestation, distinct, liability, telehealth,
            habilitative, reduced, repeat, side, functional, emergency, overflow, or foreign where
            it has no place on a therapy line. For a place: professional, institutional, community
            or telehealth.
        verified: Whether the caption was read in a source; otherwise it is recalled.
    """

    code: str
    caption: str
    kind: str
    valid_from: date
    valid_to: date | None
    source: str
    verified: bool

    def is_in_force(self, on: date) -> bool:
        """Whether it may be used for the date of service."""
        holds = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        note_read("modifiers", self.code, "in force" if holds else "not in force")
        return holds


def modifier(code: str, on: date) -> Term:
    """The modifier ``code`` on the date of service.

    Raises:
        UnknownCode: It is none a therapy claim meets.
        CodeNotInForce: It ended before that day, or begins after it.
    """
    return _term("modifiers", code, on)


def place_of_service(code: str, on: date) -> Term:
    """The place of service ``code`` on the date of service; raises as ``modifier`` does."""
    return _term("place_of_service", code, on)


def _term(table: str, code: str, on: date) -> Term:
    found = _table(table).get(code)
    if found is None:
        raise UnknownCode(code)
    if not found.is_in_force(on):
        raise CodeNotInForce(code, on, valid_from=found.valid_from, valid_to=found.valid_to)
    return found


@cache
def _table(table: str) -> dict[str, Term]:
    path = files("model") / "policies" / "codes" / f"{table}.csv"
    with path.open("r", encoding="utf-8") as file:
        return {row["code"]: _read(row) for row in csv.DictReader(file)}


def _read(row: dict[str, str]) -> Term:
    return Term(
        code=row["code"],
        caption=row["caption"],
        kind=row["kind"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        source=row["source"],
        verified=row["confidence"] == "verified",
    )
