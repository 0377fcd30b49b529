"""The lines of a claim as rules look at them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from model.codes.modifiers import modifier
from model.codes.procedures import Procedure, find
from model.errors import CodeError
from model.reads import is_listening
from model.records import Assertion, Case, Line

_ASIDE = re.compile(r"[,:;/(]")


@dataclass(frozen=True, slots=True)
class Known:
    """A line whose code is in our table.

    Attributes:
        index: Its place among the lines judged, as ``Flag.line`` counts them.
    """

    index: int
    line: Line
    procedure: Procedure

    @property
    def code(self) -> str:
        """The procedure code."""
        return self.line.code


def stated(case: Case) -> tuple[Known, ...]:
    """The lines the claim states, without those the note says another discipline furnished."""
    known = _known(case.stated, case.policy_day)
    if case.facts is None:
        return known
    return tuple(found for found in known if not _is_others(found.code, case))


def judged(case: Case) -> tuple[Known, ...]:
    """The stated lines; where a note states none, those it supports."""
    return stated(case) if case.stated else _known(case.supported, case.policy_day)


def service_of(code: str) -> str:
    """The code a service is known by: the base of a chain, otherwise ``code`` itself."""
    procedure = find(code)
    return (procedure.add_on_of or code) if procedure else code


def supported_services(case: Case) -> frozenset[str]:
    """The services the note supports, by ``service_of``."""
    return frozenset(service_of(line.code) for line in case.supported)


def assertions_of(code: str, case: Case) -> frozenset[Assertion]:
    """How the note speaks of the service ``code`` stands for; empty where it does not."""
    if case.facts is None or not case.facts.services:
        return frozenset()
    base = service_of(code)
    return frozenset(
        found.assertion for found in case.facts.services if service_of(found.code) == base
    )


def is_for_another_day(known: Known, case: Case) -> bool:
    """Whether the note only plans the service, and supports an unbilled one of its family."""
    if assertions_of(known.code, case) != {Assertion.PLANNED}:
        return False
    unbilled = supported_services(case) - {service_of(line.code) for line in case.stated}
    neighbours = (find(code) for code in unbilled)
    return any(other and other.family is known.procedure.family for other in neighbours)


def writes_modifiers(case: Case) -> bool:
    """Whether a missing modifier means anything: a note's list of charges often carries none."""
    return case.text is None or any(line.modifiers for line in case.stated)


def has_kind(line: Line, kind: str, case: Case) -> bool:
    """Whether ``line`` carries a modifier of ``kind`` (see ``model.codes.modifiers.Term``)."""
    return any(_kind(written, case) == kind for written in line.modifiers)


def joined(words: Iterable[str]) -> str:
    """The words once each, in order, for a message."""
    return ", ".join(sorted(set(words)))


def called(known: Known) -> str:
    """What a therapist may call the service: our caption up to its first aside, no code."""
    name = _ASIDE.split(known.procedure.caption, maxsplit=1)[0].strip()
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def only(lines: Iterable[Known]) -> int | None:
    """The place of the one line a flag is about; None when it is about several."""
    places = {known.index for known in lines}
    return places.pop() if len(places) == 1 else None


class _Same:
    """Lines as a key: the very tuple, never compared by what it holds."""

    __slots__ = ("lines",)

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self.lines = lines

    def __hash__(self) -> int:
        return id(self.lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.lines is other.lines


def _known(lines: tuple[Line, ...], on: date) -> tuple[Known, ...]:
    """The lines whose codes we hold. Thirty rules ask the same of a claim: it is answered once."""
    if is_listening():  # a remembered answer would hide what it was looked up from
        return _looked_up(lines, on)
    return _remembered(_Same(lines), on)


@lru_cache(maxsize=8)
def _remembered(same: _Same, on: date) -> tuple[Known, ...]:
    return _looked_up(same.lines, on)


def _looked_up(lines: tuple[Line, ...], on: date) -> tuple[Known, ...]:
    found = ((index, line, find(line.code, on)) for index, line in enumerate(lines))
    return tuple(Known(index, line, known) for index, line, known in found if known is not None)


def _is_others(code: str, case: Case) -> bool:
    return assertions_of(code, case) == {Assertion.OTHER}


def _kind(written: str, case: Case) -> str | None:
    try:
        return modifier(written, case.policy_day).kind
    except CodeError:
        return None
