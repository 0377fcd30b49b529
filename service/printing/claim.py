"""The claim as a table, its diagnoses, and how it differs from what the note itself bills."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from rich.table import Table
from rich.text import Text

from model.codes import diagnosis, find
from model.errors import UnknownCode
from model.records.claim import ClaimDraft
from service.printing.note import letter, number
from service.printing.tables import table

_SURE = 0.9
"""From here on confidence changes nothing a coder does, and is not shown."""


class Billed(Protocol):
    """A line of either claim."""

    @property
    def code(self) -> str:
        """Its procedure code."""

    @property
    def units(self) -> int | None:
        """Its units, where they are known."""


def caption(code: str) -> str:
    """Our words for a procedure code; empty for one we do not hold."""
    found = find(code)
    return found.caption if found else ""


def claim_table(draft: ClaimDraft) -> Table:
    """The supported lines, numbered as their evidence is."""
    letters = {found.code: letter(place) for place, found in enumerate(draft.diagnoses, start=1)}
    return table(
        ("", "code", "service", "units", "min", "modifiers", "by", "dx", "sure"),
        [
            (
                number(place),
                Text(line.code, "code"),
                caption(line.code),
                count(line.units),
                count(line.minutes),
                " ".join(line.modifiers),
                by(line.performed_by),
                "".join(letters.get(code, code) for code in line.diagnoses),
                sureness(line.confidence),
            )
            for place, line in enumerate(draft.lines, start=1)
        ],
    )


def diagnosis_table(draft: ClaimDraft) -> Table:
    """The diagnoses, first-listed first, with what they still ask for."""
    return table(
        ("", "code", "diagnosis", "sure", "to ask"),
        [
            (
                letter(place),
                Text(found.code, "code"),
                _title(found.code),
                sureness(found.confidence),
                found.asks_for or "",
            )
            for place, found in enumerate(draft.diagnoses, start=1)
        ],
    )


def stated_table(draft: ClaimDraft) -> Table:
    """What the note itself bills, or the claim that was checked."""
    return table(
        ("", "code", "service", "units", "min", "modifiers"),
        [
            (
                str(place),
                Text(line.code, "code"),
                caption(line.code),
                count(line.units),
                count(line.minutes),
                " ".join(line.modifiers),
            )
            for place, line in enumerate(draft.stated, start=1)
        ],
    )


def differences(draft: ClaimDraft) -> Iterator[str]:
    """How the supported claim of ``draft`` differs from the stated one."""
    return unlike(draft.lines, draft.stated)


def unlike(lines: Sequence[Billed], billed_lines: Sequence[Billed]) -> Iterator[str]:
    """Supported and not billed, billed and not supported; both directions alike."""
    if not billed_lines or not lines:
        return
    supported, stated = _units_by_code(lines), _units_by_code(billed_lines)
    for code in [code for code in supported if code not in stated]:
        yield f"{code} is supported, and the note does not bill it"
    for code in [code for code in stated if code not in supported]:
        yield f"{code} is billed by the note, and nothing in it supports that"
    for code, units in supported.items():
        billed = stated.get(code)
        if None not in (billed, units) and billed != units:
            yield f"{code}: units billed by the note {billed}, supported {units}"


def unbilled(draft: ClaimDraft) -> Iterator[str]:
    """Minutes that were given and earned nothing."""
    for row in draft.certificate.ledger if draft.certificate else ():
        if not row.units:
            yield f"{row.code}, {row.minutes} min: no unit earned; counted in the total"


def sureness(confidence: float) -> str:
    """The confidence as a percentage, where it should make a coder look twice."""
    return f"{confidence:.0%}" if confidence < _SURE else ""


def count(value: int | None) -> str:
    """A number, or a question mark where it is not known."""
    return "?" if value is None else str(value)


def by(performer: str) -> str:
    """Who gave a service, where it was not the therapist."""
    return "" if performer == "therapist" else performer


def _units_by_code(lines: Iterable[Billed]) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for line in lines:
        before = found.get(line.code, 0)
        known = before is not None and line.units is not None
        found[line.code] = (before or 0) + (line.units or 0) if known else None
    return found


def _title(code: str) -> str:
    try:
        return diagnosis(code).title
    except UnknownCode:
        return ""
