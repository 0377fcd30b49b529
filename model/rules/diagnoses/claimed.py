"""The diagnoses of a claim as rules look at them."""

import re
from collections.abc import Iterable
from functools import lru_cache

from model.codes import diagnoses, icd10cm
from model.codes.diagnoses import Diagnosis
from model.codes.exclusions import Exclusion, excludes1
from model.codes.laterality import Side
from model.codes.laterality import side as named_side
from model.errors import UnknownCode
from model.records import Case

_UNSPECIFIED = "unspecified"
_ONE_SIDED = re.compile(r"\b(?:right|left)\b")
_SIDED = re.compile(r"\b(?:right|left|bilateral)\b")
_SITE = " site"
"""In titles of a condition that can sit anywhere, where a side is not the first question."""


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


@lru_cache(maxsize=4096)
def leaves_side_open(code: str) -> bool:
    """Whether ``code`` names no side though the same condition has sides (M25.569, M18.9)."""
    named = side(code)
    if named is not None:
        return named is Side.UNSPECIFIED
    found = find(code)
    if found is None or not found.billable or _UNSPECIFIED not in found.title.lower():
        return False
    beside = [diagnoses.diagnosis(other).title.lower() for other in _beside(found)]
    if any(_SITE in title for title in (found.title.lower(), *beside)):
        return False
    sided = sum(bool(_SIDED.search(title)) for title in beside)
    return 2 * sided > len(beside) and any(_ONE_SIDED.search(title) for title in beside)


def _beside(found: Diagnosis) -> list[str]:
    """The codes under the same category or subcategory; none where only a block is above."""
    parent = found.chain[1]
    return [] if "-" in parent else [c for c in icd10cm.below(parent) if c != found.code]


@lru_cache(maxsize=8192)
def exclusion(a: str, b: str) -> Exclusion | None:
    """The Excludes1 note that keeps two known codes apart, or None."""
    return excludes1(a, b) if find(a) and find(b) else None


def begins(code: str, stems: Iterable[str]) -> bool:
    """Whether ``code`` is one of ``stems`` or stands below it, as prefixes go."""
    return code.startswith(tuple(stems))
