"""A claim draft made by hand, and a copilot that gives it, for tests of what stands around one."""

from datetime import date

from model.records import (
    Citation,
    Discipline,
    Encounter,
    Finding,
    Flag,
    NoteKind,
    Severity,
    Span,
    StatedLine,
)
from model.records.claim import (
    Abstention,
    ClaimDraft,
    Evidence,
    Lane,
    SuggestedDiagnosis,
    SuggestedLine,
    Versions,
)
from model.records.evaluation import Component, Evaluation
from model.records.missing import AtRisk
from model.records.units import TimedMinutes
from model.units import units
from tests.support.unit_days import CMS, TIMINGS

NOTE = (
    "Café 🧠 OT daily.\r\n"
    "Left hemiplegia, right-handed.\r\n"
    "Dressing retraining 23 min, then\tneuro re-ed 15 min. Ultrasound 4 min.\r\n"
    "97530 x 3 GO\r\n"
    "J. Doe, OTR/L\r\n"
)


def at(words: str, text: str = NOTE) -> Span:
    """Where ``words`` first stand."""
    start = text.index(words)
    return Span(start, start + len(words))


def line(code: str, count: int, words: str, minutes: str, *, confidence: float) -> SuggestedLine:
    """A supported line proven by its words and its minutes."""
    return SuggestedLine(
        code=code,
        units=count,
        minutes=int(minutes.split()[0]),
        modifiers=("GO",),
        diagnoses=("I69.354",),
        evidence=(Evidence(at(words), "service"), Evidence(at(minutes), "minutes")),
        confidence=confidence,
    )


def a_draft(encounter_id: str = "enc-1") -> ClaimDraft:
    """A draft of ``NOTE`` with something in every part."""
    given = [
        TimedMinutes(code="97530", therapist=23),
        TimedMinutes(code="97112", therapist=15),
        TimedMinutes(code="97035", therapist=4),
    ]
    return ClaimDraft(
        id=encounter_id,
        note_kind=NoteKind.DAILY,
        discipline=Discipline.OT,
        date_of_service=date(2026, 3, 2),
        payer="medicare_part_b",
        lines=(
            line("97530", 2, "Dressing retraining", "23 min", confidence=0.97),
            line("97112", 1, "neuro re-ed", "15 min", confidence=0.62),
        ),
        stated=(StatedLine(code="97530", units=3, modifiers=("GO",), span=at("97530 x 3 GO")),),
        diagnoses=(
            SuggestedDiagnosis(
                code="I69.354",
                rank=1,
                confidence=0.93,
                evidence=(Evidence(at("Left hemiplegia, right-handed"), "diagnosis"),),
            ),
        ),
        abstentions=(Abstention("units", "no minutes stated", "97535"),),
        findings=(
            Finding(
                rule_id="missing-total-minutes",
                severity=Severity.BLOCKS,
                citation=Citation("cms_benefit_manual", "chapter 15, section 220.3, part E"),
                flag=Flag(
                    message="no total treatment minutes",
                    missing=("total treatment minutes",),
                    query="How many minutes did the whole treatment take?",
                ),
            ),
        ),
        at_risk=(
            AtRisk(
                line=None,
                diagnosis=None,
                rules=("missing-total-minutes",),
                sets=(("total treatment minutes",),),
            ),
        ),
        evaluation=Evaluation(
            stated="97167",
            supported="97166",
            components=(
                Component(
                    name="performance deficits",
                    found="4",
                    evidence=(at("Left hemiplegia"),),
                    supports="97166",
                    needed="5 or more",
                    is_short=True,
                ),
                Component(name="decision making", needed="high"),
            ),
        ),
        certificate=units(given, TIMINGS, policy=CMS),
        total_timed_minutes=42,
        lane=Lane.REVIEW,
        versions=Versions(
            model="test", rules="1", policies="1", stale=(("mue", date(2024, 9, 30)),)
        ),
        inferred=("payer",),
    )


class FixedCopilot:
    """Gives ``a_draft`` of whatever it is handed."""

    def draft(self, encounter: Encounter) -> ClaimDraft:
        """The same draft, under the encounter's id."""
        return a_draft(encounter.id)
