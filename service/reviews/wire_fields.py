"""Fields that decisions of other programs have in common, and what each may hold."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from pydantic.functional_validators import AfterValidator
from pydantic.types import Strict

from model.records import Span
from model.records.review import OverrideReason
from service.reviews.errors import DecisionRefused
from service.wire.encounter import In
from service.wire.fields import DiagnosisCode, ModifierCode, readable

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
