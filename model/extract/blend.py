"""Two readers are steadier than one: the encoder's scores and the plain reader's, averaged."""

import numpy as np

from model.extract.encoder import EncoderReader
from model.extract.linear import LinearReader
from model.extract.reading import COLUMN, Floats, Reading
from model.records import Encounter, ParsedNote

_CLIP = 1e-4


class BlendedReader:
    """The encoder and the plain reader side by side.

    The plain reader keeps the encoder honest in registers it met too rarely; diagnosis mentions
    are the encoder's alone, for the plain reader has no words for where they begin.
    """

    def __init__(self, encoder: EncoderReader, plain: LinearReader, *, share: float) -> None:
        """Args: share: The encoder's weight in the average of log odds, from 0 to 1."""
        self._encoder, self._plain, self._share = encoder, plain, share

    @property
    def version(self) -> str:
        """Both versions."""
        return f"{self._encoder.version}+{self._plain.version}"

    def read(self, note: ParsedNote, encounter: Encounter) -> Reading:
        """The blended scores of ``note``."""
        return blended(
            self._encoder.read(note, encounter),
            self._plain.read(note, encounter),
            share=self._share,
        )


def blended(encoder: Reading, plain: Reading, *, share: float) -> Reading:
    """Both readings' log odds averaged, the encoder's weighing ``share``."""
    segments = _sigmoid(share * _logit(encoder.segments) + (1 - share) * _logit(plain.segments))
    # The plain reader does not tell mentioning from doing.
    for label, column in COLUMN.items():
        if label.startswith("fam:"):
            segments[:, column] = encoder.segments[:, column]
    durations = np.exp(
        share * np.log(np.clip(encoder.durations, _CLIP, 1))
        + (1 - share) * np.log(np.clip(plain.durations, _CLIP, 1))
    )
    total = durations.sum(axis=1, keepdims=True)
    return Reading(
        segments=segments,
        durations=np.asarray(durations / np.where(total > 0, total, 1), np.float32),
        mentions=encoder.mentions,
    )


def _logit(chances: Floats) -> Floats:
    clipped = np.clip(chances, _CLIP, 1 - _CLIP)
    return np.asarray(np.log(clipped / (1 - clipped)), np.float32)


def _sigmoid(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-odds)), np.float32)
