"""Two labellings of the same notes, where they differ, and how that was settled.

``labeled_notes/second`` keeps both labellings as they were made, before any was corrected:
``first.jsonl`` by the notes' authors, ``labels.jsonl`` by a coder who saw text, encounter and
guideline only. ``rulings.csv`` says of every dispute who was right.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from training.corpus import ROOT, CorpusError, GoldLine, gold_line

FOLDER = ROOT / "second"


class Ruling(StrEnum):
    """Whose label of a dispute the guideline bears out."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelling:
    """What one labeller said of one note."""

    id: str
    lines: tuple[GoldLine, ...]
    diagnoses: tuple[str, ...]
    findings: frozenset[str]

    @property
    def codes(self) -> frozenset[str]:
        """The procedure codes, each once."""
        return frozenset(line.code for line in self.lines)

    @property
    def billed(self) -> Counter[tuple[str, int | None, tuple[str, ...]]]:
        """The lines as a payer sees them, without minutes."""
        return Counter((line.code, line.units, line.modifiers) for line in self.lines)

    def units(self, code: str) -> list[int | None]:
        """Units of each line of ``code``, in no order that matters."""
        own = (line.units for line in self.lines if line.code == code)
        return sorted(own, key=lambda units: -1 if units is None else units)


Pair = tuple[Labelling, Labelling]


def read_labellings(path: Path) -> dict[str, Labelling]:
    """The labellings of ``path`` (JSON lines) by note id.

    Raises:
        CorpusError: A row lacks a field, or a line cannot be read.
    """
    rows = path.read_text("utf-8").splitlines()
    try:
        found = [_labelling(json.loads(row)) for row in rows]
    except (KeyError, ValueError) as error:
        raise CorpusError(f"{path.name}: {error}") from error
    return {labelling.id: labelling for labelling in found}


def _labelling(row: Mapping[str, Any]) -> Labelling:
    return Labelling(
        id=row["id"],
        lines=tuple(map(gold_line, row["lines"])),
        diagnoses=tuple(row["diagnoses"]),
        findings=frozenset(row["findings"]),
    )


def paired(folder: Path = FOLDER) -> list[Pair]:
    """Each note's first and second labelling.

    Raises:
        CorpusError: The two do not label the same notes.
    """
    first = read_labellings(folder / "first.jsonl")
    second = read_labellings(folder / "labels.jsonl")
    if differing := sorted(first.keys() ^ second.keys()):
        raise CorpusError(f"labelled once only: {' '.join(differing)}")
    return [(first[name], second[name]) for name in first]


def disputes(pairs: Iterable[Pair]) -> Iterator[tuple[str, str]]:
    """Each note and field (lines, diagnoses or findings) in which its two labellings differ."""
    for first, second in pairs:
        if Counter(first.lines) != Counter(second.lines):
            yield first.id, "lines"
        if first.diagnoses != second.diagnoses:
            yield first.id, "diagnoses"
        if first.findings != second.findings:
            yield first.id, "findings"


def read_rulings(path: Path = FOLDER / "rulings.csv") -> dict[tuple[str, str], Ruling]:
    """How each dispute was settled, by note id and field.

    Raises:
        CorpusError: A ruling has an unknown name.
    """
    with path.open(encoding="utf-8", newline="") as file:
        try:
            return {
                (row["note_id"], row["field"]): Ruling(row["right"]) for row in csv.DictReader(file)
            }
        except (KeyError, ValueError) as error:
            raise CorpusError(f"{path.name}: {error}") from error
