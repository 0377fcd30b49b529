"""labeled_notes/splits.csv: which style families may be fitted on, and which are the exam.

The exam is the open therapy coding exam: whole style families nobody fits, tunes or thresholds on.
The file is only ever appended to, so a note that was once in the exam stays in it.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path

from training.corpus import ROOT, CorpusError, LabeledNote, read_corpus

_COLUMNS = ["note_id", "style", "split"]
_SHINGLE = 8
NEAR = 0.5
"""From this Jaccard similarity of 8-word runs two notes are near copies."""


class Split(StrEnum):
    """What a note may be used for."""

    TRAIN = "train"
    EXAM = "exam"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One row: a note, its style family and its split."""

    note_id: str
    style: str
    split: Split


def read_splits(path: Path = ROOT / "splits.csv") -> tuple[Placed, ...]:
    """Every row of ``path``, in its order.

    Raises:
        CorpusError: The columns are others, or a split has an unknown name.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != _COLUMNS:
            raise CorpusError(f"{path.name}: columns {rows.fieldnames}, not {_COLUMNS}")
        try:
            return tuple(
                Placed(note_id=row["note_id"], style=row["style"], split=Split(row["split"]))
                for row in rows
            )
        except ValueError as error:
            raise CorpusError(f"{path.name}: {error}") from error


@cache
def exam_styles() -> frozenset[str]:
    """The style families of the exam; nothing is fitted, tuned or thresholded on them.

    Raises:
        CorpusError: splits.csv cannot be read.
    """
    return frozenset(row.style for row in read_splits() if row.split is Split.EXAM)


def is_exam(style: str) -> bool:
    """Whether notes of ``style`` are the exam's. A retyped note keeps the split of its origin."""
    return style in exam_styles()


def notes_to_fit() -> list[LabeledNote]:
    """Every labelled note but the exam's."""
    return [note for note in read_corpus() if not is_exam(note.style)]


def exam_notes() -> list[LabeledNote]:
    """The exam's notes."""
    return [note for note in read_corpus() if is_exam(note.style)]


def split_faults(rows: Sequence[Placed], notes: Collection[LabeledNote]) -> Iterator[str]:
    """Notes without a row, rows twice or about other notes, and styles or copies that cross."""
    placed = {row.note_id: row for row in rows}
    for name, times in Counter(row.note_id for row in rows).items():
        if times > 1:
            yield f"{name}: {times} rows in splits.csv"
    for name in sorted(placed.keys() - {note.id for note in notes}):
        yield f"{name}: in splits.csv, and there is no such note"
    for note in notes:
        row = placed.get(note.id)
        if row is None or row.style != note.style:
            yield f"{note.id}: not in splits.csv under its style {note.style}"
    yield from _crossings(placed, notes)


def _crossings(placed: Mapping[str, Placed], notes: Collection[LabeledNote]) -> Iterator[str]:
    splits: dict[str, set[Split]] = defaultdict(set)
    for row in placed.values():
        splits[row.style].add(row.split)
    for style, found in sorted(splits.items()):
        if len(found) > 1:
            yield f"style {style} crosses splits"
    for a, b in near_copies(note for note in notes if note.id in placed):
        if placed[a].split is not placed[b].split:
            yield f"{a} and {b} are near copies and cross splits"


def near_copies(notes: Iterable[LabeledNote]) -> Iterator[tuple[str, str]]:
    """Pairs of notes whose sets of 8-word runs have a Jaccard similarity of ``NEAR`` or more."""
    runs = {note.id: _runs(note.text) for note in notes}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, own in runs.items():
        for run in own:
            holders[run].append(name)
    shared = Counter(
        pair for names in holders.values() for pair in product(names, names) if pair[0] < pair[1]
    )
    for (a, b), common in sorted(shared.items()):
        if common / (len(runs[a]) + len(runs[b]) - common) >= NEAR:
            yield a, b


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
