"""Decisions as other programs send them; records stand behind them."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from pydantic.functional_validators import AfterValidator
from pydantic.types import Strict

from model.records import Span
from model.records.review import (
    Accept,
    Act,
    AddDiagnosis,
    AddLine,
    Adopt,
    Amend,
    AskTherapist,
    AttestKx,
    Change,
    Comment,
    Finalize,
    FlagToQa,
    Override,
    OverrideReason,
    Park,
    RecordAnswer,
    Reject,
    Reorder,
    Resume,
    Undo,
)
from service.reviews.errors import DecisionRefused
from service.wire.encounter import In
from service.wire.fields import (
    Day,
    DiagnosisCode,
    Minutes,
    ModifierCode,
    Name,
    ProcedureCode,
    Units,
    readable,
)

LONGEST_WORDS = 4_000
Key = Annotated[str, StringConstraints(pattern=r"^[a-z]?[0-9]{1,6}$")]
Words = Annotated[
    str, StringConstraints(max_length=LONGEST_WORDS, min_length=1), AfterValidator(readable)
]
Note = Annotated[str, StringConstraints(max_length=LONGEST_WORDS), AfterValidator(readable)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,60}$")]
Reason = Annotated[OverrideReason, Strict(False)]
Keys = Annotated[list[Key], Field(max_length=100)]
Modifiers = Annotated[list[ModifierCode], Field(max_length=8)]
Pointers = Annotated[list[DiagnosisCode], Field(max_length=12)]
Giver = Literal["therapist", "assistant"]
Number = Annotated[int, Field(ge=1, le=1_000_000)]


class SpanIn(In):
    """Words of the note: ``start <= i < end`` in Unicode code points."""

    start: Annotated[int, Field(ge=0, le=10_000_000)]
    end: Annotated[int, Field(ge=1, le=10_000_000)]

    def record(self) -> Span:
        """The span.

        Raises:
            DecisionRefused: It ends before it starts.
        """
        if self.end <= self.start:
            raise DecisionRefused("evidence.end", "must be greater than start")
        return Span(self.start, self.end)


class AcceptIn(In):
    """Lines or diagnoses stand; ``all_green`` accepts those that ask for no care."""

    kind: Literal["accept"]
    keys: Keys = Field(default_factory=list)
    all_green: bool = False

    def act(self, green: tuple[str, ...]) -> Act:
        """The act; there must be something to accept."""
        keys = tuple(dict.fromkeys((*self.keys, *(green if self.all_green else ()))))
        if not keys:
            raise DecisionRefused("keys", "name nothing that can be accepted")
        return Accept(keys=keys)


class ChangeIn(In):
    """A line or a diagnosis stands with other values; what is absent stays."""

    kind: Literal["change"]
    key: Key
    code: ProcedureCode | DiagnosisCode | None = None
    units: Units | None = None
    minutes: Minutes | None = None
    modifiers: Modifiers | None = None
    performed_by: Giver | None = None
    diagnoses: Pointers | None = None

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return Change(
            key=self.key,
            code=self.code,
            units=self.units,
            minutes=self.minutes,
            modifiers=None if self.modifiers is None else tuple(self.modifiers),
            performed_by=self.performed_by,
            diagnoses=None if self.diagnoses is None else tuple(self.diagnoses),
        )


class RejectIn(In):
    """A line or a diagnosis does not stand."""

    kind: Literal["reject"]
    key: Key
    reason: Reason
    note: Note = ""

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return Reject(key=self.key, reason=self.reason, note=self.note)


class AddLineIn(In):
    """A line the draft does not have; the words that support it are mandatory."""

    kind: Literal["add_line"]
    code: ProcedureCode
    units: Units | None
    minutes: Minutes | None = None
    modifiers: Modifiers = Field(default_factory=list)
    performed_by: Giver = "therapist"
    diagnoses: Pointers = Field(default_factory=list)
    evidence: SpanIn

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return AddLine(
            code=self.code,
            units=self.units,
            minutes=self.minutes,
            modifiers=tuple(self.modifiers),
            performed_by=self.performed_by,
            diagnoses=tuple(self.diagnoses),
            evidence=self.evidence.record(),
        )


class AddDiagnosisIn(In):
    """A diagnosis the draft does not have; the words that support it are mandatory."""

    kind: Literal["add_diagnosis"]
    code: DiagnosisCode
    evidence: SpanIn

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return AddDiagnosis(code=self.code, evidence=self.evidence.record())


class ReorderIn(In):
    """Diagnoses in another order: those named come first."""

    kind: Literal["reorder"]
    keys: Keys

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return Reorder(keys=tuple(self.keys))


class AttestKxIn(In):
    """A named person's attestation; without keys, of every therapy line."""

    kind: Literal["attest_kx"]
    by: Name
    on: Day
    keys: Keys = Field(default_factory=list)
    statement: Note = ""

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return AttestKx(by=self.by, on=self.on, keys=tuple(self.keys), statement=self.statement)


class OverrideIn(In):
    """A finding is set aside, under the line or diagnosis it stands at."""

    kind: Literal["override"]
    rule: RuleId
    key: Key | None = None
    message: Note = ""
    reason: Reason
    note: Note = ""

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return Override(
            rule_id=self.rule,
            key=self.key,
            message=self.message,
            reason=self.reason,
            note=self.note,
        )


class QueryIn(In):
    """A question to the therapist; it is checked for leading before it is sent."""

    kind: Literal["query"]
    text: Words
    rule: RuleId | None = None
    key: Key | None = None

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return AskTherapist(text=self.text, rule_id=self.rule, key=self.key)


class AnswerIn(In):
    """What the therapist answered."""

    kind: Literal["answer"]
    key: Key
    text: Words

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return RecordAnswer(key=self.key, text=self.text)


class FlagIn(In):
    """The chart is put before quality assurance."""

    kind: Literal["flag"]
    text: Words

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return FlagToQa(text=self.text)


class CommentIn(In):
    """A remark for whoever reviews next."""

    kind: Literal["comment"]
    text: Words

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return Comment(text=self.text)


class ParkIn(In):
    """The chart waits."""

    kind: Literal["park"]
    text: Words
    until: Day | None = None

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return Park(text=self.text, until=self.until)


class ResumeIn(In):
    """A parked or flagged chart is taken up again."""

    kind: Literal["resume"]

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return Resume()


class AdoptIn(In):
    """The review goes on with a newer reading."""

    kind: Literal["adopt"]
    reading: Number

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return Adopt(reading=self.reading)


class FinalizeIn(In):
    """The claim is final; a reason passes over what is open."""

    kind: Literal["finalize"]
    reason: Reason | None = None
    note: Note = ""

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return Finalize(reason=self.reason, note=self.note)


class AmendIn(In):
    """A final claim is opened again."""

    kind: Literal["amend"]
    text: Words

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return Amend(text=self.text)


class UndoIn(In):
    """The last decision that holds is taken back."""

    kind: Literal["undo"]

    def act(self, green: tuple[str, ...]) -> Act:
        """The act."""
        return Undo()


DecisionIn = Annotated[
    AcceptIn
    | ChangeIn
    | RejectIn
    | AddLineIn
    | AddDiagnosisIn
    | ReorderIn
    | AttestKxIn
    | OverrideIn
    | QueryIn
    | AnswerIn
    | FlagIn
    | CommentIn
    | ParkIn
    | ResumeIn
    | AdoptIn
    | FinalizeIn
    | AmendIn
    | UndoIn,
    Field(discriminator="kind"),
]
