"""What reviewers decide. A decision is one act, by one person, at one moment; none is ever edited.

The review of an encounter is the fold of its decisions, in order, over a reading of its note
(``service.reviews.fold``). Acts name lines and diagnoses by their keys in that review.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from model.records.claim import ClaimDraft
from model.records.encounter import Encounter
from model.records.span import Span


class Verdict(StrEnum):
    """What became of one line or diagnosis."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"
    ADDED = "added"


class OverrideReason(StrEnum):
    """Why a suggestion or a finding was set aside."""

    NOT_DOCUMENTED = "not_documented"
    NOT_PERFORMED = "not_performed"
    WRONG_CODE = "wrong_code"
    WRONG_MINUTES = "wrong_minutes"
    COUNTED_ELSEWHERE = "counted_elsewhere"
    NOT_SKILLED = "not_skilled"
    DOCUMENTED_ELSEWHERE = "documented_elsewhere"
    PAYER_INSTRUCTION = "payer_instruction"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterReading:
    """An encounter as received, with the draft made of it.

    Attributes:
        number: 1 for the first reading of the encounter; a changed encounter is read again.
    """

    number: int
    encounter: Encounter
    draft: ClaimDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """Lines or diagnoses stand as they are shown."""

    keys: tuple[str, ...]
    kind: Literal["accept"] = "accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line or a diagnosis stands, with other values; None leaves a value as it is.

    Attributes:
        diagnoses: Codes the line points at, first-listed first.
    """

    key: str
    code: str | None = None
    units: int | None = None
    minutes: int | None = None
    modifiers: tuple[str, ...] | None = None
    performed_by: str | None = None
    diagnoses: tuple[str, ...] | None = None
    kind: Literal["change"] = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A line or a diagnosis does not stand; ``note`` says more, and must where it is ``other``."""

    key: str
    reason: OverrideReason
    note: str = ""
    kind: Literal["reject"] = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddLine:
    """A line the draft does not have, with the words of the note that support it."""

    code: str
    units: int | None
    minutes: int | None = None
    modifiers: tuple[str, ...] = ()
    performed_by: str = "therapist"
    diagnoses: tuple[str, ...] = ()
    evidence: Span
    kind: Literal["add_line"] = "add_line"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDiagnosis:
    """A diagnosis the draft does not have, listed last, with the words that support it."""

    code: str
    evidence: Span
    kind: Literal["add_diagnosis"] = "add_diagnosis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorder:
    """Diagnoses in another order: those named come first, in the order they are named."""

    keys: tuple[str, ...]
    kind: Literal["reorder"] = "reorder"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestKx:
    """A named person states that the services of ``keys`` are necessary beyond the threshold."""

    by: str
    on: date
    keys: tuple[str, ...]
    statement: str = ""
    kind: Literal["attest_kx"] = "attest_kx"

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise ValueError("an attestation needs the name of who attests")


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A finding is set aside; it comes back when it says something else.

    Attributes:
        key: The line or diagnosis the finding stands under; None for the claim as a whole.
        message: What the finding said when it was set aside.
    """

    rule_id: str
    key: str | None
    message: str
    reason: OverrideReason
    note: str = ""
    kind: Literal["override"] = "override"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTherapist:
    """A query to the therapist; ``rule_id`` and ``key`` say which finding it came from."""

    text: str
    rule_id: str | None = None
    key: str | None = None
    kind: Literal["query"] = "query"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer:
    """What the therapist answered to the query ``key``."""

    key: str
    text: str
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagToQa:
    """The chart is put before quality assurance."""

    text: str
    kind: Literal["flag"] = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A remark for whoever reviews next."""

    text: str
    kind: Literal["comment"] = "comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Park:
    """The chart waits, until a day where one is given."""

    text: str
    until: date | None = None
    kind: Literal["park"] = "park"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """A parked or flagged chart is taken up again."""

    kind: Literal["resume"] = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopt:
    """The review goes on with a newer reading; verdicts on lines that did not change are kept."""

    reading: int
    kind: Literal["adopt"] = "adopt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finalize:
    """The claim is final. A reason leaves out what is undecided and passes over open points."""

    reason: OverrideReason | None = None
    note: str = ""
    kind: Literal["finalize"] = "finalize"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """A final claim is opened again; it stands until the next one is final."""

    text: str
    kind: Literal["amend"] = "amend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """The last act that still holds no longer does; both stay in the history."""

    kind: Literal["undo"] = "undo"


Act = (
    Accept
    | Change
    | Reject
    | AddLine
    | AddDiagnosis
    | Reorder
    | AttestKx
    | Override
    | AskTherapist
    | RecordAnswer
    | FlagToQa
    | Comment
    | Park
    | Resume
    | Adopt
    | Finalize
    | Amend
    | Undo
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """One act in the history of a review.

    Attributes:
        number: 1 for the first decision of the review, then one more each time.
        reading: Number of the reading it was decided on.
        made_by: Id of the reviewer.
    """

    number: int
    reading: int
    made_by: str
    made_at: datetime
    act: Act
