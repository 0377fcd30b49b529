"""Held-out readings of the corpus by both readers, kept on disk for gates and reports."""

import logging
import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from model.extract.blend import blended
from model.extract.features import duration_tokens, segment_tokens
from model.extract.linear import linear_reading
from model.extract.reading import DURATION_LABELS, Reading
from model.parse.pipeline import parse
from model.records import ParsedNote
from training.corpus import LabeledNote
from training.folds import FOLDS, fold_of
from training.splits import notes_to_fit
from training.tasks import linear

logger = logging.getLogger(__name__)
SHARE = 0.65
"""The encoder's weight beside the plain reader: best of 0.5, 0.65, 0.8 on held-out styles."""


def read_held_out(cache: Path) -> None:
    """Make whatever held-out readings ``cache`` lacks."""
    from model.extract.tokens import load_tokenizer
    from training.encoder.base import base_folder, base_settings
    from training.encoder.examples import bank_examples, note_examples, phrase_examples, variants
    from training.folds import held_out_readings

    notes = notes_to_fit()
    tokenizer = load_tokenizer(str(base_folder() / "tokenizer.json"))
    rows = list(note_examples(notes, tokenizer))
    known = variants(notes, tokenizer)
    banked = [*bank_examples(tokenizer), *phrase_examples(tokenizer)]
    # Without a layer the words' vectors know no neighbour: the baseline of static embeddings.
    for kind, layers in (("encoder", base_settings().layers), ("static", 0)):
        settings = replace(base_settings(), layers=layers)
        held_out_readings(rows, known, banked, settings, cache / kind)
    _read_plain(notes, [parsed for _, parsed, _ in rows], cache / "plain")


def _read_plain(notes: Sequence[LabeledNote], parsed: Sequence[ParsedNote], cache: Path) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    styles = sorted({note.style for note in notes})
    for fold in range(FOLDS):
        place = cache / f"fold{fold}.pickle"
        if place.exists():
            continue
        seen = [i for i, note in enumerate(notes) if fold_of(note.style, styles) != fold]
        unseen = [i for i, note in enumerate(notes) if fold_of(note.style, styles) == fold]
        models = linear.fit([notes[i] for i in seen], [parsed[i] for i in seen])
        found = {notes[i].id: plain_reading(models, parsed[i]) for i in unseen}
        place.write_bytes(pickle.dumps(found))
        logger.info("plain fold read fold=%d", fold)


def plain_reading(models: linear.LinearModels, note: ParsedNote) -> Reading:
    """What fitted pipelines say of ``note``."""
    segments = models.segments.predict_proba(
        [segment_tokens(note, index) for index in range(len(note.segments))]
    )
    durations = np.zeros((0, len(DURATION_LABELS)))
    if note.durations:
        durations = models.durations.predict_proba(
            [duration_tokens(note, index) for index in range(len(note.durations))]
        )
    return linear_reading(note, segments.astype(np.float32), durations.astype(np.float32))


def load(cache: Path, kind: str) -> dict[str, Reading]:
    """Held-out readings of one reader (``encoder``, ``static`` or ``plain``) by note id."""
    found: dict[str, Reading] = {}
    for place in sorted((cache / kind).glob("fold*.pickle")):
        found |= pickle.loads(place.read_bytes())  # noqa: S301 - our own file
    return found


def readers(cache: Path) -> int:
    """How many encoders made the held-out readings, each of styles it never saw."""
    return len(list((cache / "encoder").glob("fold*.pickle")))


def both(cache: Path, *, share: float = SHARE) -> dict[str, Reading]:
    """The blended held-out readings of every note both readers have read."""
    encoder, plain = load(cache, "encoder"), load(cache, "plain")
    return {
        name: blended(encoder[name], plain[name], share=share)
        for name in sorted(encoder.keys() & plain.keys())
    }


def usable(read: dict[str, Reading]) -> tuple[list[LabeledNote], list[ParsedNote]]:
    """The notes that were read; one edited since is left out, for its reading no longer fits."""
    notes, parsed = [], []
    for note in notes_to_fit():
        own = parse(note.text, note_id=note.id)
        reading = read.get(note.id)
        if reading is None:
            continue
        if (len(reading.segments), len(reading.durations)) != (
            len(own.segments),
            len(own.durations),
        ):
            logger.warning("note left out, its reading is stale note=%s", note.id)
            continue
        notes.append(note)
        parsed.append(own)
    return notes, parsed
