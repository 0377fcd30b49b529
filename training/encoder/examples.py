"""Labelled notes as the tensors the encoder is fitted on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from model.extract.encoder import duration_places
from model.extract.inputs import Floats, context_inputs, duration_inputs, segment_inputs
from model.extract.reading import TAGS
from model.extract.tokens import Encoded, encode, tokens_within
from model.parse.pipeline import parse
from model.parse.sections import kind_of
from model.records import Discipline, NoteKind, ParsedNote, SectionKind, Segment, Span
from model.strict_yaml import load
from training.augment import augmented
from training.corpus import LabeledNote
from training.marks import Mark
from training.targets import (
    DURATION_LABELS,
    SEGMENT_LABELS,
    bank,
    duration_labels,
    labels_of,
    phrases,
    segment_labels,
)

Ints = npt.NDArray[np.int64]
IGNORED = -100
RETYPED = 3
"""Retyped variants of each note."""

__all__ = [
    "IGNORED",
    "TAGS",
    "Example",
    "bank_examples",
    "note_examples",
    "phrase_examples",
    "variants",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One note (or one banked segment) ready for the network.

    Attributes:
        encoded: Token ids and offsets of each segment.
        segment_inputs: ``(segments, SEGMENT_WIDTH)``.
        segment_targets: ``(segments, len(SEGMENT_LABELS))`` of 0 and 1.
        durations: For each duration, its segment and the token positions it covers.
        duration_targets: Index into ``DURATION_LABELS``, or ``IGNORED``.
        tags: For each segment a tag index per token; ``IGNORED`` all over where nobody tagged.
        weight: How much its segments count.
    """

    style: str
    encoded: tuple[Encoded, ...]
    segment_inputs: Floats
    segment_targets: Floats
    durations: tuple[tuple[int, tuple[int, ...]], ...]
    duration_inputs: Floats
    duration_targets: Ints
    tags: tuple[Ints, ...]
    weight: float = 1.0


def note_examples(
    notes: Iterable[LabeledNote], tokenizer: Tokenizer
) -> Iterator[tuple[LabeledNote, ParsedNote, Example]]:
    """Each note with its parse and its tensors."""
    for note in notes:
        parsed = parse(note.text, note_id=note.id)
        encoded = encode(tokenizer, parsed)
        yield (
            note,
            parsed,
            Example(
                style=note.style,
                encoded=encoded,
                segment_inputs=segment_inputs(parsed, _context(note)),
                segment_targets=_targets(segment_labels(note, parsed)),
                durations=tuple(duration_places(parsed, encoded)),
                duration_inputs=duration_inputs(parsed),
                duration_targets=np.asarray(
                    [
                        DURATION_LABELS.index(label)
                        if label in DURATION_LABELS
                        else DURATION_LABELS.index("none")
                        for label in duration_labels(note, parsed)
                    ],
                    np.int64,
                ).reshape(-1),
                tags=tuple(_tags(note.marks, parsed, encoded)),
            ),
        )


def variants(notes: Iterable[LabeledNote], tokenizer: Tokenizer) -> dict[str, list[Example]]:
    """Each note by its id, as written and as others would have typed it."""
    found: dict[str, list[Example]] = {}
    for note in notes:
        retyped = (augmented(note, seed) for seed in range(RETYPED))
        rows = note_examples((note, *retyped), tokenizer)
        found[note.id] = [example for _, _, example in rows]
    return found


def bank_examples(tokenizer: Tokenizer) -> Iterator[Example]:
    """Each banked segment as a note of its own."""
    for heading, text, labels in bank():
        segment = Segment(
            span=Span(0, len(text)),
            section=kind_of(heading) or SectionKind.NONE,
            heading=heading.lower().strip(" :"),
            row=0,
        )
        read = parse(text)
        parsed = ParsedNote(text=text, segments=(segment,), durations=read.durations)
        encoded = encode(tokenizer, parsed)
        done = [label[3:] for label in labels if label.startswith("do:")]
        target = (
            DURATION_LABELS.index(done[0])
            if len(done) == 1 and len(parsed.durations) == 1
            else IGNORED
        )
        inputs = segment_inputs(parsed, context_inputs(None, None))
        yield Example(
            style="bank",
            encoded=encoded,
            segment_inputs=inputs,
            segment_targets=_targets([labels]),
            durations=tuple(duration_places(parsed, encoded)),
            duration_inputs=duration_inputs(parsed),
            duration_targets=np.full(len(parsed.durations), target, np.int64),
            tags=(np.full(len(encoded[0].ids), IGNORED, np.int64),),
        )


def phrase_examples(tokenizer: Tokenizer) -> Iterator[Example]:
    """Each phrase of the bank inside one frame, for the tagger; affirmed ones twice as often."""
    frames = load(Path(__file__).with_name("frames.yaml"))
    shapes = [(state, *frame) for state in ("affirmed", *frames) for frame in frames[state]]
    for number, saying in enumerate(phrases()):
        state, heading, frame = shapes[number % len(shapes)]
        before = frame.index("{}")
        text = frame.replace("{}", saying)
        segment = Segment(
            span=Span(0, len(text)),
            section=kind_of(heading) or SectionKind.NONE,
            heading=heading,
            row=0,
        )
        parsed = ParsedNote(text=text, segments=(segment,), durations=())
        encoded = encode(tokenizer, parsed)
        mark = Mark(_phrase_label(state), Span(before, before + len(saying)))
        yield Example(
            style="phrases",
            encoded=encoded,
            segment_inputs=segment_inputs(parsed, context_inputs(None, None)),
            segment_targets=_targets([set(labels_of(mark.label))]),
            durations=(),
            duration_inputs=duration_inputs(parsed),
            duration_targets=np.zeros(0, np.int64),
            tags=tuple(_tags([mark], parsed, encoded)),
        )


def _phrase_label(state: str) -> tuple[str, ...]:
    return ("dx", "Z00.00") if state == "affirmed" else ("dx", "Z00.00", state)


def _context(note: LabeledNote) -> Floats:
    discipline = note.encounter.get("discipline")
    kind = note.encounter.get("note_kind")
    return context_inputs(
        Discipline(discipline) if discipline else None, NoteKind(kind) if kind else None
    )


def _targets(labels: list[set[str]]) -> Floats:
    rows = np.zeros((len(labels), len(SEGMENT_LABELS)), np.float32)
    for row, names in zip(rows, labels, strict=True):
        for name in names:
            if name in SEGMENT_LABELS:
                row[SEGMENT_LABELS.index(name)] = 1
    return rows


def _tags(
    marks: Sequence[Mark], parsed: ParsedNote, encoded: tuple[Encoded, ...]
) -> Iterator[Ints]:
    marks = [mark for mark in marks if mark.label[0] == "dx"]
    for segment, tokens in zip(parsed.segments, encoded, strict=True):
        tags = np.full(len(tokens.ids), IGNORED, np.int64)
        for position, span in enumerate(tokens.spans):
            if span is not None:
                tags[position] = 0
        for mark in marks:
            if mark.span.overlaps(segment.span):
                state = mark.label[2] if len(mark.label) > 2 else "affirmed"
                tag = TAGS.index(state) if state in TAGS else TAGS.index("other")
                tags[list(tokens_within(tokens, mark.span))] = tag
        yield tags
