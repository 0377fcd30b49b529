"""Durations in every form therapists write them, with what the words around them say they are."""

import re
from collections.abc import Iterator

from model.records import Duration, DurationKind, Span

WORDS = {
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "two": 2, "three": 3, "four": 4, "one": 1,
}  # fmt: skip
_FRACTIONS = {"half": 30, "quarter": 15}
_TENS = "twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_SPELLED = rf"(?:(?:{_TENS})(?:[-\s](?:{_ONES}))?|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
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
    r"(?!\s?\d{1,2}\s?(?:\"|in\b|x\b))(?!\s?x\b)(?![\w\"])"
)
_WRITTEN = re.compile(
    rf"\b(?<!-to-)(?<!-on-)(?P<w>{_SPELLED})(?:\s*\(\d+\))?[\s\u2010-\u2013-]*{_MINUTE}",
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
    rf"(?<![\d./:-])\b(?P<n>\d{{1,3}}|{_SPELLED})\s*(?:{_MINUTE}\s*)?"
    r"(?:of (?:it|them|those|which) )?(?:were |was )?"
    r"(?:timed|untimed|total|tot\b|billable|direct|tx\b(?! ?plan)|treatment|in all\b|altogether)",
    re.IGNORECASE,
)
_SPELLED_AFTER = re.compile(
    r"\b(?:timed|untimed|total|minutes|another|treatment|session)\b[a-z ,:]{0,24}?"
    rf"\b(?P<w>{_SPELLED})\b(?=\s*(?:[.,;)]|$|and\b|timed|total))",
    re.IGNORECASE | re.MULTILINE,
)
_BARE = re.compile(
    rf"(?<![\w./:#$+<>=~^'*-])(?<!\b[x@]\s)(?P<n>\d{{1,3}}|{_SPELLED})"
    r"(?=\s*(?:[,;)\]|\n\r]|:(?!\d)|\.(?!\d)|$|and\b|\+|--?\s|then\b|of [a-z]))",
    re.IGNORECASE | re.MULTILINE,
)
# "timed/total 45/50", "direct/tx min: 40/45".
_PAIRED = re.compile(
    r"\b(?:timed|direct|billable|1:1)\s?/\s?(?:total|tx|treatment|session)[a-z ]{0,12}[:=]?\s*"
    r"(?P<n>\d{1,3})\s?/\s?(?P<m>\d{1,3})\b",
    re.IGNORECASE,
)
# A number that opens a line ("22 wc: ramp", "38 / 42", "35 35 tot") or follows "first".
_OPENING = re.compile(
    r"^[\s(]*(?P<n>\d{1,3})\)?(?=\s*[/=]\s*\d|\s+\d{1,3}\b|\s{1,5}[a-z(]|\s*\||\s*$)", re.MULTILINE
)
_SECOND = re.compile(r"^[\s(]*\d{1,3}\s*[/= ]\s*(?:tot\s+)?(?P<n>\d{1,3})(?=\s|$)", re.MULTILINE)
_PART = re.compile(
    r"\b(?:first|additional|another|remaining|further)\s+(?P<n>\d{1,2})\b(?!\s*(?:reps|x\b|%|visits|sessions|weeks|days))",
    re.IGNORECASE,
)
_FEWEST_BARE, _MOST_BARE = 5, 150
_CLOCK = (
    r"(?P<{0}h>[01]?\d|2[0-3]):?(?P<{0}m>[0-5]\d)\s*(?P<{0}p>[ap]\.?\s?m?\.?(?![a-z]))?(?:\s?hrs)?"
)
_JOIN = r"\s*(?:-|\u2013|\u2014|\u2192|->|in[,;]|to|until|till|thru|through|/|\|)\s*"
_OUT = (
    r"[\s,;|/.-]*(?:(?:and|time|was|were|we|he|she)\s*)*(?:out|stop|end|ended|finish|finished|stopped|left"
    r"|back|done|departed|over|discharged?|to|until)(?:\s*time)?\s*(?:by|at|:|=|-)?\s*"
)
_RANGE = re.compile(
    r"(?<![\d./:-])"
    + _CLOCK.format("a")
    + "(?:"
    + _JOIN
    + "|"
    + _OUT
    + ")"
    + _CLOCK.format("b")
    + r"(?![\d/])",
    re.IGNORECASE,
)
DAY = 24 * 60
LONGEST_SESSION = 8 * 60


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
    yield from _clocks(text)
    yield from _timed(text)
    yield from _summed(text)
    for match in _COUNTED.finditer(text):
        yield _plain(match, int(match["n"]), DurationKind.COUNTED)
    for pattern in (_PART, _OPENING, _SECOND, _BARE):
        yield from _bare(pattern, text)


