"""Codes that a first code brings along: the replaced joint, the kind of dysphagia, dementia.

Source: ICD-10-CM tabular, Z47.1 (use additional code), I69.-91, F02 (code first), G30.
"""

import re
from collections.abc import Iterator
from datetime import date

from model.codes.diagnoses import is_billable
from model.codes.laterality import Side, other_sides
from model.errors import UnknownCode
from model.extract.conditions import Stated
from model.suggest.specificity import specific
from model.suggest.strokes import Patient

_JOINTS = {
    "hip": "Z96.64",
    "knee": "Z96.65",
    "shoulder": "Z96.61",
    "elbow": "Z96.62",
    "ankle": "Z96.66",
    "wrist": "Z96.63",
}
_SHORTHAND = {
    "tka": "knee",
    "tkr": "knee",
    "tha": "hip",
    "thr": "hip",
    "tsa": "shoulder",
    "rtsa": "shoulder",
    "uka": "knee",
}


_DEMENTING = (
    (re.compile(r"\balzheimer|\bAD\b", re.IGNORECASE), "G30"),
    (re.compile(r"\blewy\b", re.IGNORECASE), "G31.83"),
    (re.compile(r"\bfrontotemporal\b|\bFTD\b", re.IGNORECASE), "G31.09"),
)
_ONSET = (
    (re.compile(r"\blate[\s-]onset", re.IGNORECASE), "G30.1"),
    (re.compile(r"\bearly[\s-]onset", re.IGNORECASE), "G30.0"),
)
_SEVERITY = {"mild": "A", "moderate": "B", "mod": "B", "severe": "C"}
_DISEASES = tuple(code for _, code in _DEMENTING)
_DEMENTIA = re.compile(r"\bdementia\b", re.IGNORECASE)


def companions(code: str, item: Stated, who: Patient, text: str, on: date) -> Iterator[str]:
    """The codes that stand beside ``code`` for the mention ``item``; often none."""
    if code == "Z47.1":
        yield from _replaced(item, who, text, on)
    elif code.startswith("Z96.6"):
        yield "Z47.1"
    elif code.startswith("I69.") and code[5:] == "91":
        kinds = (match.code for match in item.matches if match.code.startswith("R13.1"))
        yield from list(kinds)[:1]
    elif code.startswith("F02"):
        yield from _disease_of(item.words)
    elif code.startswith(_DISEASES) and _DEMENTIA.search(item.words):
        yield _dementia_of(item, on)
    if "bilateral" in item.sides:
        yield from _of_the_left(code)


def _of_the_left(code: str) -> Iterator[str]:
    """The left beside the right, where no code says both.

    Source: ICD-10-CM Official Guidelines, section I.B.13.
    """
    try:
        known = other_sides(code)
    except UnknownCode:
        return
    if code == known.get(Side.RIGHT) and Side.BILATERAL not in known and Side.LEFT in known:
        yield known[Side.LEFT]


def _replaced(item: Stated, who: Patient, text: str, on: date) -> Iterator[str]:
    """The artificial joint that the words name."""
    lowered = item.words.lower()
    for word, joint in (*_SHORTHAND.items(), *((j, j) for j in _JOINTS)):
        if word in lowered:
            yield specific(f"{_JOINTS[joint]}1", item.words, item.sides, who, text, on)
            return


def _disease_of(words: str) -> Iterator[str]:
    """The disease that the words of a dementia name with it."""
    for pattern, code in _DEMENTING:
        if pattern.search(words):
            onset = (known for told, known in _ONSET if told.search(words))
            yield next(onset, "G30.9") if code == "G30" else code
            return


def _dementia_of(item: Stated, on: date) -> str:
    """The dementia of a named disease by severity and behaviour, as the words tell them."""
    for match in item.matches:
        if match.code.startswith("F02") and is_billable(match.code, on):
            return match.code
    words = item.words.lower().split()
    severity = next((own for word, own in _SEVERITY.items() if word in words), "9")
    return f"F02.{severity}0"
