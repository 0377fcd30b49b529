"""The lines of a claim as rules look at them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from model.codes.modifiers import modifier
from model.codes.procedures import Procedure, find
from model.errors import CodeError
from model.records import Assertion, Case, Line


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
    return tuple(known for known in _known(case.stated) if not _is_others(known.code, case))


def judged(case: Case) -> tuple[Known, ...]:
    """The stated lines; where a note states none, those it supports."""
    return stated(case) if case.stated else tuple(_known(case.supported))


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


def only(lines: Iterable[Known]) -> int | None:
    """The place of the one line a flag is about; None when it is about several."""
    places = {known.index for known in lines}
    return places.pop() if len(places) == 1 else None


def _known(lines: Iterable[Line]) -> Iterator[Known]:
    for index, line in enumerate(lines):
        procedure = find(line.code)
        if procedure is not None:
            yield Known(index, line, procedure)


def _is_others(code: str, case: Case) -> bool:
    return assertions_of(code, case) == {Assertion.OTHER}


def _kind(written: str, case: Case) -> str | None:
    try:
        return modifier(written, case.date_of_service).kind
    except CodeError:
        return None
