"""Leave styles out: every note is read by a reader that never saw its voice."""

import logging
import pickle
from collections.abc import Mapping, Sequence
from pathlib import Path

from model.extract.mentions import mentions
from model.extract.reading import Reading
from model.records import Encounter, ParsedNote
from training.corpus import LabeledNote
from training.encoder.examples import Example
from training.encoder.fit import Reader as Network
from training.encoder.fit import Settings, fit, predict

logger = logging.getLogger(__name__)
FOLDS = 2

Read = tuple[LabeledNote, ParsedNote, Example]


def fold_of(style: str, styles: Sequence[str], folds: int = FOLDS) -> int:
    """The fold a style family is held out in; all notes of a style share it."""
    return sorted(styles).index(style) % folds


def readings(data: Sequence[Read], network: Network) -> dict[str, Reading]:
    """What ``network`` reads in each note, by note id."""
    found = {}
    for note, _, example in data:
        segments, durations, tags = predict(network, example)
        found[note.id] = Reading(
            segments=segments, durations=durations, mentions=tuple(mentions(example.encoded, tags))
        )
    return found


def held_out_readings(
    data: Sequence[Read],
    known: Mapping[str, Sequence[Example]],
    banked: Sequence[Example],
    settings: Settings,
    cache: Path,
) -> dict[str, Reading]:
    """Readings of every note by the fold's reader that never saw its style.

    Each fold is kept in ``cache`` once fitted, so a stopped run goes on where it was. ``known``
    gives each note with its retyped variants.
    """
    cache.mkdir(parents=True, exist_ok=True)
    styles = sorted({note.style for note, _, _ in data})
    found: dict[str, Reading] = {}
    for fold in range(FOLDS):
        place = cache / f"fold{fold}.pickle"
        if not place.exists():
            seen = [known[n.id] for n, _, _ in data if fold_of(n.style, styles) != fold]
            network = fit(seen, banked, settings)
            unseen = [row for row in data if fold_of(row[0].style, styles) == fold]
            place.write_bytes(pickle.dumps(readings(unseen, network)))
        logger.info("fold read fold=%d", fold)
        found |= pickle.loads(place.read_bytes())  # noqa: S301 - our own file, written above
    return found


class KnownReader:
    """Repeats readings made before, so that the whole journey runs on held-out ones."""

    version = "held-out"

    def __init__(self, known: dict[str, Reading]) -> None:
        self._known = known

    def read(self, note: ParsedNote, encounter: Encounter) -> Reading:
        """The reading made of the note with the encounter's id."""
        return self._known[encounter.id]
