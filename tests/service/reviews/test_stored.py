from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from model.journey import Copilot
from model.records import (
    Assertion,
    Attestation,
    Clinician,
    Condition,
    Discipline,
    Duration,
    DurationKind,
    Encounter,
    Episode,
    Facts,
    Giver,
    Inconsistency,
    PlanOfCare,
    Service,
    Setting,
    Span,
)
from model.records.review import (
    Accept,
    Act,
    AddLine,
    AttestKx,
    Change,
    EncounterReading,
    Finalize,
    OverrideReason,
    Park,
    Undo,
)
from service.reviews.stored import act_bytes, act_of, reading_bytes, reading_of
from tests.support.drafts import NOTE, a_draft
from tests.support.phi import MARKED_NOTE
from tests.support.reviews import BEGUN

FACTS = Facts(
    services=(
        Service(
            code="97530",
            assertion=Assertion.PERFORMED,
            giver=Giver.ASSISTANT,
            evidence=(Span(0, 4),),
            minutes=23,
            minutes_evidence=(Span(5, 9),),
            confidence=0.1 + 0.2,
        ),
    ),
    conditions=(Condition(span=Span(2, 5), stems=(("I69.35", 0.7), ("G81.9", 1 / 3))),),
    elements={"tolerance": (Span(1, 2), Span(3, 4)), "goal": ()},
    timed_total=Duration(minutes=38, span=Span(7, 9), kind=DurationKind.TIMED_TOTAL),
    possible=frozenset({"97530", "97112"}),
    inconsistencies=(Inconsistency(about="side", message="left, right", evidence=(Span(0, 1),)),),
)
ENCOUNTER = Encounter(
    id="enc-1",
    text=NOTE,
    discipline=Discipline.OT,
    setting=Setting.HOME,
    date_of_service=date(2026, 3, 2),
    clinician=Clinician(credential="COTA/L", is_assistant=True),
    episode=Episode(
        plan_of_care=PlanOfCare(start=date(2026, 2, 2)),
        allowed_amount_ytd_usd=Decimal("812.40"),
        prior_notes=("é🧠", ""),
    ),
    attestations=(Attestation(kx=True, by="R. Lee", on=date(2026, 3, 1)),),
)


@pytest.mark.parametrize(
    "reading",
    [
        EncounterReading(number=3, encounter=ENCOUNTER, draft=replace(a_draft(), facts=FACTS)),
        EncounterReading(
            number=1,
            encounter=Encounter(id="n-1", text=MARKED_NOTE),
            draft=Copilot(None).draft(Encounter(id="n-1", text=MARKED_NOTE)),
        ),
    ],
    ids=["everything", "rules only"],
)
def test_a_reading_is_the_same_after_it_was_kept(reading: EncounterReading) -> None:
    """What is sent again is compared with it: a difference would be a reading nobody made."""
    assert reading_of(reading_bytes(reading)) == reading


@pytest.mark.parametrize(
    "act",
    [
        Accept(keys=("1", "d1")),
        Change(key="1", units=0, modifiers=(), diagnoses=None),
        AddLine(code="97035", units=None, evidence=Span(0, 3)),
        AttestKx(by="R. Lee", on=BEGUN.date(), keys=("1",), statement="é"),
        Park(text="x", until=date(2026, 3, 9)),
        Finalize(reason=OverrideReason.OTHER, note="x"),
        Undo(),
    ],
    ids=lambda act: str(act.kind),
)
def test_an_act_is_the_same_after_it_was_kept(act: Act) -> None:
    assert act_of(act_bytes(act)) == act
