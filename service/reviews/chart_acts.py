"""Decisions about the chart as other programs send them: queries, remarks, its way on."""

from typing import Literal

from model.records.review import (
    Act,
    Adopt,
    Amend,
    AskTherapist,
    Comment,
    Finalize,
    FlagToQa,
    Park,
    RecordAnswer,
    Resume,
    Undo,
)
from service.reviews.wire_fields import Key, Note, Number, Reason, RuleId, Words
from service.wire.encounter import In
from service.wire.fields import Day


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
