"""Excludes1: codes the tabular list says never stand together, with the note that says so."""

from collections.abc import Iterator
from dataclasses import dataclass

from model.codes import icd10cm
from model.codes.diagnoses import diagnosis


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Why two diagnoses do not stand together, unless they are unrelated conditions.

    Source: ICD-10-CM Official Guidelines, section I.A.12.a.

    Attributes:
        code: The diagnosis whose branch carries the note.
        excluded: The diagnosis the note names.
        at: Node the note stands at; it holds for everything below.
        text: The note.
    """

    code: str
    excluded: str
    at: str
    text: str


def excludes1(a: str, b: str) -> Exclusion | None:
    """The note that keeps ``a`` and ``b`` apart, whichever of them it stands at.

    A note holds for every code below the place it stands at. A reference names a code with all
    below it, a range, or codes with a given character ("I69. with final characters -20").

    Raises:
        UnknownCode: Either is in no release we hold.
    """
    one, other = diagnosis(a).code, diagnosis(b).code
    return next(_between(one, other), None) or next(_between(other, one), None)


def _between(code: str, excluded: str) -> Iterator[Exclusion]:
    plain, target = code.replace(".", ""), excluded.replace(".", "")
    for at in diagnosis(code).chain:
        for low, high, place, chars, text in icd10cm.exclusions(at):
            named = (low, high, place, chars)
            # A code inside the range itself is what the note sends people to, not what it bars.
            if _is_named(target, *named) and not _is_named(plain, *named):
                yield Exclusion(code=code, excluded=excluded, at=at, text=text)


def _is_named(plain: str, low: str, high: str, place: int | None, chars: str) -> bool:
    if not (low <= plain[: len(low)] and plain[: len(high)] <= high):
        return False
    if not chars:
        return True
    return plain.endswith(chars) if place is None else plain[place:].startswith(chars)
