"""The specificity ladder: side, stroke sequela, 7th character. Deterministic.

Source: ICD-10-CM Official Guidelines, sections I.A.5, I.B.13, I.C.19.a (7th characters).
"""

import re
from datetime import date

from model.codes.diagnoses import billable_under, diagnosis, is_billable
from model.codes.laterality import Side, other_sides, side
from model.errors import UnknownCode
from model.suggest.falls import fall_code
from model.suggest.strokes import Patient, is_told, sequela

_NEGATED = r"\b(?:no|without|w/o|denies|not|never|neg)\b[^.;,\n]{0,40}"
_DYSKINESIA = re.compile(r"\bdyskinesi\w*", re.IGNORECASE)
_FLUCTUATION = re.compile(
    r"\bfluctuat\w*|\bwear(?:s|ing)[\s-]off|\b(?:on[/-])?off[\s-](?:episodes?|times?|periods?)",
    re.IGNORECASE,
)
_BEFORE_NEGATED = re.compile(_NEGATED + "$", re.IGNORECASE)
_PARKINSON = {(False, False): "A1", (False, True): "A2", (True, False): "B1", (True, True): "B2"}
_TYPE_ONE = re.compile(r"\btype\s?(?:1|one|i)\b|\bt1dm?\b|\bdm\s?1\b|\biddm\b", re.IGNORECASE)
_DEMENTING = re.compile(
    r"\b(?:(?i:alzheimer\w*|parkinson\w*|lewy|huntington\w*|frontotemporal)|AD|PD)\b"
)
_INITIAL = {"A": "D", "B": "E", "C": "F"}


def specific(
    code: str, words: str, sides: frozenset[str], who: Patient, text: str, on: date
) -> str:
    """``code`` brought to the side, dominance and episode the note gives.

    The result is billable on the date of service, or ``code`` unchanged where nothing fits.
    """
    code = _parkinson(code, text)
    code = _diabetic(code, text)
    code = _dementia(code, text)
    code = fall_code(code, words)
    code = sequela(code, words, sides, who, text)
    # A heading of several sides has none itself: its plainest code below does.
    return _billable(in_therapy(_sided(_billable(code, on), sides)), on)


def asks_for(code: str) -> str | None:
    """The axis of specificity ``code`` leaves open, or None."""
    try:
        return "laterality" if side(code) is Side.UNSPECIFIED else None
    except UnknownCode:
        return None


def _parkinson(code: str, text: str) -> str:
    """Parkinson's disease by what the note says of dyskinesia and of fluctuations.

    Source: ICD-10-CM tabular, G20: without mention of either it is G20.A1.
    """
    if not code.startswith("G20") or code == "G20.C":
        return code
    return f"G20.{_PARKINSON[_is_affirmed(_DYSKINESIA, text), _is_affirmed(_FLUCTUATION, text)]}"


def _is_affirmed(pattern: re.Pattern[str], text: str) -> bool:
    return any(
        not _BEFORE_NEGATED.search(text[max(0, match.start() - 48) : match.start()])
        for match in pattern.finditer(text)
    )


def _diabetic(code: str, text: str) -> str:
    """Diabetes is type 2 unless the note says otherwise (Official Guidelines, I.C.4.a.2)."""
    if code.startswith("E10") and not _TYPE_ONE.search(text):
        return f"E11{code[3:]}"
    return code


def _dementia(code: str, text: str) -> str:
    """Dementia in a disease the note names is F02 (ICD-10-CM tabular, F02: code first)."""
    if code.startswith("F03") and is_told(_DEMENTING, text):
        return f"F02{code[3:]}"
    return code


def in_therapy(code: str) -> str:
    """An injury in therapy is past its active treatment (Official Guidelines, I.C.19.a)."""
    if len(code) == 8 and code[0] in "STVWXY" and code[-1] in _INITIAL:
        return code[:-1] + _INITIAL[code[-1]]
    return code


def _sided(code: str, sides: frozenset[str]) -> str:
    """The same condition on the side the note names; the unspecified one where it names none."""
    try:
        known = other_sides(code)
    except UnknownCode:
        return code
    if not known:
        return code
    if "bilateral" in sides:
        return known.get(Side.BILATERAL) or known.get(Side.RIGHT, code)
    if {"left", "right"} <= sides:
        return known.get(Side.BILATERAL, code)
    for name in sides:
        if Side(name) in known:
            return known[Side(name)]
    return known.get(Side.UNSPECIFIED, code)


def _billable(code: str, on: date) -> str:
    """``code`` if it may be billed; else the plainest billable code below it."""
    if is_billable(code, on):
        return code
    below = [c for c in billable_under(code, on) if len(c) < 8 or c[-1] == "D"]
    plain = [c for c in below if "unspecified" in diagnosis(c).title.lower()]
    # Codes split since (G35 into G35.A, M54.5 into M54.50) were billed whole before.
    above = [code[:end].rstrip(".") for end in range(len(code) - 1, 2, -1)]
    whole = [c for c in above if is_billable(c, on)]
    return (plain or below or whole or [code])[0]
