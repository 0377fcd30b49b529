"""Whether a therapist wrote the note; one of another profession supports no therapy line."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Protocol

import numpy as np

from model.extract.features import words
from model.extract.reading import ELEMENTS, Reading
from model.parse.signatures import role_of
from model.records import Encounter, ParsedNote, SignerRole
from model.sessions import Artifact

# How surely a documentation element is told, in steps a linear model can weigh.
_STEPS = (0.3, 0.6, 0.85)
_THERAPISTS = frozenset({SignerRole.THERAPIST, SignerRole.ASSISTANT, SignerRole.STUDENT})


class WriterModel(Protocol):
    """Anything that weighs who wrote a note."""

    def therapist(self, note: ParsedNote, reading: Reading) -> float:
        """Probability that a therapist, or an assistant or student of one, wrote it."""


class OnnxWriterModel:
    """The model exported by training: token strings in, a probability out."""

    def __init__(self, artifact: Artifact) -> None:
        self._session = artifact.session("writer.onnx")

    def therapist(self, note: ParsedNote, reading: Reading) -> float:
        """Probability that a therapist, or an assistant or student of one, wrote it."""
        tokens = np.asarray([[writer_tokens(note, reading)]], dtype=object)
        return float(self._session.run(["probabilities"], {"tokens": tokens})[0][0][0])


def writer_tokens(note: ParsedNote, reading: Reading) -> str:
    """The whole note as one token string: words and pairs, who signs, what a reader finds told."""
    own = words(note.text)
    return " ".join(
        (
            *own,
            *(f"{a}_{b}" for a, b in pairwise(own)),
            *(f"sign:{found.role}:{int(found.is_signature)}" for found in note.signatures),
            *(f"h:{segment.section}" for segment in note.segments),
            *(f"k:{duration.kind}" for duration in note.durations),
            *(("stated",) if note.stated_lines else ()),
            *_told(reading),
        )
    )


def _told(reading: Reading) -> Iterator[str]:
    for element in ELEMENTS:
        surest = float(reading.of(f"el:{element}").max(initial=0.0))
        yield from (f"el:{element}:{step}" for step in _STEPS if surest >= step)


def is_told_therapists(encounter: Encounter) -> bool:
    """Whether the EHR itself says whose note it is; then nobody needs to guess."""
    clinician = encounter.clinician
    return (
        encounter.discipline is not None
        or clinician.is_assistant is not None
        or role_of(clinician.credential or "") in _THERAPISTS
    )
