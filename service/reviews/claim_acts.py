"""Decisions about the claim as other programs send them: what stands, what does not."""

from typing import Literal

from pydantic import Field

from model.records.review import (
    Accept,
    Act,
    AddDiagnosis,
    AddLine,
    AttestKx,
    Change,
    Override,
    Reject,
    Reorder,
)
from service.reviews.errors import DecisionRefused
from service.reviews.wire_fields import (
    Giver,
    Key,
    Keys,
    Modifiers,
    Note,
    Pointers,
    Reason,
    RuleId,
    SpanIn,
)
from service.wire.encounter import In
from service.wire.fields import Day, DiagnosisCode, Minutes, Name, ProcedureCode, Units


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
