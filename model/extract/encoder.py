"""The transformer reader: every segment encoded once, three heads on top."""

from collections.abc import Iterator, Sequence

import numpy as np
import onnxruntime as ort

from model.extract.features import segment_at
from model.extract.inputs import context_inputs, duration_inputs, segment_inputs
from model.extract.mentions import mentions
from model.extract.reading import NOTHING_READ, Floats, Reading
from model.extract.tokens import Encoded, encode, load_tokenizer, tokens_within
from model.records import Encounter, ParsedNote
from model.sessions import Artifact

_BATCH = 16


class EncoderReader:
    """Reads notes with the released encoder; deterministic and without shared state."""

    def __init__(self, artifact: Artifact, *, threads: int = 1) -> None:
        self._encoder = artifact.session("encoder.onnx", threads=threads)
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
        pooled, states, tags = run_encoder(self._encoder, encoded)
        places = list(duration_places(note, encoded))
        width = pooled.shape[1]
        duration_states = np.zeros((max(len(places), 1), width), np.float32)
        for row, (segment, positions) in enumerate(places):
            duration_states[row] = states[segment][list(positions)].mean(axis=0)
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
            mentions=tuple(mentions(encoded, tags)),
        )


def run_encoder(
    session: ort.InferenceSession, encoded: Sequence[Encoded]
) -> tuple[Floats, list[Floats], list[Floats]]:
    """Pooled state, token states and tag probabilities of each segment, in the order given.

    Segments go through sorted by length, in small batches: padding costs as much as words.
    """
    order = sorted(range(len(encoded)), key=lambda index: len(encoded[index].ids))
    pooled: dict[int, Floats] = {}
    states: dict[int, Floats] = {}
    tags: dict[int, Floats] = {}
    for start in range(0, len(order), _BATCH):
        chunk = order[start : start + _BATCH]
        width = len(encoded[chunk[-1]].ids)
        ids = np.zeros((len(chunk), width), np.int64)
        types, mask = np.zeros_like(ids), np.zeros_like(ids)
        for row, index in enumerate(chunk):
            length = len(encoded[index].ids)
            ids[row, :length] = encoded[index].ids
            types[row, :length] = encoded[index].types
            mask[row, :length] = 1
        hidden, logits = session.run(
            ["states", "tags"], {"input_ids": ids, "token_type_ids": types, "attention_mask": mask}
        )
        for row, index in enumerate(chunk):
            length = len(encoded[index].ids)
            states[index] = hidden[row, :length]
            pooled[index] = states[index].mean(axis=0)
            tags[index] = _softmax(logits[row, :length])
    everyone = range(len(encoded))
    return (
        np.stack([pooled[i] for i in everyone]),
        [states[i] for i in everyone],
        [tags[i] for i in everyone],
    )


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
