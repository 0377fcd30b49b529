"""What stands around a review: which one it is, and who has it open."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Track(StrEnum):
    """Which review of an encounter: the first, a blind second, or the one that settles both."""

    FIRST = "first"
    SECOND = "second"
    ADJUDICATION = "adjudication"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """Somebody took a chart from whoever had it open, before their lease had ended.

    Attributes:
        by: Account id.
        name: The name of that account, to show.
    """

    by: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Somebody has a chart open.

    Attributes:
        holder: Account id.
        name: The holder's name, to show.
        until: When it ends, unless it is renewed.
    """

    holder: str
    name: str
    until: datetime
