"""Which units of a code an assistant furnished in whole or in part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from model.records.units import Basis, LedgerRow, Timing, UnitLine, UnitPolicy
from model.units.chains import Piece, pieces


@dataclass(slots=True)
class Share:
    """One unit, the minutes it stands for, and whether it carries the assistant modifier."""

    code: str
    minutes: int
    modified: bool


def unit_lines(row: LedgerRow, timing: Timing, policy: UnitPolicy) -> Iterator[UnitLine]:
    """The lines of one ledger row: base before add-on, plain before modified."""
    shares = _shares(row, timing, policy)
    for code in dict.fromkeys(share.code for share in shares):
        for modified in (False, True):
            own = [s.minutes for s in shares if (s.code, s.modified) == (code, modified)]
            if own:
                yield UnitLine(
                    code=code, units=len(own), minutes=sum(own), assistant_modifier=modified
                )


def needs_modifier(therapist: int, assistant: int, *, alone: bool, policy: UnitPolicy) -> bool:
    """Whether a unit of so many minutes of each was furnished in part by the assistant.

    Args:
        therapist: Minutes of the therapist in this unit.
        assistant: Independent minutes of the assistant in this unit.
        alone: Whether the therapist's minutes earn the unit without the assistant's.
        policy: Holds the de minimis share, and whether earning alone matters.

    Source:
        CMS Pub. 100-04, chapter 5, section 20.1; 42 CFR 410.59(a)(4) and 410.60(a)(4).
    """
    if alone and policy.therapist_midpoint_applies:
        return False
    return 100 * assistant > policy.de_minimis_percent * (therapist + assistant)


def _shares(row: LedgerRow, timing: Timing, policy: UnitPolicy) -> list[Share]:
    """One share a unit; an untimed service is judged as a whole."""
    if row.basis is not Basis.UNTIMED:
        return _dealt(row, list(islice(pieces(timing), row.units)), policy)
    modified = needs_modifier(row.therapist, row.assistant, alone=False, policy=policy)
    return [Share(row.code, row.minutes, modified)] * row.units


def _dealt(row: LedgerRow, units: Sequence[Piece], policy: UnitPolicy) -> list[Share]:
    """Deal the minutes to the units in turn; those beyond the last stay with their giver's."""
    therapist, assistant = row.therapist, row.assistant
    shares: list[Share] = []
    for place, unit in enumerate(units, start=1):
        mine, theirs = _part(unit.minutes, therapist, assistant, is_last=place == len(units))
        alone = mine >= unit.fewest
        modified = needs_modifier(mine, theirs, alone=alone, policy=policy)
        shares.append(Share(unit.code, mine + theirs, modified))
        therapist, assistant = therapist - mine, assistant - theirs
    _leave(therapist, shares, modified=False)
    _leave(assistant, shares, modified=True)
    return shares


def _part(size: int, therapist: int, assistant: int, *, is_last: bool) -> tuple[int, int]:
    """Minutes of each in the next unit: a whole one by one person if there is one to be had.

    Else the therapist's minutes go first and the assistant's fill up the unit, or all of them
    enter the last.
    """
    if therapist >= size:
        return size, 0
    if assistant >= size:
        return 0, size
    return therapist, assistant if is_last else min(assistant, size - therapist)


def _leave(minutes: int, shares: list[Share], *, modified: bool) -> None:
    """Add minutes that earned nothing to the last unit of their kind, or to the last unit."""
    of_kind = [share for share in shares if share.modified is modified] or shares
    if of_kind:
        of_kind[-1].minutes += minutes
