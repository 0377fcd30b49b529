"""Everything learned that one copilot needs, opened and checked from the artifacts folder."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from model.codes.laterality import is_pair
from model.extract.blend import BlendedReader
from model.extract.encoder import EncoderReader
from model.extract.gate import Gate, OnnxGate
from model.extract.index import DiagnosisIndex
from model.extract.line_prior import LinePrior
from model.extract.linear import LinearReader
from model.extract.linker import GatedLinker, Linker
from model.extract.reading import Reader, Reading
from model.extract.writer import OnnxWriterModel, WriterModel
from model.records import ParsedNote
from model.records.claim import Evidence, SuggestedDiagnosis
from model.sessions import Artifact, open_artifact
from model.suggest.diagnoses import CodedCondition
from model.suggest.prior import Prior
from model.suggest.sequence import sequenced
from model.suggest.specificity import asks_for

ARTIFACTS = Path(__file__).parent / "artifacts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """A reader, the linker and gates behind it, and the diagnosis index.

    Attributes:
        writer_threshold: Least probability with which a note counts as a therapist's.
        line_threshold: Least confidence with which a service becomes a line.
        diagnosis_threshold: Least confidence with which a code joins the diagnoses.
        prior: What the corpus teaches of diagnosis codes.
        line_prior: What it teaches of families of services.
    """

    reader: Reader
    writer: WriterModel
    linker: Linker
    lines: Gate
    diagnoses: Gate
    index: DiagnosisIndex
    writer_threshold: float
    line_threshold: float
    diagnosis_threshold: float
    prior: Prior
    line_prior: LinePrior
    version: str

    def is_therapists(self, note: ParsedNote, reading: Reading) -> bool:
        """Whether the note reads as a therapist's."""
        return self.writer.therapist(note, reading) >= self.writer_threshold

    def ranked(self, found: Sequence[CodedCondition]) -> tuple[SuggestedDiagnosis, ...]:
        """The codes the gate keeps, likeliest first; of one condition's readings, the best."""
        chances = self.diagnoses.probabilities([item.features for item in found])
        scored = sorted(
            zip((float(row[0]) for row in chances), found, strict=True),
            key=lambda pair: (-pair[0], pair[1].code),
        )
        kept: list[tuple[float, CodedCondition]] = []
        for chance, item in scored:
            same = any(
                any(a.overlaps(b) for a in item.evidence for b in other.evidence)
                and item.code[:3] == other.code[:3]
                and not is_pair(item.code, other.code)
                for _, other in kept
            )
            if not same and (chance >= self.diagnosis_threshold or not kept):
                kept.append((chance, item))
        order = sequenced([item.code for _, item in kept])
        kept.sort(key=lambda pair: order.index(pair[1].code))
        return tuple(
            SuggestedDiagnosis(
                code=item.code,
                rank=rank,
                confidence=chance,
                evidence=tuple(Evidence(span, "diagnosis") for span in item.evidence[:4]),
                asks_for=asks_for(item.code),
            )
            for rank, (chance, item) in enumerate(kept, start=1)
        )


def load_models(folder: Path | None = None, *, remembered: int = 0) -> Models:
    """The released models.

    Args:
        folder: Where the artifacts are; those that came along by default.
        remembered: Segments whose encoding is kept for notes that repeat them.

    Raises:
        ArtifactMissing: The folder lacks an artifact.
        ArtifactMismatch: A file is not the one its manifest was written for.
    """
    root = folder or ARTIFACTS
    encoder = open_artifact(root / "reader")
    reader = BlendedReader(
        EncoderReader(encoder, remembered=remembered),
        LinearReader(open_artifact(root / "linear-reader")),
        share=float(encoder.settings["share"]),
    )
    gates: Artifact = open_artifact(root / "gates")
    index = open_artifact(root / "diagnosis-index")
    settings = gates.settings
    return Models(
        reader=reader,
        writer=OnnxWriterModel(gates),
        linker=GatedLinker(OnnxGate(gates.read("kinds.onnx")), OnnxGate(gates.read("owners.onnx"))),
        lines=OnnxGate(gates.read("lines.onnx")),
        diagnoses=OnnxGate(gates.read("diagnoses.onnx")),
        index=DiagnosisIndex.open(index.path("index.npz")),
        writer_threshold=float(settings["writer_threshold"]),
        line_threshold=float(settings["line_threshold"]),
        diagnosis_threshold=float(settings["diagnosis_threshold"]),
        prior=Prior.from_json(json.loads(gates.read("prior.json"))),
        line_prior=LinePrior.from_json(json.loads(gates.read("line_prior.json"))),
        version=f"{reader.version}+{gates.version}+{index.version}",
    )
