"""What the templates of a chart are given: records with all worded; templates decide nothing."""

from dataclasses import dataclass
from typing import Literal

from service.ui.evidence import Piece

Tone = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several things to pick; ``number`` is the key that picks it, from 1."""

    number: int
    value: str
    label: str
    detail: str = ""
    is_taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """A link to words of the note.

    Attributes:
        anchor: Id of the marked piece.
        quote: The words, shortened for a tooltip.
    """

    anchor: str
    says: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """What a rule says, under the element it affects.

    Attributes:
        key: Names it within the chart, for forms.
        overridden: Who set it aside and why, in words; empty while it stands.
    """

    key: str
    rule: str
    severity: str
    message: str
    missing: tuple[str, ...] = ()
    query: str = ""
    evidence: tuple[EvidenceView, ...] = ()
    overridden: str = ""
    asks_kx: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line of the claim as it stands now.

    Attributes:
        key: Stable name in forms and addresses.
        number: Its place, from 1; shown beside its evidence.
        verdict: Empty while undecided, else ``accepted``, ``changed``, ``rejected``, ``added``.
        decided: The verdict in words, with its reason.
        pointers: Letters of its diagnoses.
        changes: What differs from the proposal, in words.
        sureness: Words about confidence, only where a coder should look twice.
    """

    key: str
    number: int
    code: str
    caption: str
    units: int | None
    minutes: int | None
    modifiers: tuple[str, ...]
    performed_by: str
    pointers: tuple[str, ...]
    tone: Tone
    verdict: str = ""
    decided: str = ""
    changes: tuple[str, ...] = ()
    sureness: str = ""
    abstention: str = ""
    is_added: bool = False
    evidence: tuple[EvidenceView, ...] = ()
    findings: tuple[FindingView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisView:
    """A diagnosis of the claim; ``letter`` is how lines point at it."""

    key: str
    letter: str
    code: str
    title: str
    tone: Tone
    verdict: str = ""
    decided: str = ""
    sureness: str = ""
    asks_for: str = ""
    evidence: tuple[EvidenceView, ...] = ()
    findings: tuple[FindingView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRowView:
    """One code's minutes and what became of them."""

    code: str
    therapist: int
    assistant: int
    whole_units: int
    remainder: int
    extra_units: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateView:
    """Why the minutes are so many units, in words and as the ledger."""

    earned: str
    close: str
    ledger: tuple[LedgerRowView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """Something that happened to a chart: when, who, what, and in whose words."""

    at: str
    who: str
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryView:
    """A question to the therapist; ``answer`` is None while it is open."""

    key: str
    text: str
    answer: str | None
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseView:
    """Who holds the chart; ``minutes`` is how long yet, unless they go on."""

    holder: str
    until: str
    minutes: int
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """The whole review screen of one encounter.

    Attributes:
        tag: Changes whenever what is shown does; sent back with every form.
        marks: Changes whenever the marks of the note do.
        is_waiting: Parked or flagged: taken up again before it goes on.
        newer_reading: Number of a reading the review is not on yet.
        can_pass: Whether a reason can pass over every open point.
        undoes: What an undo would take back, in words; empty where there is nothing.
        place: Where it stands among the charts that wait.
        list_address: Where the list is that it was opened from.
        role: What it is opened for, where that is not the first review.
        taken_over: That somebody took it over from who looks, in words; empty where nobody did.
    """

    id: str
    address: str
    list_address: str
    role: str
    taken_over: str
    title: str
    status: str
    facts: tuple[tuple[str, str], ...]
    inferred: tuple[str, ...]
    tag: str
    is_final: bool
    is_waiting: bool
    newer_reading: int | None
    is_columnar: bool
    pieces: tuple[Piece, ...]
    kinds: tuple[str, ...]
    marks: str
    lines: tuple[LineView, ...]
    diagnoses: tuple[DiagnosisView, ...]
    findings: tuple[FindingView, ...]
    differences: tuple[str, ...]
    abstentions: tuple[tuple[str, str], ...]
    certificate: CertificateView | None
    queries: tuple[QueryView, ...]
    events: tuple[EventView, ...]
    open_points: tuple[str, ...]
    green_count: int
    can_pass: bool
    reasons: tuple[Choice, ...]
    lease: LeaseView | None
    may_decide: bool
    undoes: str
    next_address: str
    previous_address: str
    place: str

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be changed: the claim is final, or deciding is somebody else's."""
        return self.is_final or self.is_others

    @property
    def is_others(self) -> bool:
        """Whether deciding is somebody else's, by their lease or by their role."""
        is_held = self.lease is not None and not self.lease.is_mine
        return is_held or not self.may_decide

    @property
    def every_finding(self) -> tuple[FindingView, ...]:
        """All findings, wherever they stand."""
        of_lines = (found for line in self.lines for found in line.findings)
        of_diagnoses = (found for each in self.diagnoses for found in each.findings)
        return (*self.findings, *of_lines, *of_diagnoses)
