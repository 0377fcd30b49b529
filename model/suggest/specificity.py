"""The specificity ladder: side, dominance, stroke sequela, 7th character. Deterministic.

Source: ICD-10-CM Official Guidelines, sections I.A.5, I.B.13, I.C.6.a (dominance), I.C.9.d
(sequelae of cerebrovascular disease), I.C.19.a (7th characters).
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from model.codes.diagnoses import billable_under, diagnosis, is_billable
from model.codes.laterality import Side, other_sides, side
from model.errors import UnknownCode
from model.extract.phrases import handedness
from model.strict_yaml import load
from model.suggest.falls import fall_code

_STROKE = re.compile(
    r"\b(?:cva|stroke|[lr]cva|infarct\w*|ischemic event|mca|lacunar)\b", re.IGNORECASE
)
_INFARCT = re.compile(r"\binfarct\w*|\bischemic|\blacunar|\bclot\b", re.IGNORECASE)
_BLEED = re.compile(
    r"\b(?:ich|intracerebral h\w+|hemorrhagic (?:stroke|cva)|sah|bleed)\b", re.IGNORECASE
)
_WEAK_SIDE = re.compile(
    r"\b(?P<side>left|right|l|r|lt|rt)[\s-]+"
    r"(?:(?:sided?|spastic|flaccid|mild|mod|moderate|dense|non-?dominant|dominant|dom|body|ue|le"
    r"|upper|lower|residual|arm|leg|face|hand|and|&|is|are|was|has|have|been|still|left|stayed)"
    r"[\s-]+){0,6}"
    r"(?:hemi\w*|weak\w*|paresis|plegia|neglect|inattention|limp|heavy)",
    re.IGNORECASE,
)
_HEMI_SIDE_AFTER = re.compile(
    r"hemi(?:paresis|plegia)?\s*(?:,|\(|of (?:the|his|her))?\s*(?P<side>left|right|l|r)\b",
    re.IGNORECASE,
)


_NOT_THEIRS = re.compile(
    r"\b(?:no|not|denies|denied|without|w/o|negative for|neg for|r/o|rule out|family|mother|father"
    r"|mom|dad|brother|sister|husband|wife|spouse|son|daughter)\b[^.;\n]*$",
    re.IGNORECASE,
)
_RULED_OUT = re.compile(r"\s*(?:was |has been )?(?:ruled out|r/o)", re.IGNORECASE)
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
_RELATIVE = re.compile(r"\b(?P<non>non[\s-]?)?dom(?:inant)?\b", re.IGNORECASE)


_WEAKNESS = re.compile(
    r"\bhemi(?:p|\b)|\b[lr] hemi|one-sided weak"
    r"|\b(?:side|sided|arm|leg)\b[\w\s&-]{0,24}\b(?:weak\w*|limp|heavy)\b"
    r"|\bweak\w*\b[\w\s-]{0,16}\b(?:left|right|one|that) side\b",
    re.IGNORECASE,
)
_LIMB_WEAKNESS = ("I69", "I63", "I61", "G81", "M62.81", "R53.1", "R29.898")


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
    hand = handedness(text)
    if _AMBIDEXTROUS.search(text):
        hand = BOTH
    stroke = "infarct" if _is_told(_STROKE, text) else None
    if _is_told(_BLEED, text):
        stroke = "bleed"
    return Patient(dominant=_word(hand) if hand else None, stroke=stroke)


def _named_stroke(words: str) -> str | None:
    """The kind of stroke that the words themselves name; they know better than the note around."""
    is_infarct, is_bleed = _INFARCT.search(words), _BLEED.search(words)
    if bool(is_infarct) == bool(is_bleed):
        return None
    return "infarct" if is_infarct else "bleed"


def _is_told(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the person of ``text`` is said to have had it: not denied, nor a relative's."""
    return any(
        not _NOT_THEIRS.search(text[max(0, match.start() - 32) : match.start()])
        and not _RULED_OUT.match(text, match.end())
        for match in pattern.finditer(text)
    )


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
    code = _parkinson(code, text)
    code = _diabetic(code, text)
    code = _dementia(code, text)
    code = fall_code(code, words)
    who = replace(who, stroke=_named_stroke(words) or who.stroke) if who.stroke else who
    code = _hemiplegic(code, words, who)
    code = _after_stroke(code, who)
    code = _hemiplegia(code, words, sides, who, text) or code
    # A heading of several sides has none itself: its plainest code below does.
    return _billable(in_therapy(_sided(_billable(code, on), sides)), on)


def asks_for(code: str) -> str | None:
    """The axis of specificity ``code`` leaves open, or None."""
    try:
        return "laterality" if side(code) is Side.UNSPECIFIED else None
    except UnknownCode:
        return None


@cache
def _sequelae() -> dict[str, Any]:
    return dict(load(files("model") / "policies" / "codes" / "stroke_sequelae.yaml"))


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
    if code.startswith("F03") and _is_told(_DEMENTING, text):
        return f"F02{code[3:]}"
    return code


def in_therapy(code: str) -> str:
    """An injury in therapy is past its active treatment (Official Guidelines, I.C.19.a)."""
    if len(code) == 8 and code[0] in "STVWXY" and code[-1] in _INITIAL:
        return code[:-1] + _INITIAL[code[-1]]
    return code


def _hemiplegic(code: str, words: str, who: Patient) -> str:
    """Words that name the stroke and the weak side mean the hemiplegia, no "other sequela"."""
    if who.stroke and code.startswith(_LIMB_WEAKNESS) and _WEAKNESS.search(words):
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
    relative = _RELATIVE.search(words)
    dominant = who.dominant in (weak, BOTH) if who.dominant else weak == "right"
    if relative is not None and who.dominant is None:
        dominant = relative["non"] is None
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


def _word(side_word: str) -> str:
    return {"l": "left", "r": "right", "b": BOTH}[side_word[0].lower()]