def _timed(text: str) -> Iterator[Duration]:
    """Numbers with their own unit: hours, minutes, primes."""
    for match in _HOURS.finditer(text):
        part = _FRACTIONS.get((match["f"] or "").lower(), int(match["m"] or 0))
        yield _plain(match, round(60 * _hours(match["h"])) + part)
    for match in _MINUTES.finditer(text):
        yield _plain(match, round(float(match["n"])))
    for match in _WRITTEN.finditer(text):
        yield _plain(match, _spelled(match["w"]))
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


def _bare(pattern: re.Pattern[str], text: str) -> Iterator[Duration]:
    """Numbers that may be minutes; whoever reads the words around them decides."""
    for match in pattern.finditer(text):
        bare = _number(match, "n", DurationKind.BARE)
        if _FEWEST_BARE <= bare.minutes <= _MOST_BARE:
            yield bare


def _number(match: re.Match[str], group: str, kind: DurationKind = DurationKind.PLAIN) -> Duration:
    """The number alone, whose words around it made it a duration."""
    written = match[group]
    minutes = int(written) if written.isdigit() else _spelled(written)
    return Duration(span=Span(*match.span(group)), minutes=minutes, kind=kind)


def _plain(match: re.Match[str], minutes: int, kind: DurationKind = DurationKind.PLAIN) -> Duration:
    return Duration(span=Span(*match.span()), minutes=minutes, kind=kind)


def _clocks(text: str) -> Iterator[Duration]:
    for match in _RANGE.finditer(text):
        if (
            ":" not in match.group()
            and not re.search(
                r"(?:time|in|from|at|start|hrs|tx|session)\W*$", text[: match.start()][-14:], re.I
            )
            and not match["ap"]
            and not match["bp"]
            and len(re.sub(r"\D", "", match.group())) < 8
        ):
            continue
        start, end = _day_minutes(match)
        minutes = (end - start) % (12 * 60 if not match["bp"] and int(match["ah"]) <= 12 else DAY)
        if 0 < minutes <= LONGEST_SESSION:
            yield Duration(
                span=Span(*match.span()),
                minutes=minutes,
                kind=DurationKind.CLOCK,
                start_minute=start,
            )


def _day_minutes(match: re.Match[str]) -> tuple[int, int]:
    """Start and end in minutes of the day; a missing am or pm is taken from the other end."""
    marks = [(match[f"{side}p"] or "").lower()[:1] for side in "ab"]
    if marks[1] and not marks[0]:
        # "11:40-12:25p": the start keeps the afternoon only when it does not pass the end.
        later = int(match["ah"]) % 12 * 60 + int(match["am"]) <= int(match["bh"]) % 12 * 60 + int(
            match["bm"]
        )
        marks[0] = marks[1] if later else "a"
    return (
        _minute(match["ah"], match["am"], marks[0]),
        _minute(match["bh"], match["bm"], marks[1]),
    )


def _minute(hour: str, minute: str, half: str) -> int:
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    return hours * 60 + int(minute)


def _hours(written: str) -> float:
    lowered = written.lower()
    if lowered.startswith(("half", "a half", "\u00bd")):
        return 0.5
    if "quarter" in lowered:
        return 0.75 if lowered.startswith("three") else 0.25
    return float({"an": 1, "one": 1, "two": 2, "three": 3}.get(lowered, lowered))


def _spelled(words: str) -> int:
    return sum(WORDS[word] for word in re.split(r"[-\s]+", words.lower()))


_DISTANCE = re.compile(
    r"\b(?:amb|ambulat\w*|walk\w*|distance|propel\w*|feet|ft)\b[^.;\n]{0,30}\Z", re.IGNORECASE
)


def _is_distance(text: str, match: re.Match[str]) -> bool:
    """A prime after a walked number is feet."""
    return int(match["n"]) >= 20 and bool(_DISTANCE.search(text[: match.start()][-45:]))
