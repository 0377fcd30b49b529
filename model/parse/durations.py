"""Durations in every form therapists write them, with what the words around them say they are."""

import re
from collections.abc import Iterator

from model.parse.bare_numbers import bare_numbers
from model.parse.clocks import LONGEST_SESSION, clocks
from model.parse.spelled import SPELLED, number_of
from model.records import Duration, DurationKind, Span

_FRACTIONS = {"half": 30, "quarter": 15}
_MINUTE = r"(?:minutes?|mins?|mns?|m(?=[\s,.;:)\]|/]|$))\b\.?"
_NUMBER = r"(?<![\d./:-])\d{1,4}(?:\.\d{1,2})?"
_HOUR_PART = r"(?:hours?|hrs?|h)\b\.?"
_DASH = r"[\u2010-\u2013-]"

_HOURS = re.compile(
    rf"(?P<h>{_NUMBER}|an|one|two|three|half an|half|a half|three[\s-]quarters of an"
    rf"|(?:a\s)?quarter(?: of an| an)?|\u00bd)[\s-]*{_HOUR_PART}"
    rf"(?:[\s,]*(?:and\s+)?(?P<m>\d{{1,2}})\s*-?\s*(?:{_MINUTE}|')|\s+and\s+a\s+(?P<f>half|quarter))?",
    re.IGNORECASE,
)
_MINUTES = re.compile(rf"(?P<n>{_NUMBER})(?:\s*\([a-z-]+\))?\s*{_DASH}?\s*{_MINUTE}", re.IGNORECASE)
_PRIME = re.compile(
    r"(?<![\d./:-])(?P<n>\d{1,2})\s?['\u2019\u2032]"
    r"(?![ \t]?\d{1,2}\s?(?:\"|in\b|x\b))(?!\s?x\b)(?![\w\"])"
)
_WRITTEN = re.compile(
    rf"\b(?<!-to-)(?<!-on-)(?P<w>{SPELLED})(?:\s*\(\d+\))?[\s\u2010-\u2013-]*{_MINUTE}",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?<![\w.])(?<!\s\d )[x\u00d7]\s?(?P<n>\d{1,2})"
    r"(?![\d.]*\w|\s?(?:reps?|ea\b|each|sets?|lbs?|#|%|/|ft|feet|sec|s\b|wks?|weeks?|days?|visits?|hrs?|times|[x\u00d7]))",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"\b(?:(?:total|tot|timed|untimed|tx|rx|treatment|direct|billable|code|session"
    r"|one[- ]on[- ]one|1:1)[\s-]+)*"
    r"(?:total|tot|timed|untimed|minutes?|mins?|time|duration|ttm)"
    r"(?:\s+(?:tx|rx|ot|pt|slp|st|treatment|time))?(?:\s*\((?:min|mins|minutes)\))?"
    r"\s*[:=-]?\s*(?P<n>\d{1,3})\b(?!\s*(?:[:/.]\d|[ap]m|%|units?|visits?|deg|sec|hrs?\b|hours?\b|wks?|weeks?))",
    re.IGNORECASE,
)
_TOTALLED = re.compile(
    rf"(?<![\d.:-])(?<!\d/)\b(?P<n>\d{{1,3}}|{SPELLED})\s*(?:{_MINUTE}\s*)?"
    r"(?:of (?:it|them|those|which) )?(?:were |was )?"
    r"(?:timed|untimed|total|tot\b|billable|direct|tx\b(?! ?plan)|treatment|in all\b|altogether)",
    re.IGNORECASE,
)
_SPELLED_AFTER = re.compile(
    r"\b(?:timed|untimed|total|minutes|another|treatment|session)\b[a-z ,:]{0,24}?"
    rf"\b(?P<w>{SPELLED})\b(?=\s*(?:[.,;)]|$|and\b|timed|total))",
    re.IGNORECASE | re.MULTILINE,
)
# "timed/total 45/50", "direct/tx min: 40/45".
_PAIRED = re.compile(
    r"\b(?:timed|direct|billable|1:1)\s?/\s?(?:total|tx|treatment|session)[a-z ]{0,12}[:=]?\s*"
    r"(?P<n>\d{1,3})\s?/\s?(?P<m>\d{1,3})\b",
    re.IGNORECASE,
)


def durations(text: str) -> tuple[Duration, ...]:
    """Every duration of ``text`` in order; where readings overlap, the longer words win."""
    found: list[Duration] = []
    for duration in _candidates(text):
        is_possible = 0 < duration.minutes <= LONGEST_SESSION
        if is_possible and not any(duration.span.overlaps(kept.span) for kept in found):
            found.append(duration)
    return tuple(sorted(found, key=lambda duration: duration.span))


def _candidates(text: str) -> Iterator[Duration]:
    """Readings from the surest form to the least sure."""
    yield from clocks(text)
    yield from _timed(text)
    yield from _summed(text)
    for match in _COUNTED.finditer(text):
        yield _plain(match, int(match["n"]), DurationKind.COUNTED)
    yield from bare_numbers(text)


def _timed(text: str) -> Iterator[Duration]:
    """Numbers with their own unit: hours, minutes, primes."""
    for match in _HOURS.finditer(text):
        part = _FRACTIONS.get((match["f"] or "").lower(), int(match["m"] or 0))
        yield _plain(match, round(60 * _hours(match["h"])) + part)
    for match in _MINUTES.finditer(text):
        yield _plain(match, round(float(match["n"])))
    for match in _WRITTEN.finditer(text):
        yield _plain(match, number_of(match["w"]))
    for match in _PRIME.finditer(text):
        if not _is_distance(text, match):
            yield _plain(match, int(match["n"]))


def _summed(text: str) -> Iterator[Duration]:
    """Numbers that words such as "timed" and "total" make minutes."""
    for match in _PAIRED.finditer(text):
        yield _number(match, "n")
        yield _number(match, "m")
    for match in _LABELLED.finditer(text):
        yield _number(match, "n")
    for match in _TOTALLED.finditer(text):
        yield _number(match, "n")
    for match in _SPELLED_AFTER.finditer(text):
        yield _number(match, "w")


def _number(match: re.Match[str], group: str) -> Duration:
    """The number alone, whose words around it made it a duration."""
    return Duration(
        span=Span(*match.span(group)),
        minutes=number_of(match[group]),
        kind=DurationKind.PLAIN,
    )


def _plain(match: re.Match[str], minutes: int, kind: DurationKind = DurationKind.PLAIN) -> Duration:
    return Duration(span=Span(*match.span()), minutes=minutes, kind=kind)


def _hours(written: str) -> float:
    lowered = written.lower()
    if lowered.startswith(("half", "a half", "\u00bd")):
        return 0.5
    if "quarter" in lowered:
        return 0.75 if lowered.startswith("three") else 0.25
    return float({"an": 1, "one": 1, "two": 2, "three": 3}.get(lowered, lowered))


_DISTANCE = re.compile(
    r"\b(?:amb|ambulat\w*|walk\w*|distance|propel\w*|feet|ft)\b[^.;\n]{0,30}\Z", re.IGNORECASE
)


def _is_distance(text: str, match: re.Match[str]) -> bool:
    """A prime after a walked number is feet."""
    return int(match["n"]) >= 20 and bool(_DISTANCE.search(text[: match.start()][-45:]))
