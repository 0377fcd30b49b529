"""Dates as therapists write them, month first; a year of two digits is of this century."""

import re
from datetime import date

from model.records import Span

_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<m>\d{1,2})(?P<s>[/-])(?P<d>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?![\d/-])"
)
_ISO = re.compile(r"(?<![\d-])(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WRITTEN = re.compile(
    rf"\b(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>20\d\d)\b",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?,?\s+(?P<y>20\d\d)\b",
    re.IGNORECASE,
)


def dates(text: str) -> tuple[tuple[Span, date], ...]:
    """Every full date of ``text`` with its place; impossible ones are left out."""
    found = []
    for pattern in (_ISO, _NUMERIC, _WRITTEN, _DAY_FIRST):
        for match in pattern.finditer(text):
            day = _date(match)
            if day is not None:
                found.append((Span(*match.span()), day))
    return tuple(sorted(found, key=lambda item: item[0]))


def _date(match: re.Match[str]) -> date | None:
    month = match["m"]
    number = int(month) if month.isdigit() else _MONTHS.index(month.lower()[:3]) + 1
    year = int(match["y"])
    try:
        return date(year if year > 99 else 2000 + year, number, int(match["d"]))
    except ValueError:
        return None
