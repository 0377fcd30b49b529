"""Minutes by code to units, modifiers and the certificate; no note, no model."""

from collections.abc import Iterator
from datetime import date

from model.codes import find, procedure, releases, stale
from model.errors import EncounterInvalid
from model.policy import Policy
from model.records import Encounter
from model.records.units import Certificate, Performer, TimedMinutes
from model.suggest.modifiers import Marked, modifiers
from model.suggest.timing import timings, unit_policy
from model.units import units
from service.wire.certificate import certificate_out
from service.wire.draft import StaleOut
from service.wire.units import CountedOut, UnbilledOut, UnitDayIn, UnitDayOut, UnitLineIn

ASSUMED_PAYER = "medicare_part_b"
_TABLE = "procedures"


def last_day_covered() -> date:
    """The last day of the one dated table that units are read from."""
    return releases()[_TABLE].covers_to


def answer(day: UnitDayIn) -> UnitDayOut:
    """The units of ``day``.

    Raises:
        CodeNotInForce: A code does not exist on the day.
        EncounterInvalid: A timed code comes without minutes.
        MinutesBeyondDay: The minutes add up to more than a day.
        PolicyGap: A number of the rule has no source for the day.
    """
    policy = Policy.for_payer(day.payer or ASSUMED_PAYER, day.on or last_day_covered())
    _refuse_unusable(day, policy.on)
    numbers = unit_policy(policy, rule=day.rule)
    splits = _splits(day, policy)
    minutes = [_minutes(line, splits=splits) for line in day.lines if line.minutes is not None]
    table = timings((entry.code for entry in minutes), numbers.rule)
    certificate = units(minutes, table, policy=numbers)
    lines = [_marked(line, day, policy) for line in _lines(day, certificate, splits=splits)]
    return UnitDayOut(
        id=day.id,
        on=policy.on,
        rule=numbers.rule,
        discipline=day.discipline,
        payer=day.payer or ASSUMED_PAYER,
        units=certificate.units,
        total_units=sum(line.units for line in lines),
        lines=lines,
        unbilled=[
            UnbilledOut(code=row.code, minutes=row.minutes)
            for row in certificate.ledger
            if not row.units
        ],
        certificate=certificate_out(certificate),
        assumed=[name for name in ("on", "payer", "rule") if getattr(day, name) is None],
        stale=[
            StaleOut(table=release.table, last_date=release.covers_to)
            for release in stale(policy.on)
            if release.table == _TABLE
        ],
    )


def _refuse_unusable(day: UnitDayIn, on: date) -> None:
    for number, line in enumerate(day.lines):
        if procedure(line.code, on).timed and line.minutes is None:
            reason = f"is missing; {line.code} is a timed code"
            raise EncounterInvalid(day.id, f"lines.{number}.minutes", reason)


def _splits(day: UnitDayIn, policy: Policy) -> bool:
    """Whether an assistant's minutes are told apart: where payer and discipline have CQ or CO."""
    if not policy.needs_assistant_modifiers:
        return False
    return day.discipline is None or day.discipline in policy.table("assistants.modifiers")


def _minutes(line: UnitLineIn, *, splits: bool) -> TimedMinutes:
    by: Performer = "assistant" if splits and line.performed_by == "assistant" else "therapist"
    return TimedMinutes.by(by, line.code, line.minutes or 0)


def _lines(day: UnitDayIn, certificate: Certificate, *, splits: bool) -> Iterator[CountedOut]:
    """Counted lines in the order their codes were given, an add-on after its base."""
    clocked = {row.code for row in certificate.ledger}
    for base in dict.fromkeys(_base(line.code) for line in day.lines):
        giver = _giver(base, day)
        if base not in clocked:
            yield CountedOut(code=base, units=1, minutes=None, modifiers=[], performed_by=giver)
        for line in certificate.lines:
            if _base(line.code) == base:
                yield CountedOut(
                    code=line.code,
                    units=line.units,
                    minutes=line.minutes,
                    modifiers=[],
                    performed_by=line.performed_by if splits else giver,
                )


def _giver(base: str, day: UnitDayIn) -> Performer:
    """Who gave a service that nobody splits: the assistant where all of it was theirs."""
    givers = {line.performed_by for line in day.lines if _base(line.code) == base}
    return "assistant" if givers == {"assistant"} else "therapist"


def _marked(line: CountedOut, day: UnitDayIn, policy: Policy) -> CountedOut:
    encounter = Encounter(id=day.id, discipline=day.discipline, date_of_service=policy.on)
    seen = Marked(code=line.code, performed_by=line.performed_by, is_separate=False)
    return line.model_copy(update={"modifiers": list(modifiers(seen, (), encounter, policy))})


def _base(code: str) -> str:
    found = find(code)
    return found.add_on_of or code if found else code
