"""The one door to the journey. Imported late: it brings spaCy and onnxruntime along."""

from datetime import date
from pathlib import Path
from typing import Protocol

from model.records import Encounter
from model.records.claim import ClaimDraft
from service.wire.encounter import GivenClaim

REMEMBERED = 1024
"""Segments of notes kept with their encodings, about 33 kB each."""


class Drafter(Protocol):
    """Whatever turns an encounter into a claim draft."""

    def draft(self, encounter: Encounter) -> ClaimDraft:
        """The draft of ``encounter``."""


def load_copilot(
    artifacts: Path | None = None, *, rules_only: bool = False, remembered: int = REMEMBERED
) -> Drafter:
    """A copilot with the released models, or with none, where only the rules are to judge.

    ``remembered`` segments are kept in memory for notes that repeat them; 0 keeps none.

    Raises:
        ArtifactError: An artifact is missing, or its checksum differs from its manifest.
    """
    from model.journey import Copilot

    if rules_only:
        return Copilot(None)
    from model.models import load_models

    return Copilot(load_models(artifacts, remembered=remembered))


def judged(given: GivenClaim, *, as_of: date | None = None) -> ClaimDraft:
    """A claim already coded, judged by the rules alone; ``as_of`` as in ``check_claim``."""
    from model.checking import check_claim

    return check_claim(given.encounter, given.lines, given.diagnoses, as_of=as_of)
