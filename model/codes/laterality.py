"""Codes that say the same of the other side."""

import re
from enum import StrEnum
from functools import lru_cache

from model.codes import icd10cm
from model.codes.diagnoses import diagnosis


class Side(StrEnum):
    """Which side of the body a code's title names."""

    RIGHT = "right"
    LEFT = "left"
    BILATERAL = "bilateral"
    UNSPECIFIED = "unspecified"


_NAMED = re.compile(r"\b(right|left|bilateral)\b")
_UNNAMED = re.compile(r"\bunspecified\b(?!.*\bunspecified\b)")
"""The last "unspecified" of a title: an earlier one speaks of the condition, not of the side."""
_SILENT = re.compile(r"\b(unilateral|side|of|the|in|and|eyes?)\b|[^a-z0-9]+")
_BOTH = re.compile(r"\b(joint|limb|hip|knee|shoulder|hand|eye|ear|arm|leg)s\b")
_JOINT = re.compile(r"\bjoint hand$")
"""Both thumbs are "joints", one is a "joint" of a hand: M18.0 beside M18.12."""


def side(code: str) -> Side | None:
    """The side the title of ``code`` names.

    UNSPECIFIED only where the same condition has a code for a named side (M25.569, not M54.50);
    None where the code has no side at all.
    """
    named = _named(diagnosis(code).code)
    if named is Side.UNSPECIFIED and not other_sides(code):
        return None
    return named


def other_sides(code: str) -> dict[Side, str]:
    """The same condition by side, ``code`` itself included; empty when it has no side.

    Looks among its siblings, and one step above for a code that says both sides at once
    (M17.0 beside M17.11). A 7th character is kept.
    """
    return dict(_other_sides(code))


def is_pair(code: str, other: str) -> bool:
    """Whether the two say the same condition of the left and of the right."""
    known = other_sides(code)
    return {code, other} == {known.get(Side.LEFT), known.get(Side.RIGHT)}


@lru_cache(maxsize=4096)
def _other_sides(code: str) -> tuple[tuple[Side, str], ...]:
    full = diagnosis(code).code
    stem, seventh = _parts(full)
    if _named(full) is None:
        return _eyes(stem) if seventh else ()
    meaning = _meaning(full)
    found: dict[Side, str] = {}
    for name in _near(stem):
        named = _named(name)
        if named is not None and _meaning(name) == meaning:
            found.setdefault(named, icd10cm.extend(name, seventh) if seventh else name)
    return tuple(found.items()) if len(found) > 1 else ()


def _eyes(stem: str) -> tuple[tuple[Side, str], ...]:
    """Sides that a 7th character names, as those of diabetic retinopathy do."""
    named = (
        (_NAMED.findall(meaning.lower()), char) for char, meaning in icd10cm.meanings(stem).items()
    )
    found = {Side(words[0]): icd10cm.extend(stem, char) for words, char in named if words}
    return tuple(found.items()) if len(found) > 1 else ()


def _named(code: str) -> Side | None:
    title = _stem_title(code)
    words = set(_NAMED.findall(title))
    if len(words) == 1:
        return Side(words.pop())
    return Side.UNSPECIFIED if not words and _UNNAMED.search(title) else None


def _near(stem: str) -> tuple[str, ...]:
    """Siblings, and where one code says both sides at once, those one step above or below it."""
    parent = icd10cm.node(stem).parent or stem
    above = icd10cm.node(parent).parent
    beside = icd10cm.children(above) if above and len(parent) > 3 else ()
    siblings = icd10cm.children(parent)
    below = siblings if _named(stem) is Side.BILATERAL and len(parent) == 3 else ()
    return (
        *siblings,
        *(name for name in beside if _named(name) is Side.BILATERAL),
        *(name for sibling in below for name in icd10cm.children(sibling)),
    )


def _parts(code: str) -> tuple[str, str]:
    """A code without its 7th character, and that character."""
    parent = icd10cm.node(code).parent or code
    seventh = code[-1] if code[-1] in icd10cm.node(parent).sevenths and len(code) == 8 else ""
    return (parent, seventh) if seventh else (code, "")


def _stem_title(code: str) -> str:
    stem, _ = _parts(code)
    return icd10cm.node(stem).title.lower()


def _meaning(code: str) -> str:
    """The title of a code without the words that name its side."""
    title = _stem_title(code)
    pattern = _NAMED if _NAMED.search(title) else _UNNAMED
    words = " ".join(_SILENT.sub(" ", pattern.sub(" ", title)).split())
    return _JOINT.sub("joint", _BOTH.sub(r"\1", words))
