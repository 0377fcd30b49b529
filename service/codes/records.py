"""What a search of codes finds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CodeKind(StrEnum):
    """Which of the two code sets."""

    PROCEDURE = "procedure"
    DIAGNOSIS = "diagnosis"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCode:
    """A code in force on the day it was asked for.

    Attributes:
        caption: Our words for a procedure, the tabular's title for a diagnosis.
        detail: What kind of code it is: timed or untimed for a procedure; for a diagnosis nothing.
        notes: Kind and text of the tabular's notes at the code and above it, nearest first.
    """

    code: str
    kind: CodeKind
    caption: str
    detail: str = ""
    disciplines: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    notes: tuple[tuple[str, str], ...] = ()
