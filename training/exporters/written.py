"""The forms, what each says of a note beside its text, and what an export counted."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.corpus import GoldLine, LabeledNote
from training.splits import Split, is_exam


class Format(StrEnum):
    """A form the corpus can be written in."""

    DOCBIN = "docbin"
    LABEL_STUDIO = "label-studio"
    PRODIGY = "prodigy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How much was written.

    Attributes:
        spans: Marks written, moved ones included.
        moved: Marks that begin or end within a token, or on a blank, and stand on whole tokens now.
    """

    notes: int
    spans: int
    moved: int

    def __str__(self) -> str:
        return f"{self.notes} notes, {self.spans} spans, {self.moved} moved to token borders"


def head_of(note: LabeledNote) -> dict[str, Any]:
    """The note's id, style, split, encounter and expected claim, ready for ``json.dumps``."""
    return {
        "note_id": note.id,
        "style": note.style,
        "split": (Split.EXAM if is_exam(note.style) else Split.TRAIN).value,
        "encounter": note.encounter,
        "lines": [written_line(line) for line in note.lines],
        "stated": [written_line(line) for line in note.stated],
        "diagnoses": list(note.diagnoses),
        "findings": list(note.findings),
    }


def written_line(line: GoldLine) -> str:
    """The line as a head writes it: code, minutes, units, modifiers; ``-`` where there is none."""
    counts = ("-" if count is None else str(count) for count in (line.minutes, line.units))
    return " ".join((line.code, *counts, *line.modifiers))
