"""Whole notes to claim drafts, with the released models."""

from pathlib import Path

import pytest

from model.journey import Copilot
from model.models import load_models
from model.records import Attestation, Discipline, Encounter
from model.records.claim import ClaimDraft
from training.corpus import read_corpus
from training.encounters import encounter_of

SAMPLES = Path(__file__).parents[2] / "samples"
STROKE = """OT daily note
Dx: L hemiparesis s/p R MCA stroke. Right-handed.
Therapeutic activities 23 min: reaching into overhead cabinets to put dishes away, cues for trunk.
Neuromuscular re-education 15 min: weight bearing through the L arm, facilitation at the scapula.
Timed 38 min, total treatment 38 min. Tolerated well, needed 2 rests.
Dana Roe, OTR/L"""

SURGEON = """ORTHOPEDIC FOLLOW-UP
The patient is a 58-year-old woman I saw back in my office eight weeks after arthroscopic repair
of her right rotator cuff. She takes lisinopril and has no allergies. PHYSICAL EXAMINATION: The
portals are healed. Forward flexion is 120 degrees, external rotation 30, strength of the cuff 4/5.
Neurovascular status is intact. RADIOGRAPHS: Anchors in good position. IMPRESSION: Doing well after
right rotator cuff repair. PLAN: She will go on with physical therapy twice a week for
strengthening and manual stretching. I gave her a prescription for naproxen 500 mg. She will return
to see me in six weeks.
Carl Brandt, MD"""


@pytest.fixture(scope="module")
def copilot() -> Copilot:
    return Copilot(load_models())


def drafted(copilot: Copilot, text: str, **known: object) -> ClaimDraft:
    return copilot.draft(Encounter(id="note", text=text, **known))  # type: ignore[arg-type]


def test_a_plain_note_becomes_lines_units_and_the_sequela_of_the_left_side(
    copilot: Copilot,
) -> None:
    draft = drafted(copilot, STROKE)

    lines = {line.code: (line.units, line.minutes, line.modifiers) for line in draft.lines}
    assert lines == {"97530": (2, 23, ("GO",)), "97112": (1, 15, ("GO",))}
    assert draft.diagnoses[0].code == "I69.354"
    assert draft.discipline is Discipline.OT
    assert {"discipline", "payer", "date_of_service"} <= set(draft.inferred)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "😀 " + text.replace("cues", "cues 👍🏽"),
        lambda text: text.replace(" 23 min", "\u00a023\u00a0min").replace(": ", ":\t"),
        lambda text: "İ " + text,
    ],
    ids=["crlf", "emoji", "tabs and hard spaces", "a capital that grows in lower case"],
)
def test_evidence_stays_exact_whatever_characters_surround_it(
    copilot: Copilot, change: object
) -> None:
    text = change(STROKE)  # type: ignore[operator]

    draft = drafted(copilot, text)

    quoted = {e.span.of(text) for line in draft.lines for e in line.evidence if e.says == "minutes"}
    assert {"".join(c for c in words if c.isdigit()) for words in quoted} == {"23", "15"}


def test_every_line_and_diagnosis_of_the_corpus_points_into_its_note(copilot: Copilot) -> None:
    for note in list(read_corpus())[::12]:
        draft = copilot.draft(encounter_of(note))

        for evidence in [item.evidence for item in (*draft.lines,)] + [
            item.evidence for item in draft.diagnoses
        ]:
            assert evidence
            assert all(e.span.of(note.text).strip() for e in evidence)
            assert all(e.span.end <= len(note.text) for e in evidence)


def test_kx_stands_on_a_line_only_when_a_person_attests_it(copilot: Copilot) -> None:
    from datetime import date

    attested = (Attestation(kx=True, by="D. Roe", on=date(2026, 3, 2)),)
    silent = drafted(copilot, STROKE, payer="medicare_part_b")
    spoken = drafted(copilot, STROKE, payer="medicare_part_b", attestations=attested)

    assert not any("KX" in line.modifiers for line in silent.lines)
    assert all("KX" in line.modifiers for line in spoken.lines)


def test_a_surgeons_note_supports_no_therapy_and_is_not_faulted_for_it(copilot: Copilot) -> None:
    draft = drafted(copilot, SURGEON)

    assert draft.lines == ()
    assert draft.discipline is None
    assert [(found.about, "another profession" in found.reason) for found in draft.abstentions] == [
        ("line", True)
    ]
    assert draft.diagnoses
    assert draft.findings == ()


def test_what_the_record_system_knows_of_a_notes_writer_is_not_guessed_anew(
    copilot: Copilot,
) -> None:
    draft = drafted(copilot, SURGEON, discipline=Discipline.PT)

    assert not any("another profession" in found.reason for found in draft.abstentions)


def test_a_date_past_the_tables_is_answered_and_said(copilot: Copilot) -> None:
    from datetime import date

    draft = drafted(copilot, STROKE, date_of_service=date(2031, 5, 5))

    assert draft.lines
    assert {"icd10cm", "procedures"} <= {table for table, _ in draft.versions.stale}


def test_the_same_note_gives_the_same_draft(copilot: Copilot) -> None:
    assert drafted(copilot, STROKE) == drafted(copilot, STROKE)


def test_with_reading_off_nothing_is_suggested_and_the_rules_still_speak() -> None:
    text = STROKE + "\nBilled 97532 x2 GP"

    draft = drafted(Copilot(None), text)

    assert draft.lines == ()
    assert "deleted-code" in {finding.rule_id for finding in draft.findings}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_each_sample_note_is_drafted(copilot: Copilot, path: Path) -> None:
    draft = drafted(copilot, path.read_text("utf-8"))

    assert draft.lines or draft.abstentions or draft.findings


@pytest.mark.parametrize("text", ["S:\nO:\nA:\nP:", "-----", "| | |", "Plan:"])
def test_an_empty_form_is_an_empty_claim(copilot: Copilot, text: str) -> None:
    draft = drafted(copilot, text)

    assert (draft.lines, draft.diagnoses) == ((), ())
