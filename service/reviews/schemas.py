"""Decisions as other programs send them: one of these, told apart by its ``kind``."""

from typing import Annotated

from pydantic import Field

from service.reviews.chart_acts import (
    AdoptIn,
    AmendIn,
    AnswerIn,
    CommentIn,
    FinalizeIn,
    FlagIn,
    ParkIn,
    QueryIn,
    ResumeIn,
    UndoIn,
)
from service.reviews.claim_acts import (
    AcceptIn,
    AddDiagnosisIn,
    AddLineIn,
    AttestKxIn,
    ChangeIn,
    OverrideIn,
    RejectIn,
    ReorderIn,
)

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
