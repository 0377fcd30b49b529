"""A question to the therapist, and what is wrong with one that leads."""

from dataclasses import dataclass
from enum import StrEnum

from model.records.span import Span


class Leading(StrEnum):
    """How a query leads."""

    PRESUMES = "presumes"
    FISHES = "fishes"
    PAYMENT = "payment"
    CODE = "code"
    NEW_FACT = "new_fact"
    OPTIONS = "options"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A neutral question about one finding, ready for a person to read and send.

    Attributes:
        text: The whole question. It quotes the note: handle it like the note itself.
        evidence: Words of the note it quotes, in the order it quotes them.
        rule_id: The rule whose finding it asks about.
    """

    text: str
    evidence: tuple[Span, ...] = ()
    rule_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Words by which a query leads.

    Attributes:
        span: Where in the query they stand.
        kind: How they lead.
        why: The same for a person, quoting nothing.
    """

    span: Span
    kind: Leading
    why: str
