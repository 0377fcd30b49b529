"""Find procedure codes by words of their captions, or by how the code begins."""

import re
from datetime import date

from model.codes.procedures import Procedure, procedures
from model.extract.phrases import expanded
from model.records import Discipline
from service.codes.records import CodeKind, FoundCode

_CODE = re.compile(r"[A-Za-z]?[0-9]{1,5}[A-Za-z]?")


def find_procedures(
    query: str, on: date, *, discipline: Discipline | None, most: int
) -> tuple[FoundCode, ...]:
    """Procedures in force on the day that ``query`` names, up to ``most``.

    By code; those a discipline usually furnishes come first where one is given.
    """
    wanted = query.strip()
    if _CODE.fullmatch(wanted):
        found = [each for each in procedures(on) if each.code.startswith(wanted.upper())]
    else:
        words = frozenset(expanded(wanted))
        found = [each for each in procedures(on) if words and _holds(each, words)]
    found.sort(key=lambda each: discipline is not None and discipline not in each.disciplines)
    return tuple(_found(each) for each in found[:most])


def _holds(found: Procedure, words: frozenset[str]) -> bool:
    said = expanded(f"{found.caption} {found.family.replace('_', ' ')}")
    return all(any(each.startswith(word) for each in said) for word in words)


def _found(found: Procedure) -> FoundCode:
    return FoundCode(
        code=found.code,
        kind=CodeKind.PROCEDURE,
        caption=found.caption,
        detail="timed" if found.timed else "untimed",
        disciplines=found.disciplines,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
    )
