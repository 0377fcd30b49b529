"""Diagnosis phrases in a normal form: abbreviations written out, sides and clutter set aside."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

from model.parse.folding import folded

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[/&+]")
_SIDES = {
    "left": "left", "l": "left", "lt": "left", "right": "right", "r": "right", "rt": "right",
    "bilateral": "bilateral", "bilat": "bilateral", "b": "bilateral", "bil": "bilateral",
    "both": "bilateral", "bilaterally": "bilateral",
}  # fmt: skip
_CLUTTER = frozenset(
    """s p sp status post the a an of in to and or with w for on at is was has had pt patient dx
    diagnosis tx medical treatment primary secondary per md hx history due secondary chronic acute
    mild moderate severe onset since x wks weeks mo months days ago yr yrs old y o male female
    referred eval evaluation presents presenting following after from & / + by as his her their this
    that who injury""".split()  # noqa: SIM905 - a list of words reads best
)
_GRAMS = (3, 4)


HANDED = re.compile(
    r"\b(?P<side>r|l|right|left)[\s-]*(?:hand(?:ed)?(?:[\s-]*dom\w*)?|hd\b|h\.?d\.?(?=\W)|dominant)"
    r"|\bhand(?:ed)?(?:ness)?(?:\s*dominance)?\s*[:=]\s*(?P<after>r|l|right|left)\b"
    r"|\bdom(?:inant)?\s*(?:hand|side|ue)?\s*[:=]\s*(?P<dom>r|l|right|left)\b",
    re.IGNORECASE,
)
"""Words that tell which hand a person uses; they say nothing about the side of a condition."""
_DOMINANCE = re.compile(
    r"\bhand(?:ed)?[\s-]+dom\w*|\bhanded\b|\bdominant\s*[:=]|\bd?hd\b|h\.d\.", re.IGNORECASE
)


def without_handedness(words: str) -> str:
    """``words`` without what they say about the dominant hand."""
    return HANDED.sub(
        lambda m: " " if _DOMINANCE.search(m.group()) or m["after"] or m["dom"] else m.group(),
        words,
    )


@cache
def abbreviations() -> dict[str, str]:
    """Shorthand to plain words, lower case."""
    path = files("model") / "policies" / "codes" / "abbreviations.csv"
    with path.open("r", encoding="utf-8") as file:
        return {row["short"]: row["long"] for row in csv.DictReader(file)}


def expanded(phrase: str) -> list[str]:
    """The words of ``phrase`` with every known abbreviation written out."""
    known = abbreviations()
    plain = folded(phrase).replace("s/p", "status post").replace("w/", "with ")
    found: list[str] = []
    for match in _WORD.finditer(plain):
        word = match.group()
        found.extend(known.get(word, word).split())
    return found


def sides(phrase: str) -> frozenset[str]:
    """The sides ``phrase`` names: left, right, bilateral."""
    return frozenset(
        _SIDES[match.group()]
        for match in re.finditer(r"[a-z]+", folded(phrase).replace("'", " "))
        if match.group() in _SIDES
    )


def terms(phrase: str) -> list[str]:
    """The words that carry the meaning: expanded, without sides and clutter."""
    return [
        word
        for word in expanded(phrase)
        if word not in _CLUTTER and word not in _SIDES and len(word) > 1
    ]


def grams(phrase: str) -> Iterator[str]:
    """Words and the character n-grams inside them, by which phrases are compared."""
    own = terms(phrase)
    for word in own:
        yield f"w:{word}"
        padded = f"^{word}$"
        for size in _GRAMS:
            yield from (padded[i : i + size] for i in range(max(len(padded) - size + 1, 1)))
    yield from (f"b:{a}_{b}" for a, b in pairwise(own))
