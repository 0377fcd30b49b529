"""The days a release is published for."""

import re
from datetime import date, timedelta

from model.codes.releases import releases
from model.errors import ImportRefused
from model.policy_folder import Period

_QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")


def quarter_of(day: date) -> Period:
    """The calendar quarter a day lies in."""
    return _months(day.year, (day.month - 1) // 3 * 3 + 1, 3)


def year_of(year: int) -> Period:
    """A calendar year."""
    return _months(year, 1, 12)


def fiscal_year(year: int) -> Period:
    """The federal fiscal year, by which diagnosis codes are released: from October before it."""
    return _months(year - 1, 10, 12)


def named(period: Period) -> str:
    """A release in words: ``2026Q3``, ``2026``, or its first day."""
    first, _ = period
    if period == quarter_of(first):
        return f"{first.year}Q{(first.month + 2) // 3}"
    return str(first.year) if period == year_of(first.year) else f"from {first}"


def asked(written: str, file: str) -> Period:
    """The period a person names: a quarter, a year, or a first day (to the end of its quarter).

    Raises:
        ImportRefused: It is none of these.
    """
    if found := _QUARTER.fullmatch(written):
        return _months(int(found[1]), int(found[2]) * 3 - 2, 3)
    if _YEAR.fullmatch(written):
        return year_of(int(written))
    try:
        return quarter_of(date.fromisoformat(written))
    except ValueError:
        reason = f"--release wants 2026Q3, 2026 or 2026-07-01, not {written[:20]!r}"
        raise ImportRefused(file, reason) from None


def asked_quarter(written: str, file: str) -> Period:
    """The quarter a person names, for tables that are published by the quarter.

    Raises:
        ImportRefused: It is no quarter, nor a day of one.
    """
    if _YEAR.fullmatch(written):
        raise ImportRefused(file, f"comes by the quarter; say --release {written}Q1, for example")
    return asked(written, file)


def refuse_older(table: str, period: Period, file: str) -> None:
    """Stop at a release that ends before the one in use: it would take knowledge away.

    Raises:
        ImportRefused: It is older.
    """
    held = releases().get(table)
    if held is not None and period[1] < held.covers_to:
        reason = f"is the release to {period[1]}; {held.title} is held to {held.covers_to} already"
        raise ImportRefused(file, reason)


def _months(year: int, month: int, count: int) -> Period:
    first = date(year, month, 1)
    beyond = month - 1 + count
    return first, date(year + beyond // 12, beyond % 12 + 1, 1) - timedelta(days=1)
