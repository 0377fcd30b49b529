"""Whether a phrase and a code's title qualify the condition alike: finger, level, severity, course.

Similar wording ranks "index finger" beside "little finger"; on these axes one excludes the other.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

from model.extract.phrases import plain
from model.strict_yaml import load

_BESIDE = ("finger", "displacement", "severity", "course", "extent")
_SHARED, _CONTRARY, _UNASKED = 1.05, 0.72, 0.97
# What a title tells of its own accord is nothing a note left out: "left hand" is an upper limb.
_TOLD_BY_SIDE = ("limb",)
# The neck of a bone is no cervical region.
_BONE_NECK = re.compile(
    r"\b(?P<bone>femoral|femur|hip|metacarpal|humeral|humerus|radial|surgical) neck\b"
    r"|\bneck(?= of | fracture)"
)


def agreement(phrase: str, title: str) -> float:
    """A weight for the match of ``phrase`` with a code's ``title``: above 1 where they agree.

    Args:
        phrase: The condition as the note says it, abbreviations written out.
        title: The code's title.
    """
    weight = 1.0
    said, meant = members(phrase), members(title)
    for axis, titled in meant.items():
        named = said.get(axis, frozenset())
        if not named:
            weight *= 1.0 if axis in _TOLD_BY_SIDE else _UNASKED
        elif named & titled:
            weight *= _SHARED
        else:
            weight *= _CONTRARY
    return weight


# Titles come again and again, a note's phrases once for every code they are held against.
@lru_cache(maxsize=4096)
def members(words: str) -> dict[str, frozenset[str]]:
    """What ``words`` name on each axis they speak of."""
    pattern, owners = _pattern()
    found: dict[str, set[str]] = {}
    for match in pattern.finditer(_BONE_NECK.sub(r"\g<bone>", plain(words))):
        axis, member = owners[match.group()]
        found.setdefault(axis, set()).add(member)
    return {axis: frozenset(named) for axis, named in found.items()}


@cache
def qualifying_words() -> frozenset[str]:
    """Single words that qualify a condition and name no condition themselves."""
    return frozenset(
        spelling
        for axis, by_member in _axes().items()
        if axis in _BESIDE
        for spellings in by_member.values()
        for spelling in spellings
        if spelling.isalpha()
    )


@cache
def _axes() -> dict[str, dict[str, list[str]]]:
    return load(files("model.extract").joinpath("qualifiers.yaml"))


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    owners = {
        plain(spelling): (axis, member)
        for axis, by_member in _axes().items()
        for member, spellings in by_member.items()
        for spelling in spellings
    }
    longest_first = sorted(owners, key=len, reverse=True)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, longest_first))})(?![a-z])"), owners
