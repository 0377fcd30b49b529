"""Charges written with short names in place of codes: "TE 2 / MT 1", "1 nmr 1 ta 1 gait"."""

import re
from collections.abc import Iterator

from model.records import Span, StatedLine

_CODES = {
    "97110": ("te", "ther ex", "therex", "ex"),
    "97112": ("nmr", "nmre", "nre", "neuro re-ed"),
    "97116": ("gt", "gait"),
    "97140": ("mt", "man", "manual"),
    "97150": ("grp", "group"),
    "97530": ("ta", "ther act", "theract"),
    "97535": ("adl", "sc", "self care", "self-care"),
    "97010": ("mhp", "cp"),
    "97035": ("us",),
}
"""Short names by code; those that two codes share (stim, evaluation) are left to the reader."""
_OWNERS = {name: code for code, names in _CODES.items() for name in names}
_NAME = "|".join(sorted(map(re.escape, _OWNERS), key=len, reverse=True))
_COUNT = r"[1-6](?!\d)"
_NAME_FIRST = re.compile(
    rf"\b(?P<name>{_NAME})\s?[x\u00d7-]?\s?(?P<units>{_COUNT})u?\b", re.IGNORECASE
)
_COUNT_FIRST = re.compile(
    rf"\b(?P<units>{_COUNT})u?\s?[x\u00d7]?\s?(?P<name>{_NAME})\b", re.IGNORECASE
)
_LEAD = re.compile(r"^\W*(?:(?:units?|billed|bill|chg|charges?|codes?)\b\W*)?", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")
_BETWEEN = re.compile(r"(?:GP|GO|GN|units?|[\s,;/|+&.()])*", re.IGNORECASE)
_LEAST = 2


def named_charges(text: str) -> Iterator[StatedLine]:
    """The charges of lines that hold nothing else, and two charges or more."""
    for line in _LINE.finditer(text):
        lead = _LEAD.match(line.group())
        start = line.start() + (lead.end() if lead else 0)
        for form in (_NAME_FIRST, _COUNT_FIRST):
            found = list(form.finditer(text, start, line.end()))
            if len(found) >= _LEAST and _is_all(text, start, line.end(), found):
                yield from map(_charge, found)
                break


def _is_all(text: str, start: int, end: int, found: list[re.Match[str]]) -> bool:
    """Whether from ``start`` to ``end`` nothing is said but the charges ``found``."""
    begins = [*(match.start() for match in found), end]
    ends = [start, *(match.end() for match in found)]
    return all(
        _BETWEEN.fullmatch(text, last, begin) for last, begin in zip(ends, begins, strict=True)
    )


def _charge(match: re.Match[str]) -> StatedLine:
    return StatedLine(
        code=_OWNERS[match["name"].lower()],
        units=int(match["units"]),
        minutes=None,
        modifiers=(),
        span=Span(*match.span()),
    )
