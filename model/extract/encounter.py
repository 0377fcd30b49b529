"""What the EHR did not send and the note says: discipline, kind of note, date of service."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from model.codes.procedures import find
from model.extract.people import signer
from model.records import Discipline, Encounter, NoteKind, ParsedNote, SignerRole

_MODIFIERS = {"GP": Discipline.PT, "GO": Discipline.OT, "GN": Discipline.SLP}
_TITLES = (
    (NoteKind.REEVALUATION, r"\bre-?\s?eval(?:uation)?\b"),
    (NoteKind.RECERTIFICATION, r"\bre-?\s?cert(?:ification)?\b|updated plan of care"),
    (
        NoteKind.DISCHARGE,
        r"\b(?:discharge|d/c|dc)\s+(?:summary|note|report|eval\w*)\b|^\W*discharge\b",
    ),
    (NoteKind.PROGRESS, r"\bprogress\s+(?:report|note|summary|update)\b|\b10th[- ]visit\b"),
    (
        NoteKind.EVALUATION,
        r"\b(?:initial\s+)?(?:eval(?:uation)?)\b(?!\s+(?:by|per|from|on|date|next|scheduled))"
        r"|\bconsult(?:ation)?\b(?!\s+(?:by|per|from|with|to))"
        r"|\breason for (?:consult\w*|referral)\b"
        r"|\b(?:first|initial) visit\b",
    ),
    (NoteKind.DAILY, r"\b(?:daily|treatment|visit|session|tx|soap)\s+(?:note|encounter)\b"),
)
_KIND = r"(?:initial |re-?)?(?:eval(?:uation)?|daily|note|tx|treatment|session|progress)"
_WORDS = {
    Discipline.OT: rf"\b(?:occupational therap\w+|OT {_KIND}|skilled OT|pt to OT)\b",
    Discipline.PT: rf"\b(?:physical therap\w+|PT {_KIND}|skilled PT)\b",
    Discipline.SLP: r"\b(?:speech(?:-language)? (?:therap\w+|patholog\w+)|SLP"
    rf"|ST {_KIND}|skilled ST)\b",
}
_SERVICE_DAY = re.compile(
    r"\b(?:dos|date of service|date|visit date|seen|service date)\b[\s:#-]*$", re.IGNORECASE
)
# A note's own date stands near its top, or beside the signature.
_HEAD = 160


@dataclass(frozen=True, slots=True)
class Completed:
    """An encounter with what could be inferred, and the names of the inferred fields."""

    encounter: Encounter
    inferred: tuple[str, ...]


def complete(
    encounter: Encounter, note: ParsedNote, *, fallback: date, earliest: date = date.min
) -> Completed:
    """``encounter`` with discipline, kind and date read from ``note`` where they are missing.

    Args:
        encounter: As received.
        note: Its note, parsed.
        fallback: Date of service to read policy at when nobody says one.
        earliest: A day before this is no date of service we can judge: an accident, a birth, an
            old note whose day the EHR did not send.
    """
    found: dict[str, Any] = {}
    if encounter.discipline is None and (discipline := discipline_of(note)) is not None:
        found["discipline"] = discipline
    if encounter.note_kind is None:
        found["note_kind"] = kind_of_note(note)
    if encounter.date_of_service is None:
        told = day_of(note)
        found["date_of_service"] = told if told is not None and told >= earliest else fallback
    return Completed(replace(encounter, **found), tuple(found))


def discipline_of(note: ParsedNote) -> Discipline | None:
    """Whose note it is: by its signer, by stated modifiers and codes, by its words."""
    author = signer(note)
    if author is not None and author.discipline and author.role is not SignerRole.PHYSICIAN:
        return Discipline(author.discipline)
    billed = Counter(
        _MODIFIERS[m] for line in note.stated_lines for m in line.modifiers if m in _MODIFIERS
    )
    if billed:
        return billed.most_common(1)[0][0]
    for line in note.stated_lines:
        procedure = find(line.code)
        if procedure is not None and len(procedure.disciplines) == 1:
            return Discipline(procedure.disciplines[0])
    spoken = Counter(
        {d: len(re.findall(pattern, note.text, re.IGNORECASE)) for d, pattern in _WORDS.items()}
    )
    best, count = spoken.most_common(1)[0]
    if count:
        return best
    named = [s.discipline for s in note.signatures if s.discipline]
    return Discipline(named[-1]) if named else None


def discipline_of_services(codes: Iterable[str]) -> Discipline | None:
    """The one discipline that furnishes every one of ``codes``; None when several could.

    Swallowing and feeding are the speech pathologist's unless somebody says otherwise.
    """
    possible = set(Discipline)
    known = [found for code in codes if (found := find(code)) is not None]
    for procedure in known:
        possible &= {Discipline(name) for name in procedure.disciplines}
    if known and all(p.code.startswith("92") for p in known) and Discipline.SLP in possible:
        return Discipline.SLP
    return possible.pop() if known and len(possible) == 1 else None


def kind_of_note(note: ParsedNote) -> NoteKind:
    """What the note is for, by its title; a treatment note when it does not say."""
    head = note.text.lstrip()[:_HEAD]
    for kind, pattern in _TITLES:
        if re.search(pattern, head, re.IGNORECASE):
            return kind
    return NoteKind.DAILY


def day_of(note: ParsedNote) -> date | None:
    """The date of service the note gives: a labelled one, else one at its head or foot."""
    for span, day in note.dates:
        if _SERVICE_DAY.search(note.text[max(0, span.start - 20) : span.start]):
            return day
    first_line = note.text.lstrip().split("\n", 1)[0]
    for span, day in note.dates:
        if span.end <= len(first_line) + 40:
            return day
    last = note.dates[-1] if note.dates else None
    if last and last[0].start > len(note.text) - 120:
        return last[1]
    return None
