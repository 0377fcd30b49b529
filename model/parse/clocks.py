"""Stretches of the clock: "10:05-10:43", "in 1458, signed out 1550", "three to three twenty"."""

import re
from collections.abc import Iterator

from model.parse.spelled import ONES, TENS, number_of
from model.records import Duration, DurationKind, Span

DAY = 24 * 60
LONGEST_SESSION = 8 * 60
"""Minutes; what is longer is no session."""

_HOURS = r"[01]?\d|2[0-3]"
_HALF = r"[ap]\.?\s?m?\.?(?![a-z])"
# An hour may stand without its minutes only where am or pm follows.
_CLOCK = (
    rf"(?P<{{0}}h>{_HOURS})(?::?(?P<{{0}}m>[0-5]\d)|(?=\s?[ap]\.?m))"
    rf"\s*(?P<{{0}}p>{_HALF})?(?:\s?hrs)?"
)
_JOIN = r"\s*(?:-|\u2013|\u2014|\u2192|->|in[,;]|to|until|till|thru|through|/|\|)\s*"
_OUT = (
    r"[\s,;|/.-]*(?:(?:and|time|was|were|we|he|she|signed|clocked|door|patient|pt|ot|st|slp)\s*)*"
    r"(?:out|stop|end|ended|finish|finished|stopped|left"
    r"|back|done|departed|over|discharged?|to|until)(?:\s*time)?\s*(?:by|at|:|=|-)?\s*"
)
_RANGE = re.compile(
    rf"(?<![\d./:-]){_CLOCK.format('a')}(?:{_JOIN}|{_OUT}){_CLOCK.format('b')}(?![\d/])",
    re.IGNORECASE,
)
# "8:05 bike thru 8:15": what was done stands inside the stretch.
_AROUND_WORDS = re.compile(
    rf"(?<![\d./:-])(?P<ah>{_HOURS}):(?P<am>[0-5]\d)\s*(?P<ap>{_HALF})?\s+[^\n:]{{3,60}}?"
    rf"\s(?:until|till?|thru|through|to)\s+(?P<bh>{_HOURS}):(?P<bm>[0-5]\d)\s*(?P<bp>{_HALF})?(?![\d/])",
    re.IGNORECASE,
)
# "10-10:15" and "10-1030": the first hour without its minutes.
_FROM_THE_HOUR = re.compile(
    r"(?<![\d./:-])(?P<ah>1[0-2]|[1-9])\s?[-\u2013]\s?(?P<bh>1[0-2]|[1-9]):?(?P<bm>[0-5]\d)(?![\d/:])"
)
# "805-820 bike / 820-35 gait": jotted at a line's beginning, with no colon or the hour told once.
_JOTTED = re.compile(
    r"(?:^|[.,;]|\b(?:in-out|seen|time|tx|co-tx)\b:?)[ \t]*"
    r"(?P<all>(?P<ah>1[0-2]|[1-9])(?P<colon>:?)(?P<am>[0-5]\d)\s?[-\u2013]\s?(?P<bh>1[0-2]|[1-9])?:?(?P<bm>[0-5]\d))(?=\s|[,;)]|$)",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_JOTTED, _CHAINED = 120, 3
_HOUR_WORD = rf"(?:{ONES}|ten|eleven|twelve)"
_MINUTE_WORD = (
    rf"(?:(?:{TENS})(?:[-\s](?:{ONES}))?"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
_SPOKEN = re.compile(
    rf"\b(?P<ah>{_HOUR_WORD})(?:\so'clock)?(?:[-\s](?P<am>{_MINUTE_WORD}))?\s(?:to|until|till)\s"
    rf"(?P<bh>{_HOUR_WORD})[-\s](?P<bm>{_MINUTE_WORD})\b(?!\s?(?:min|reps|times|sec))",
    re.IGNORECASE,
)
_SAYS_CLOCK = re.compile(r"(?:time|in|from|at|start|hrs|tx|session)\W*$", re.IGNORECASE)


def clocks(text: str) -> Iterator[Duration]:
    """Each stretch with its minutes and the minute of the day it begins."""
    for pattern in (_RANGE, _AROUND_WORDS):
        for match in pattern.finditer(text):
            if _is_clock(text, match):
                start, end = _day_minutes(match)
                half_day = not match["bp"] and int(match["ah"]) <= 12
                yield from _stretch(match, start, (end - start) % (12 * 60 if half_day else DAY))
    for match in _FROM_THE_HOUR.finditer(text):
        start = int(match["ah"]) * 60
        minutes = (int(match["bh"]) * 60 + int(match["bm"]) - start) % (12 * 60)
        if minutes < 2 * 60:
            yield from _stretch(match, start, minutes)
    for match in _SPOKEN.finditer(text):
        start = number_of(match["ah"]) * 60 + (number_of(match["am"]) if match["am"] else 0)
        end = number_of(match["bh"]) * 60 + number_of(match["bm"])
        yield from _stretch(match, start, (end - start) % (12 * 60))
    yield from _jotted(text)


def _jotted(text: str) -> Iterator[Duration]:
    """Without a colon, only those that follow one another: "110-120" alone may be degrees."""
    found = []
    for match in _JOTTED.finditer(text):
        start = int(match["ah"]) * 60 + int(match["am"])
        end = int(match["bh"] or match["ah"]) * 60 + int(match["bm"])
        minutes = (end - start) % (12 * 60) if match["bh"] else end - start
        if 0 < minutes <= _LONGEST_JOTTED:
            found.append((match, start, minutes))
    for match, start, minutes in found:
        is_chained = any(
            0 <= other - (start + minutes) <= _CHAINED or 0 <= start - (other + length) <= _CHAINED
            for _, other, length in found
        )
        if match["colon"] or is_chained:
            yield from _stretch(match, start, minutes, group="all")


def _stretch(
    match: re.Match[str], start: int, minutes: int, *, group: str | int = 0
) -> Iterator[Duration]:
    if 0 < minutes <= LONGEST_SESSION:
        yield Duration(
            span=Span(*match.span(group)),
            minutes=minutes,
            kind=DurationKind.CLOCK,
            start_minute=start,
        )


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """Whether the numbers are times of day: a colon, am or pm, a word, or four digits each."""
    return bool(
        ":" in match.group()
        or match["ap"]
        or match["bp"]
        or len(re.sub(r"\D", "", match.group())) >= 8
        or _SAYS_CLOCK.search(text[: match.start()][-14:])
    )


def _day_minutes(match: re.Match[str]) -> tuple[int, int]:
    """Start and end in minutes of the day; a missing am or pm is taken from the other end."""
    marks = [(match[f"{side}p"] or "").lower()[:1] for side in "ab"]
    first, last = ((int(match[f"{side}h"]), int(match[f"{side}m"] or 0)) for side in "ab")
    if marks[1] and not marks[0]:
        # "11:40-12:25p": the start keeps the afternoon only when it does not pass the end.
        later = first[0] % 12 * 60 + first[1] <= last[0] % 12 * 60 + last[1]
        marks[0] = marks[1] if later else "a"
    return _minute(*first, marks[0]), _minute(*last, marks[1])


def _minute(hour: int, minute: int, half: str) -> int:
    return (hour % 12 + (12 if half == "p" else 0) if half else hour) * 60 + minute
