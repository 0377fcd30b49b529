"""Drafts of the sample notes, written by hand: what is reviewed in tests needs no weights."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from model.checking import versions_of
from model.policy import Policy
from model.records import Discipline, Encounter, NoteKind, Span, StatedLine
from model.records.claim import (
    Abstention,
    ClaimDraft,
    Evidence,
    Lane,
    SuggestedDiagnosis,
    SuggestedLine,
)
from tests.support.tree import ROOT

SAMPLES = ROOT / "samples"
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One sample note, and what a careful coder would propose for it."""

    discipline: Discipline
    on: date
    lines: tuple[tuple[str, int | None, int | None, str, float, Words], ...]
    diagnoses: tuple[tuple[str, float, str, str | None], ...]
    kind: NoteKind = NoteKind.DAILY
    payer: str = "medicare_part_b"
    by: str = "therapist"
    stated: tuple[tuple[str, int, str, str], ...] = ()
    abstentions: tuple[tuple[str, str, str], ...] = ()
    minutes: int | None = None
    lane: Lane = Lane.REVIEW


SAMPLE_DRAFTS = {
    "ot-stroke-daily": Sample(
        discipline=Discipline.OT,
        on=date(2026, 3, 2),
        minutes=45,
        lane=Lane.GREEN,
        lines=(
            (
                "97530",
                2,
                23,
                "GO",
                0.99,
                (
                    ("Therapeutic activities, 23 minutes: carried a laundry basket", "service"),
                    ("23 minutes", "minutes"),
                ),
            ),
            (
                "97112",
                1,
                15,
                "GO",
                0.98,
                (
                    ("Neuromuscular re-education, 15 minutes: weight through a flat", "service"),
                    ("15 minutes", "minutes"),
                ),
            ),
        ),
        diagnoses=(("I69.354", 0.98, "left-sided hemiplegia after cerebral infarction", None),),
    ),
    "ot-hand": Sample(
        discipline=Discipline.OT,
        on=date(2026, 2, 17),
        payer="commercial_cms",
        minutes=40,
        lines=(
            (
                "97018",
                1,
                10,
                "GO",
                0.97,
                (
                    ("paraffin, R hand, before stretching", "service"),
                    ("before stretching                 10>>10", "minutes"),
                ),
            ),
            (
                "97140",
                1,
                14,
                "GO",
                0.98,
                (
                    ("joint mobs gr III, distal radius and carpus", "service"),
                    ("scar work over the volar plate", "service"),
                    ("14", "minutes"),
                ),
            ),
            (
                "97110",
                1,
                16,
                "GO",
                0.99,
                (("wrist and finger strengthening: putty, 2 lb", "service"), ("16", "minutes")),
            ),
        ),
        diagnoses=(("S52.501D", 0.71, "R distal radius fx, closed, healing on schedule", None),),
    ),
    "ota-dressing": Sample(
        discipline=Discipline.OT,
        on=date(2026, 3, 19),
        by="assistant",
        minutes=40,
        lines=(
            (
                "97535",
                2,
                25,
                "GO",
                0.98,
                (
                    ("LB dressing seated EOB w/ reacher + sock aid", "service"),
                    ("25 min", "minutes"),
                    ("COTA session", "giver"),
                ),
            ),
            (
                "97530",
                1,
                15,
                "GO CO",
                0.97,
                (
                    ("reaching into low + high closet shelves w/ walker", "service"),
                    ("15 min", "minutes"),
                    ("COTA session", "giver"),
                ),
            ),
        ),
        diagnoses=(
            ("G20.A1", 0.62, "Parkinson's", None),
            ("M62.81", 0.96, "muscle weakness", None),
        ),
        stated=(("97535", 2, "", "97535 x2"), ("97530", 1, "GO CO", "97530 x1 GO CO")),
    ),
    "pt-eval": Sample(
        discipline=Discipline.PT,
        on=date(2026, 1, 20),
        kind=NoteKind.EVALUATION,
        minutes=42,
        lines=(
            (
                "97161",
                1,
                30,
                "GP",
                0.97,
                (
                    ("Low complexity\nevaluation, 30 minutes", "service"),
                    ("30 minutes", "minutes"),
                ),
            ),
            (
                "97110",
                1,
                12,
                "GP",
                0.91,
                (
                    (
                        "press-ups lying on the stomach and hip hinge with a stick, 12\nminutes",
                        "service",
                    ),
                    ("12\nminutes", "minutes"),
                ),
            ),
        ),
        diagnoses=(("M54.41", 0.97, "Low back pain with pain down the right leg", None),),
    ),
    "pt-knee": Sample(
        discipline=Discipline.PT,
        on=date(2026, 4, 14),
        payer="commercial_ama_midpoint",
        minutes=48,
        lines=(
            (
                "97110",
                1,
                16,
                "GP",
                0.98,
                (
                    ("Strengthening: sit to stands without hands", "service"),
                    ("10:02-10:18", "minutes"),
                ),
            ),
            ("97140", None, None, "GP", 0.70, (("Patellar glides in all directions", "service"),)),
            (
                "97116",
                1,
                12,
                "GP",
                0.98,
                (
                    ("Walking without the cane down the corridor", "service"),
                    ("10:28-10:40", "minutes"),
                ),
            ),
        ),
        diagnoses=(("Z96.652", 0.88, "left total knee replacement", None),),
        abstentions=(
            ("line", "97010", "bundled by this payer into the other services"),
            ("units", "97140", "no minutes stated for it"),
        ),
    ),
    "slp-aphasia": Sample(
        discipline=Discipline.SLP,
        on=date(2026, 5, 5),
        minutes=45,
        lane=Lane.GREEN,
        lines=(
            (
                "92507",
                1,
                45,
                "GN",
                0.98,
                (("finding words: naming kitchen objects", "service"), ("45\nminutes", "minutes")),
            ),
        ),
        diagnoses=(("I69.320", 0.98, "aphasia from the stroke", None),),
    ),
    "slp-swallow-fragments": Sample(
        discipline=Discipline.SLP,
        on=date(2026, 5, 11),
        lines=(
            (
                "92526",
                1,
                35,
                "GN",
                0.97,
                (("effortful swallow x20", "service"), ("35 min", "minutes")),
            ),
        ),
        diagnoses=(
            ("I69.391", 0.97, "dysphagia s/p CVA", None),
            ("R13.12", 0.96, "oropharyngeal dysphagia", None),
        ),
    ),
}


