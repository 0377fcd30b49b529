"""One question about codes of either kind."""

from datetime import date

from model.records import Discipline
from service.codes.diagnoses import diagnosis_search
from service.codes.procedures import find_procedures
from service.codes.records import CodeKind, FoundCode

MOST_FOUND = 30


def search_codes(
    query: str,
    on: date,
    *,
    kind: CodeKind | None = None,
    discipline: Discipline | None = None,
    most: int = MOST_FOUND,
) -> tuple[FoundCode, ...]:
    """Codes in force on the date of service that ``query`` names; procedures come first.

    Args:
        query: Words in any order, or the beginning of a code.
        on: The date of service.
        kind: Only procedures or only diagnoses; both where None.
        discipline: Whose procedures come first.
        most: Most codes of each kind.
    """
    found: list[FoundCode] = []
    if kind is not CodeKind.DIAGNOSIS:
        found += find_procedures(query, on, discipline=discipline, most=most)
    if kind is not CodeKind.PROCEDURE:
        found += diagnosis_search().find(query, on, most=most)
    return tuple(found)
