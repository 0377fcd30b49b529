"""The transformer reader: every segment encoded by itself, three heads on top."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import onnxruntime as ort

from model.extract.features import segment_at
from model.extract.inputs import context_inputs, duration_inputs, segment_inputs
from model.extract.mentions import mentions
from model.extract.reading import NOTHING_READ, Floats, Reading
from model.extract.tokens import Encoded, encode, load_tokenizer, tokens_within
from model.records import Encounter, ParsedNote
from model.sessions import Artifact


class EncoderReader:
    """Reads notes with the released encoder; the same words get the same answer every time."""

    def __init__(self, artifact: Artifact, *, threads: int = 1, remembered: int = 0) -> None:
        """Open the graphs of ``artifact``; see ``SegmentEncoder`` for ``remembered``."""
        self._encoder = SegmentEncoder(
            artifact.session("encoder.onnx", threads=threads), remembered=remembered
        )
        self._heads = artifact.session("heads.onnx", threads=threads)
        self._tokenizer = load_tokenizer(str(artifact.path("tokenizer.json")))
        self._version = f"{artifact.id}-{artifact.version}"

    @property
    def version(self) -> str:
        """Id and version of the artifact."""
        return self._version

    def read(self, note: ParsedNote, encounter: Encounter) -> Reading:
        """The scores of ``note``; none where it holds no word."""
        if not note.segments:
            return NOTHING_READ
        encoded = encode(self._tokenizer, note)
        found = self._encoder.encodings(encoded)
        pooled = np.stack([own.pooled for own in found])
        places = list(duration_places(note, encoded))
        duration_states = np.zeros((max(len(places), 1), pooled.shape[1]), np.float32)
        for row, (segment, positions) in enumerate(places):
            duration_states[row] = found[segment].states[list(positions)].mean(axis=0)
        context = context_inputs(encounter.discipline, encounter.note_kind)
        inputs = duration_inputs(note)
        segments, durations = self._heads.run(
            ["segments", "durations"],
            {
                "pooled": pooled,
                "segment_inputs": segment_inputs(note, context),
                "duration_states": duration_states,
                "duration_segments": np.asarray([s for s, _ in places] or [0], np.int64),
                "duration_inputs": inputs
                if len(inputs)
                else np.zeros((1, inputs.shape[1]), np.float32),
            },
        )
        return Reading(
            segments=_sigmoid(segments),
            durations=_softmax(durations)[: len(places)],
            mentions=tuple(mentions(encoded, [own.tags for own in found])),
        )


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the encoder says of one segment.

    Attributes:
        pooled: Mean of its token states, ``(STATE,)``.
        states: ``(tokens, STATE)``.
        tags: Tag probabilities ``(tokens, len(TAGS))``.
    """

    pooled: Floats
    states: Floats
    tags: Floats


class SegmentEncoder:
    """Encodes segments one at a time, and remembers the last ones exactly.

    Alone, a segment needs no padding, which costs more than a batch saves; and no neighbour moves
    its int8 scales, so that its answer depends on nothing but its words.
    """

    def __init__(self, session: ort.InferenceSession, *, remembered: int = 0) -> None:
        """Args: remembered: Segments kept in memory with their answers; notes repeat themselves."""
        self._session = session
        self._one = lru_cache(maxsize=remembered)(self._run)

    def encodings(self, encoded: Sequence[Encoded]) -> list[Encoding]:
        """The encoding of each segment, in the order given."""
        return [self._one(segment.ids, segment.types) for segment in encoded]

    def _run(self, ids: tuple[int, ...], types: tuple[int, ...]) -> Encoding:
        states, logits = self._session.run(
            ["states", "tags"],
            {
                "input_ids": np.asarray([ids], np.int64),
                "token_type_ids": np.asarray([types], np.int64),
                "attention_mask": np.ones((1, len(ids)), np.int64),
            },
        )
        return Encoding(states[0].mean(axis=0), states[0], _softmax(logits[0]))


def duration_places(
    note: ParsedNote, encoded: Sequence[Encoded]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Segment and token positions of each duration; position 0 when it fell to truncation."""
    index_of = {segment.span: index for index, segment in enumerate(note.segments)}
    for duration in note.durations:
        segment = segment_at(note, duration.span.start)
        index = index_of[segment.span] if segment else 0
        yield index, tokens_within(encoded[index], duration.span) or (0,)


def _sigmoid(logits: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-logits)), np.float32)


def _softmax(logits: Floats) -> Floats:
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), np.float32)
