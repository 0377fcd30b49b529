"""What the note itself bills: codes with units, modifiers and minutes, and ICD-10-CM codes."""

import re
from collections.abc import Iterator

from model.parse.charge_names import named_charges
from model.parse.spelled import number_of
from model.parse.tables import row_cells
from model.records import Duration, DurationKind, Span, StatedDiagnosis, StatedLine

_CODE = re.compile(
    r"(?<![\w.$#-])(?:CPT\s?)?(?P<code>9[0-9]{4}|20560|20561|29\d{3}|G0\d{3}|G2\d{3}|S\d{4}|L\d{4})"
    r"(?![\d.]\d|(?![x\u00d7]\s?\d)\w|-\d{4}\b)",
    re.IGNORECASE,
)
_MODIFIERS = "GP|GO|GN|KX|CQ|CO|59|XE|XS|XP|XU|GA|GX|GY|GZ|52|76|77|95|93|96|97"
_MODIFIER = re.compile(rf"(?<![\w.])(?:{_MODIFIERS})(?![\w.%]|\s*min)")
# Forms that are minutes by themselves, without a reader's judgement.
_SAID = frozenset({DurationKind.PLAIN, DurationKind.CLOCK})
# The words between two codes that still belong to the first one.
_REACH = 90
_SPELLED_UNITS = "one|two|three|four|five|six"
_NO_UNITS = r"(?!\d|\s*(?:min|'|/\d|\.\d|%))"
_UNITS = (
    re.compile(r"(?<![\d.])(?P<n>\d{1,2})\s*(?:units?|u)\b", re.IGNORECASE),
    re.compile(r"\bunits?\"?\s*(?:billed\s*)?[:=x-]?\s*(?P<n>\d{1,2})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<n>{_SPELLED_UNITS})\s+units?\b", re.IGNORECASE),
    # "x2", "GP x2.", "25 min x 2 GP".
    re.compile(rf"(?<!\w)[x\u00d7*]\s?(?P<n>\d){_NO_UNITS}(?!\s?reps)", re.IGNORECASE),
    # "97140-2", "97110 GP 2".
    re.compile(r"^-(?P<n>\d)(?![\d-])"),
    re.compile(rf"^(?:[ ,-]+(?:{_MODIFIERS})\b)+[ ,]+(?P<n>\d){_NO_UNITS}(?!x)"),
    # "97530 / 16 / 1 GP", "97166 eval, mod 1 GO": the units just before the discipline.
    re.compile(r"^\s*[|/]\s*\d{1,3}\s*[|/]\s*(?P<n>\d)\b"),
    re.compile(r"(?<![\d./-])(?P<n>\d)\s+(?:GP|GO|GN)\b"),
    re.compile(r"^(?:[ ,-]+(?:GP|GO|GN|CQ|CO|KX))*\s+\d{1,3}\s+(?P<n>\d)\b(?!\s*(?:min|'))"),
    re.compile(r"^\s*(?:[A-Z -]{0,12})?\((?P<n>\d)\)"),
    # "97035 1, 97033 1", "97110 GP one, 16 min", "97167 eval, high   1", "----19----1----GP".
    re.compile(r"^\s+(?P<n>\d)\s*(?:\((?:GP|GO|GN)\))?\W*$"),
    re.compile(rf"^(?:[ ,-]+(?:{_MODIFIERS})\b)*\s+(?P<n>{_SPELLED_UNITS})\b(?=\W*$|[,;.])"),
    re.compile(r"[a-z]\s{2,}(?P<n>\d)\s*$"),
    re.compile(r"(?<=-)(?P<n>\d)-+(?:GP|GO|GN)\b"),
)
_UNITS_BEFORE = re.compile(
    r"(?:(?<![\d.])(?P<n>\d{1,2})\s*(?:units?|u)\s*(?:of|x)?|(?<![\d./])(?P<x>\d)\s?[x\u00d7])\s*(?:CPT\s*)?$",
    re.IGNORECASE,
)
_UNTICKED = re.compile(r"(?:\[\s*\]|\(\s*\)|\u2610|\u25a1|__+)\s*(?:CPT\s*)?$", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not billed|no charge|not charged|non-?billable)\b"
    r"|^\W*(?:\w+\W+){0,3}(?:held(?! at)|deferred|denied)\b",
    re.IGNORECASE,
)
_ICD = re.compile(r"(?<![\w.-])(?P<code>[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?![\w-]|\.\d)")
_ICD_NEEDS_CONTEXT = re.compile(r"^[A-Z]\d\d$")


