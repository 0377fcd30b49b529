"""Drafts of every note by gates, and on a reading, that never saw its style."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from model.errors import NoteproofError
from model.extract.index import DiagnosisIndex
from model.extract.linker import GatedLinker
from model.extract.reading import Reading
from model.journey import Copilot
from model.models import Models
from model.records import ParsedNote
from model.records.claim import ClaimDraft
from training.corpus import LabeledNote
from training.encounters import encounter_of
from training.folds import KnownReader, fold_of
from training.release import (
    DIAGNOSIS_THRESHOLD,
    LINE_THRESHOLD,
    WRITER_THRESHOLD,
    index_bytes,
    strangers_indices,
)
from training.score import Draft
from training.tasks import diagnoses, gates, lines, linker, writer

# Gates and indices are cheap to fit: more folds leave each more notes than the readers had.
GATE_FOLDS = 3


def as_prediction(draft: ClaimDraft) -> Draft:
    """The parts of a draft that are scored, in its wire form."""
    return {
        "id": draft.id,
        "lines": [
            {
                "code": line.code,
                "units": line.units,
                "modifiers": list(line.modifiers),
                "confidence": line.confidence,
            }
            for line in draft.lines
        ],
        "diagnoses": [{"code": diagnosis.code} for diagnosis in draft.diagnoses],
        "findings": [
            {"rule": finding.rule_id, "severity": finding.severity.value}
            for finding in draft.findings
        ],
        "abstentions": [
            {"about": found.about, "reason": found.reason} for found in draft.abstentions
        ],
        "lane": draft.lane.value,
        "sure": draft.sure,
    }


@dataclass(frozen=True, slots=True)
class Fold:
    """Notes to fit on, notes of other styles to draft, and what no reading changes.

    Attributes:
        strangers: For each style to fit on, an index that does not know its marks.
    """

    seen: list[tuple[LabeledNote, ParsedNote]]
    unseen: list[LabeledNote]
    index: DiagnosisIndex
    strangers: Mapping[str, DiagnosisIndex]


def folds(notes: list[LabeledNote], parsed: list[ParsedNote]) -> list[Fold]:
    """The notes in three parts by style, each part drafted by what the others taught."""
    styles = sorted({note.style for note in notes})
    placed = [fold_of(note.style, styles, GATE_FOLDS) for note in notes]
    found = []
    for number in range(GATE_FOLDS):
        seen = [(notes[i], parsed[i]) for i, own in enumerate(placed) if own != number]
        taught = [note for note, _ in seen]
        found.append(
            Fold(
                seen=seen,
                unseen=[note for note, own in zip(notes, placed, strict=True) if own == number],
                index=DiagnosisIndex.from_bytes(index_bytes(taught)),
                strangers=strangers_indices(taught),
            )
        )
    return found


def drafts(parts: Iterable[Fold], read: Mapping[str, Reading]) -> dict[str, Draft]:
    """A draft of each note by gates, and on a reading, that never saw its style."""
    found: dict[str, Draft] = {}
    for fold in parts:
        found |= dict(predictions(Copilot(_models(fold, read)), fold.unseen))
    return found


def _models(fold: Fold, read: Mapping[str, Reading]) -> Models:
    notes, parsed = [note for note, _ in fold.seen], [own for _, own in fold.seen]
    conditions = diagnoses.described(notes, parsed, read, fold.strangers)
    data = [(note, own, read[note.id]) for note, own in fold.seen]
    services = lines.considered(notes, parsed, read, linker.cross_scores(data))
    return Models(
        reader=KnownReader(dict(read)),
        writer=writer.fit(data),
        linker=GatedLinker(*linker.fit(data)),
        lines=gates.fit_gate(lines.rows(services)),
        diagnoses=gates.fit_gate(diagnoses.rows(conditions)),
        index=fold.index,
        writer_threshold=WRITER_THRESHOLD,
        line_threshold=LINE_THRESHOLD,
        diagnosis_threshold=DIAGNOSIS_THRESHOLD,
        prior=diagnoses.prior(conditions),
        line_prior=lines.prior(services),
        version="held-out",
    )


def predictions(copilot: Copilot, notes: Iterable[LabeledNote]) -> Iterator[tuple[str, Draft]]:
    """Drafts of the notes that can be drafted; a refused note counts as an empty claim."""
    for note in notes:
        try:
            yield note.id, as_prediction(copilot.draft(encounter_of(note)))
        except NoteproofError as error:
            yield note.id, {"id": note.id, "refused": error.code}
