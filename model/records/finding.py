"""What rules say."""

from dataclasses import dataclass
from enum import StrEnum

from model.records.span import Span


class Severity(StrEnum):
    """What a finding does to a claim draft."""

    BLOCKS = "blocks"
    WARNS = "warns"
    INFORMS = "informs"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage a person can open: a work listed in policies/sources.yaml, and the place in it."""

    work: str
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One thing a rule noticed. The engine stamps it with the rule's metadata.

    Attributes:
        message: Neutral and countable; names codes, minutes and dates, never note text.
        line: Index of the stated line it is about (of the supported ones when none is stated).
        diagnosis: The diagnosis code it is about; None when it is about no single one.
        missing: A smallest set of documentation elements that together clear the finding.
        instead: Other sets that clear it as well, none larger than it need be.
        query: A neutral question to the therapist; None when no question helps.
    """

    message: str
    line: int | None = None
    diagnosis: str | None = None
    evidence: tuple[Span, ...] = ()
    missing: tuple[str, ...] = ()
    instead: tuple[tuple[str, ...], ...] = ()
    query: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A flag with the authority behind it: which rule raised it, how grave, and on what basis."""

    rule_id: str
    severity: Severity
    citation: Citation
    flag: Flag