def stated_lines(text: str, durations: tuple[Duration, ...]) -> tuple[StatedLine, ...]:
    """The lines the note bills, in the order it names them; a code named twice is one line."""
    by_key: dict[tuple[str, tuple[str, ...]], StatedLine] = {}
    written = tuple(_lines(text, durations))
    # Names stand for codes only where no code is written.
    for line in written or named_charges(text):
        key = (line.code, tuple(m for m in line.modifiers if m in {"CQ", "CO"}))
        known = by_key.get(key) or by_key.get((line.code, ()))
        if known is None:
            by_key[key] = line
        elif known.units is None or (line.units is not None and known.minutes is None):
            merged = StatedLine(
                code=line.code,
                units=line.units if line.units is not None else known.units,
                minutes=line.minutes if line.minutes is not None else known.minutes,
                modifiers=line.modifiers or known.modifiers,
                span=line.span if line.units is not None else known.span,
            )
            by_key.pop((known.code, tuple(m for m in known.modifiers if m in {"CQ", "CO"})), None)
            by_key[key] = merged
    return tuple(sorted(by_key.values(), key=_place))


def _place(line: StatedLine) -> tuple[int, int]:
    return (line.span.start, line.span.end) if line.span else (0, 0)


def _lines(text: str, durations: tuple[Duration, ...]) -> Iterator[StatedLine]:
    codes = list(_CODE.finditer(text))
    for index, match in enumerate(codes):
        line_end = _line_end(text, match.end())
        following = codes[index + 1].start() if index + 1 < len(codes) else len(text)
        reach = min(line_end, following, match.end() + _REACH)
        line_start = text.rfind("\n", 0, match.start()) + 1
        before = text[max(line_start, match.start() - 24) : match.start()]
        after = text[match.end() : reach]
        if _UNTICKED.search(before) or _DENIED.search(after):
            continue
        units = _units(before, after, text, match, reach)
        minutes = _minutes(durations, match.end(), reach)
        yield StatedLine(
            code=match["code"].upper(),
            units=units,
            minutes=minutes,
            modifiers=tuple(dict.fromkeys(m.group() for m in _MODIFIER.finditer(after))),
            span=Span(match.start("code"), match.end() + len(after.rstrip(" ,;|+&\t\r"))),
        )


def _units(before: str, after: str, text: str, match: re.Match[str], reach: int) -> int | None:
    for pattern in _UNITS:
        found = pattern.search(after)
        if found:
            return number_of(found["n"])
    lead = _UNITS_BEFORE.search(before)
    if lead:
        return int(lead["n"] or lead["x"])
    for name, cell in row_cells(text, match.start()):
        if "unit" in name and cell.of(text).strip().isdigit() and cell.start < reach:
            return int(cell.of(text))
    return None


def _minutes(durations: tuple[Duration, ...], start: int, end: int) -> int | None:
    inside = [
        duration.minutes
        for duration in durations
        if start <= duration.span.start < end and duration.kind in _SAID
    ]
    return inside[0] if inside else None


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def stated_diagnoses(text: str) -> tuple[StatedDiagnosis, ...]:
    """The ICD-10-CM codes written in the note, each once."""
    found: dict[str, StatedDiagnosis] = {}
    for match in _ICD.finditer(text):
        code = match["code"]
        if _ICD_NEEDS_CONTEXT.match(code) and not re.search(
            r"(?:icd|dx|diagnos)[^\n]{0,40}$|[(\[]$",
            text[max(0, match.start() - 48) : match.start()],
            re.I,
        ):
            # C5, L4, T12: vertebrae and the like are not codes unless the words say so.
            continue
        found.setdefault(code, StatedDiagnosis(code=code, span=Span(*match.span("code"))))
    return tuple(found.values())
