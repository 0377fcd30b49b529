"""From services with minutes to counted units, with the certificate that proves them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.codes.procedures import find
from model.policy import Policy
from model.records.facts import Giver, Service
from model.records.units import Certificate, TimedMinutes
from model.suggest.timing import timings, unit_policy
from model.units import units


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """Units of one code by one kind of giver, before modifiers.

    Attributes:
        units: None when a timed service has no minutes.
        service: Code of the service (the base of a chain) the line comes from.
    """

    code: str
    service: str
    units: int | None
    minutes: int | None
    performed_by: str


def count(
    services: Sequence[Service], policy: Policy, *, rule: str | None = None
) -> tuple[tuple[CountedLine, ...], Certificate]:
    """Lines of the claim in the order of ``services``, and the day's certificate.

    Services of one code are added up. A timed service without minutes keeps a line with unknown
    units; it earns none.

    Raises:
        MinutesBeyondDay: The minutes add up to more than a day.
        PolicyGap: A number of the unit rule has no source for the date of service.
        UnknownCode: A code is in no table we hold.
    """
    numbers = unit_policy(policy, rule=rule)
    table = timings({service.code for service in services}, numbers.rule)
    known = [s for s in services if s.minutes is not None and table[s.code].is_timed]
    certificate = units(_minutes(known, policy), table, policy=numbers)
    lines: list[CountedLine] = []
    for code in dict.fromkeys(service.code for service in services):
        own = [service for service in services if service.code == code]
        lines.extend(_lines(code, own, certificate, is_timed=table[code].is_timed))
    return tuple(lines), certificate


def _minutes(services: Iterable[Service], policy: Policy) -> list[TimedMinutes]:
    """Minutes by who gave them; where a payer asks for no CQ or CO, they are one pool."""
    return [
        TimedMinutes.by(
            "assistant"
            if _is_assistants(service) and policy.needs_assistant_modifiers
            else "therapist",
            service.code,
            service.minutes or 0,
        )
        for service in services
    ]


def _is_assistants(service: Service) -> bool:
    return service.giver is Giver.ASSISTANT


def _lines(
    code: str, own: Sequence[Service], certificate: Certificate, *, is_timed: bool
) -> Iterable[CountedLine]:
    minutes = [service.minutes for service in own if service.minutes is not None]
    assistants = all(map(_is_assistants, own))
    giver = "assistant" if assistants else "therapist"
    if not is_timed:
        total = sum(minutes) if minutes else None
        yield CountedLine(code=code, service=code, units=1, minutes=total, performed_by=giver)
        return
    if not minutes:
        yield CountedLine(code=code, service=code, units=None, minutes=None, performed_by=giver)
        return
    earned = [line for line in certificate.lines if _service_of(line.code) == code]
    for line in earned:
        by = line.performed_by if line.assistant_modifier or not assistants else giver
        yield CountedLine(
            code=line.code, service=code, units=line.units, minutes=line.minutes, performed_by=by
        )
    if not earned:
        yield CountedLine(
            code=code, service=code, units=0, minutes=sum(minutes), performed_by=giver
        )


def _service_of(code: str) -> str:
    procedure = find(code)
    return procedure.add_on_of or code if procedure else code
