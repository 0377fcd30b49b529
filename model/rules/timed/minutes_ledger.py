"""What a claim's minutes earn beside what it bills, code by code."""

from collections.abc import Iterable
from dataclasses import dataclass

from model.codes.procedures import find
from model.policy import Policy
from model.records import Case, Line
from model.records.units import Certificate, TimedMinutes, Timing, UnitPolicy
from model.rules.lines import Known, service_of, stated
from model.units import units
from model.units.timing import timings, unit_policy

READS = (
    "payer.unit_rule",
    "timed_units.minutes_per_unit",
    "timed_units.last_unit_minutes",
    "assistants.de_minimis_percent",
    "assistants.midpoint_rule",
)
"""Parameters that turn minutes into units, and units into an assistant's and a therapist's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A day's timed codes whose minutes are known.

    Attributes:
        lines: The stated lines it judges, each with its units.
        billed: Units stated, by code.
        minutes: Minutes, by service (the base of a chain).
    """

    policy: UnitPolicy
    certificate: Certificate
    lines: tuple[Known, ...]
    billed: dict[str, int]
    minutes: dict[str, int]

    def earned(self, code: str) -> int:
        """Units the minutes of ``code`` earn."""
        return sum(line.units for line in self.certificate.lines if line.code == code)

    def most(self, code: str) -> int:
        """``earned``, and the unit a tie would let the clinician give to ``code`` instead."""
        base = service_of(code)
        ties = self.certificate.ties
        return self.earned(code) + any(base in tie.codes and base not in tie.chosen for tie in ties)

    def row(self, code: str) -> str:
        """Billed and earned units of ``code``, for a message."""
        minutes = self.minutes[service_of(code)]
        return f"{code} billed {self.billed[code]}, earned {self.earned(code)} by {minutes} minutes"


def ledger(case: Case, policy: Policy) -> Ledger | None:
    """The ledger of the stated claim; None where it states no timed units that can be judged.

    Minutes are the stated line's, or those the note supports for its code. Documented timed
    services that are not billed count too. Where one pooled service has no minutes, the pool is
    not known and none of its codes is judged.

    Raises:
        MinutesBeyondDay: The minutes add up to more than a day.
        PolicyGap: A number of the unit rule has no source for the date of service.
    """
    timed = [known for known in stated(case) if known.procedure.timed]
    if not timed:
        return None
    numbers = unit_policy(policy, rule=case.unit_rule)
    minutes, unknown = _minutes(case, timed)
    table = timings({*minutes, *unknown}, numbers.rule)
    if numbers.pooled and any(table[code].pooled for code in unknown):
        minutes = {code: known for code, known in minutes.items() if not table[code].pooled}
    lines = tuple(
        known
        for known in timed
        if service_of(known.code) in minutes and known.line.units is not None
    )
    if not lines:
        return None
    return Ledger(
        policy=numbers,
        certificate=_count(minutes, table, numbers),
        lines=lines,
        billed=_billed(lines),
        minutes=minutes,
    )


def _count(minutes: dict[str, int], table: dict[str, Timing], policy: UnitPolicy) -> Certificate:
    # Who gave the minutes decides modifiers, not how many units there are.
    given = [TimedMinutes(code=code, therapist=known) for code, known in minutes.items()]
    return units(given, table, policy=policy)


def _billed(lines: tuple[Known, ...]) -> dict[str, int]:
    billed: dict[str, int] = {}
    for known in lines:
        billed[known.code] = billed.get(known.code, 0) + (known.line.units or 0)
    return billed


def _minutes(case: Case, timed: Iterable[Known]) -> tuple[dict[str, int], set[str]]:
    """Minutes by service, and the stated services nobody gives minutes for."""
    said = _by_service(known.line for known in timed)
    read = _by_service(line for line in case.supported if _is_timed(line))
    whole = {**read, **{code: minutes for code, minutes in said.items() if minutes is not None}}
    found = {code: minutes for code, minutes in whole.items() if minutes is not None}
    return found, said.keys() - found.keys()


def _by_service(lines: Iterable[Line]) -> dict[str, int | None]:
    """The sum of each service's minutes; None where one of its lines gives none."""
    found: dict[str, int | None] = {}
    for line in lines:
        base = service_of(line.code)
        before = found.get(base, 0)
        unknown = before is None or line.minutes is None
        found[base] = None if unknown else (before or 0) + (line.minutes or 0)
    return found


def _is_timed(line: Line) -> bool:
    procedure = find(line.code)
    return procedure is not None and procedure.timed


def ceiling(case: Case) -> int | None:
    """The most timed minutes the note's own totals leave room for; None where it gives none."""
    if case.facts is None:
        return None
    total = case.facts.timed_total or case.facts.treatment_total
    return total.minutes or None if total else None
