"""What a stroke left: the person's dominant hand, the weak side, and the sequela's code.

Source: ICD-10-CM Official Guidelines, sections I.C.6.a (dominance) and I.C.9.d (sequelae of
cerebrovascular disease).
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from model.extract.phrases import handedness
from model.strict_yaml import load

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
    stroke = "infarct" if is_told(_STROKE, text) else None
    if is_told(_BLEED, text):
        stroke = "bleed"
    return Patient(dominant=_word(hand) if hand else None, stroke=stroke)


def _named_stroke(words: str) -> str | None:
    """The kind of stroke that the words themselves name; they know better than the note around."""
    is_infarct, is_bleed = _INFARCT.search(words), _BLEED.search(words)
    if bool(is_infarct) == bool(is_bleed):
        return None
    return "infarct" if is_infarct else "bleed"


def is_told(pattern: re.Pattern[str], text: str) -> bool:
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


def sequela(code: str, words: str, sides: frozenset[str], who: Patient, text: str) -> str:
    """``code`` as what a stroke left, where the note tells of one; else with its weak side."""
    who = replace(who, stroke=_named_stroke(words) or who.stroke) if who.stroke else who
    code = _after_stroke(_hemiplegic(code, words, who), who)
    return _hemiplegia(code, words, sides, who, text) or code


@cache
def _sequelae() -> dict[str, Any]:
    return dict(load(files("model") / "policies" / "codes" / "stroke_sequelae.yaml"))


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


def _word(side_word: str) -> str:
    return {"l": "left", "r": "right", "b": BOTH}[side_word[0].lower()]