class SampleCopilot:
    """Drafts the sample notes by heart, and any other note as one that supports nothing."""

    def draft(self, encounter: Encounter) -> ClaimDraft:
        """The draft written for ``encounter``, by its id."""
        sample = SAMPLE_DRAFTS.get(encounter.id.removeprefix("again-"))
        text = encounter.text or ""
        if sample is None:
            sample = Sample(discipline=Discipline.OT, on=date(2026, 3, 2), lines=(), diagnoses=())
        return _draft(encounter, sample, text)


def sample_text(name: str) -> str:
    """A sample note as it stands in its file."""
    return Path(SAMPLES / f"{name}.txt").read_text("utf-8")


def _draft(encounter: Encounter, sample: Sample, text: str) -> ClaimDraft:
    policy = Policy.for_payer(encounter.payer or sample.payer, sample.on)
    codes = tuple(code for code, *_ in sample.diagnoses)
    return ClaimDraft(
        id=encounter.id,
        note_kind=sample.kind,
        discipline=sample.discipline,
        date_of_service=sample.on,
        payer=encounter.payer or sample.payer,
        lines=tuple(
            SuggestedLine(
                code=code,
                units=units,
                minutes=minutes,
                modifiers=tuple(modifiers.split()),
                performed_by=sample.by,
                diagnoses=codes[:1],
                evidence=tuple(Evidence(_place(words, text), says) for words, says in found),
                confidence=confidence,
            )
            for code, units, minutes, modifiers, confidence, found in sample.lines
        ),
        diagnoses=tuple(
            SuggestedDiagnosis(
                code=code,
                rank=rank,
                confidence=confidence,
                evidence=(Evidence(_place(words, text), "diagnosis"),),
                asks_for=asks_for,
            )
            for rank, (code, confidence, words, asks_for) in enumerate(sample.diagnoses, start=1)
        ),
        stated=tuple(
            StatedLine(
                code=code,
                units=units,
                modifiers=tuple(modifiers.split()),
                span=_place(words, text),
            )
            for code, units, modifiers, words in sample.stated
        ),
        abstentions=tuple(
            Abstention(about=about, code=code, reason=reason)
            for about, code, reason in sample.abstentions
        ),
        total_treatment_minutes=sample.minutes,
        lane=sample.lane,
        versions=versions_of(policy, encounter, "by hand"),
        inferred=("discipline", "note_kind", "date_of_service", "payer"),
    )


def _place(words: str, text: str) -> Span:
    """Where ``words`` first stand; ``context>>words`` looks for them in their context."""
    context, _, inner = words.rpartition(">>")
    start = text.index(context or inner)
    start = text.index(inner, start) if not context else start + context.rindex(inner)
    return Span(start, start + len(inner))
