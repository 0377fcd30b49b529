"""The specificity ladder: side, dominance, stroke sequela, 7th character. Deterministic.

Source: ICD-10-CM Official Guidelines, sections I.A.5, I.B.13, I.C.6.a (dominance), I.C.9.d
(sequelae of cerebrovascular disease), I.C.19.a (7th characters).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from model.codes.diagnoses import billable_under, diagnosis, is_billable
from model.codes.laterality import Side, other_sides, side
from model.errors import UnknownCode
from model.extract.phrases import HANDED
from model.strict_yaml import load

_STROKE = re.compile(
    r"\b(?:cva|stroke|[lr]cva|infarct\w*|ischemic event|mca|lacunar)\b", re.IGNORECASE
)
_BLEED = re.compile(
    r"\b(?:ich|intracerebral h\w+|hemorrhagic (?:stroke|cva)|sah|bleed)\b", re.IGNORECASE
)
_WEAK_SIDE = re.compile(
    r"\b(?P<side>left|right|l|r|lt|rt)[\s-]+(?:(?:sided?|spastic|flaccid|mild|mod|moderate|dense|non-?dominant|dominant|body|ue|le|upper|lower|side|residual)[\s-]+){0,3}"
    r"(?:hemi\w*|weak\w*|paresis|plegia|neglect|inattention)",
    re.IGNORECASE,
)
_HEMI_SIDE_AFTER = re.compile(
    r"hemi(?:paresis|plegia)?\s*(?:,|\()?\s*(?P<side>left|right|l|r)\b", re.IGNORECASE
)


_WEAKNESS = re.compile(r"\bhemi(?:p|\b)|\b[lr] hemi|one-sided weak", re.IGNORECASE)


BOTH = "both"
_AMBIDEXTROUS = re.compile(r"\bambidext", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Patient:
    """What the note says about the person that codes depend on.

    Attributes:
        dominant: left, right, both (ambidextrous), or None where handedness is not told.
        stroke: ``infarct``, ``bleed`` or None.
    """

    dominant: str | None
    stroke: str | None


def patient(text: str) -> Patient:
    """Dominance and stroke history as the note tells them."""
    found = HANDED.search(text)
    hand = next((group for group in found.groups() if group), None) if found else None
    if _AMBIDEXTROUS.search(text):
        hand = BOTH
    stroke = "infarct" if _STROKE.search(text) else None
    if _BLEED.search(text):
        stroke = "bleed"
    return Patient(dominant=_word(hand) if hand else None, stroke=stroke)


def affected_side(words: str, sides: frozenset[str], text: str = "") -> str | None:
    """Which side is weak: the side that stands before the weakness, not the side of the brain."""
    for where in (words, text):
        found = _WEAK_SIDE.search(where) or _HEMI_SIDE_AFTER.search(where)
        if found:
            return _word(found["side"])
    named = sides - {"bilateral"}
    return next(iter(named)) if len(named) == 1 else None


def specific(
    code: str, words: str, sides: frozenset[str], who: Patient, text: str, on: date
) -> str:
    """``code`` brought to the side, dominance and episode the note gives.

    The result is billable on the date of service, or ``code`` unchanged where nothing fits.
    """
    code = _hemiplegic(code, words, who)
    code = _after_stroke(code, who)
    code = _hemiplegia(code, words, sides, who, text) or code
    # A heading of several sides has none itself: its plainest code below does.
    return _billable(_sided(_billable(code, on), sides), on)


def asks_for(code: str) -> str | None:
    """The axis of specificity ``code`` leaves open, or None."""
    try:
        return "laterality" if side(code) is Side.UNSPECIFIED else None
    except UnknownCode:
        return None


@cache
def _sequelae() -> dict[str, Any]:
    return dict(load(files("model") / "policies" / "codes" / "stroke_sequelae.yaml"))


def _hemiplegic(code: str, words: str, who: Patient) -> str:
    """Words that name the stroke and the weak side mean the hemiplegia, no "other sequela"."""
    if who.stroke and code.startswith(("I69", "I63", "I61", "G81")) and _WEAKNESS.search(words):
        return "G81.9"
    return code


def _after_stroke(code: str, who: Patient) -> str:
    """A deficit of a stroke is coded as its sequela."""
    if who.stroke is None:
        return code
    table = _sequelae()
    family = table["families"][who.stroke]
    for prefix, rest in table["deficits"].items():
        if code.startswith(prefix):
            return str(family) + str(rest)
    for acute in table["acute"]:
        if code.startswith(acute):
            return f"{family}98"
    if code.startswith("I69.") and not code.startswith(str(family)) and who.stroke == "bleed":
        return str(family) + code[len(family) :]
    return code


def _hemiplegia(
    code: str, words: str, sides: frozenset[str], who: Patient, text: str
) -> str | None:
    """The code of a hemiplegia by side and dominance; the left defaults to non-dominant."""
    if not re.match(r"I69\.[0-9][345]|G81\.[019]|G83\.[123]", code):
        return None
    weak = affected_side(words, sides, text)
    stem, is_sequela = (code[:6], True) if code.startswith("I69") else (code[:5], False)
    if weak is None:
        return f"{stem}9" if is_sequela else f"{stem}0"
    dominant = who.dominant in (weak, BOTH) if who.dominant else weak == "right"
    digit = {("right", True): 1, ("left", True): 2, ("right", False): 3, ("left", False): 4}
    return f"{stem}{digit[weak, dominant]}"


def _sided(code: str, sides: frozenset[str]) -> str:
    """The same condition on the side the note names; the unspecified one where it names none."""
    try:
        known = other_sides(code)
    except UnknownCode:
        return code
    if not known:
        return code
    if "bilateral" in sides or {"left", "right"} <= sides:
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
    return (plain or below or [code])[0]


def _word(side_word: str) -> str:
    return {"l": "left", "r": "right", "b": BOTH}[side_word[0].lower()]
