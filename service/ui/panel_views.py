"""What the templates of drawer and banner are given."""

from dataclasses import dataclass

from service.ui.evidence import Piece
from service.ui.views import Choice, EvidenceView, FindingView


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    """What stands behind a line, and the codes it could have been."""

    quotes: tuple[EvidenceView, ...]
    facts: tuple[tuple[str, str], ...]
    neighbours: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExampleView:
    """A case of a rule, and whether it is flagged."""

    name: str
    flags: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule as a card.

    Attributes:
        values: Name and value of each parameter it reads, as of the date of service.
    """

    id: str
    title: str
    severity: str
    does: str
    authority: str
    locator: str
    values: tuple[tuple[str, str], ...]
    examples: tuple[RuleExampleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckView:
    """What rules and the unit count say of a line as it would be.

    Attributes:
        refused: Why it could not be so; empty where it could.
    """

    refused: str = ""
    earned: str = ""
    close: str = ""
    findings: tuple[FindingView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LintView:
    """A query with its leading words marked, and what is wrong with each."""

    pieces: tuple[Piece, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """Two versions met: what happened, and the two ways on.

    Attributes:
        again: Where the same form is sent to once more; empty where that makes no sense.
        fields: What it held.
    """

    heading: str
    words: str
    keep: str
    again: str = ""
    insist: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneView:
    """The chart that was finalized just before, so that it can be taken back from here.

    Attributes:
        tag: The state it was left in; an undo takes back that and nothing later.
    """

    address: str
    tag: str
    words: str
