"""The diagnoses of a claim as rules look at them."""

from collections.abc import Iterable
from functools import lru_cache

from model.codes import diagnoses
from model.codes.diagnoses import Diagnosis
from model.codes.exclusions import Exclusion, excludes1
from model.codes.laterality import Side
from model.codes.laterality import side as named_side
from model.errors import UnknownCode
from model.records import Case


def stated(case: Case) -> tuple[str, ...]:
    """The diagnoses the claim states, first-listed first; those its lines point at otherwise."""
    pointed = (code for line in case.stated for code in line.diagnoses)
    return case.stated_diagnoses or tuple(dict.fromkeys(pointed))


def judged(case: Case) -> tuple[str, ...]:
    """The stated diagnoses; where a note states none, those it supports."""
    return stated(case) or case.supported_diagnoses


def find(code: str) -> Diagnosis | None:
    """The diagnosis on any day, or None where no release holds it."""
    try:
        return diagnoses.diagnosis(code)
    except UnknownCode:
        return None


@lru_cache(maxsize=4096)
def side(code: str) -> Side | None:
    """The side ``code`` names; None where it has none or is unknown."""
    return named_side(code) if find(code) else None


@lru_cache(maxsize=8192)
def exclusion(a: str, b: str) -> Exclusion | None:
    """The Excludes1 note that keeps two known codes apart, or None."""
    return excludes1(a, b) if find(a) and find(b) else None


def begins(code: str, stems: Iterable[str]) -> bool:
    """Whether ``code`` is one of ``stems`` or stands below it, as prefixes go."""
    return code.startswith(tuple(stems))
