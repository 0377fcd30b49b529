"""Fit each artifact and write it under model/artifacts."""

import io
import logging
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from model.codes.diagnoses import every
from model.extract.index import DiagnosisIndex
from model.extract.tokens import load_tokenizer
from model.parse.pipeline import parse
from model.records import ParsedNote
from training.artifact import write_artifact
from training.corpus import ROOT, LabeledNote
from training.folds import fold_of
from training.held_out import SHARE, both, usable
from training.splits import notes_to_fit
from training.tasks import diagnoses, diagnosis_index, gates, linear, lines, linker, writer

if TYPE_CHECKING:
    from training.encoder.fit import Reader

logger = logging.getLogger(__name__)
LINE_THRESHOLD, DIAGNOSIS_THRESHOLD, WRITER_THRESHOLD = 0.5, 0.4, 0.4
COMMONEST = 7_000
_POSITIONS = 160
"""A segment with its heading is cut at 96 tokens (model/extract/tokens.py)."""
INDEX_DAY = date(2026, 4, 1)
"""Day whose codes the index holds: the last release of the tabular we have."""


def corpus() -> tuple[list[LabeledNote], list[ParsedNote]]:
    """Every labelled note with its parse; the exam stays unseen."""
    notes = notes_to_fit()
    return notes, [parse(note.text, note_id=note.id) for note in notes]


def release_linear() -> Path:
    """Fit and write the plain reader."""
    notes, parsed = corpus()
    models = linear.fit(notes, parsed)
    return write_artifact(
        "linear-reader",
        models.to_onnx(),
        settings={"features": linear.FEATURES},
        card=f"# linear-reader\nTF-IDF and one logistic regression a label (scikit-learn), fitted "
        f"on {len(notes)} authored notes and the segment bank. The baseline of docs/evaluation.md.",
    )


def index_bytes(notes: Sequence[LabeledNote]) -> bytes:
    """The diagnosis index of ``notes``' marks, the bank, our lay terms and the tabular."""
    buffer = io.BytesIO()
    arrays = diagnosis_index.build(diagnosis_index.sayings(notes, INDEX_DAY))
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def strangers_indices(notes: Sequence[LabeledNote]) -> dict[str, DiagnosisIndex]:
    """For each style an index of half the other styles' marks, its own not among them."""
    styles = sorted({note.style for note in notes})
    built = [
        DiagnosisIndex.from_bytes(
            index_bytes([note for note in notes if fold_of(note.style, styles, 2) != half])
        )
        for half in range(2)
    ]
    return {style: built[fold_of(style, styles, 2)] for style in styles}


def release_index() -> Path:
    """Build and write the diagnosis index."""
    notes = notes_to_fit()
    return write_artifact(
        "diagnosis-index",
        {"index.npz": index_bytes(notes)},
        settings={"day": INDEX_DAY.isoformat()},
        card="# diagnosis-index\nEvery way we know to say an ICD-10-CM code: our phrase bank, the "
        "notes' marks, our lay terms, and the public tabular's titles and inclusion terms.",
    )


def release_reader() -> Path:
    """Fine-tune the encoder on the whole corpus, export it and write it."""
    from training.encoder.base import base_folder, base_settings
    from training.encoder.examples import bank_examples, phrase_examples, variants
    from training.encoder.fit import fit

    tokenizer = load_tokenizer(str(base_folder() / "tokenizer.json"))
    banked = [*bank_examples(tokenizer), *phrase_examples(tokenizer)]
    known = variants(notes_to_fit(), tokenizer)
    network = fit(list(known.values()), banked, base_settings())
    return write_reader(network, layers=base_settings().layers)


def write_reader(network: "Reader", *, layers: int) -> Path:
    """Export a fitted network: vocabulary pruned, weights int8, heads kept in half."""
    from training.encoder.base import base_folder
    from training.encoder.compact import cut_positions, halve_weights
    from training.encoder.export import export_encoder, export_heads, keep_tokens, quantize

    source = base_folder() / "tokenizer.json"
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        keep_tokens(source, used_tokens(source), network, folder / "tokenizer.json")
        export_encoder(network, folder / "fp32.onnx")
        quantize(folder / "fp32.onnx", folder / "encoder.onnx")
        cut_positions(folder / "encoder.onnx", _POSITIONS)
        export_heads(network, folder / "heads.onnx")
        halve_weights(folder / "heads.onnx")
        names = ("encoder.onnx", "heads.onnx", "tokenizer.json")
        files = {name: (folder / name).read_bytes() for name in names}
    return write_artifact(
        "reader",
        files,
        settings={"share": SHARE, "layers": layers},
        card=f"# reader\nall-MiniLM-L6-v2 (Apache-2.0), its first {layers} layers, fine-tuned on "
        "the authored corpus to read segments, durations and diagnosis mentions; int8 weights.",
    )


def used_tokens(tokenizer: Path) -> set[int]:
    """Word pieces that the corpus, the bank, the phrases and the ICD-10-CM titles need.

    And the commonest of the base vocabulary: what strangers write beside them.
    """
    encoder = load_tokenizer(str(tokenizer))
    encoder.no_truncation()
    texts = [note.text for note in notes_to_fit()]
    for path in sorted([*ROOT.glob("segments/*.tsv"), *ROOT.glob("phrases/*.tsv")]):
        texts += path.read_text("utf-8").splitlines()
    texts += [found.title for found in every(INDEX_DAY)]
    lines = (line for text in texts for line in text.splitlines())
    pieces = {piece for line in lines for piece in _pieces(encoder, line)}
    # The base vocabulary is ordered by frequency: its first part is everyday English.
    return pieces | set(range(COMMONEST))


def _pieces(encoder: Tokenizer, line: str) -> list[int]:
    words = line.split()
    return [
        piece
        for start in range(0, len(words), 40)
        for piece in encoder.encode(" ".join(words[start : start + 40])).ids
    ]


def release_gates(cache: Path) -> Path:
    """Fit the gates on readings, kept in ``cache``, by readers that never saw a note's style."""
    read = both(cache)
    notes, parsed = usable(read)
    data = [(note, own, read[note.id]) for note, own in zip(notes, parsed, strict=True)]
    kinds, owners = linker.fit(data)
    services = lines.considered(notes, parsed, read, linker.cross_scores(data))
    families = gates.fit_gate(lines.rows(services))
    conditions = diagnoses.described(notes, parsed, read, strangers_indices(notes))
    codes = gates.fit_gate(diagnoses.rows(conditions))
    return write_artifact(
        "gates",
        {
            "kinds.onnx": kinds.to_onnx(),
            "owners.onnx": owners.to_onnx(),
            "lines.onnx": gates.to_onnx(families),
            "diagnoses.onnx": gates.to_onnx(codes),
            "writer.onnx": writer.fit(data).to_onnx(),
            "line_prior.json": gates.prior_bytes(lines.prior(services)),
            "prior.json": gates.prior_bytes(diagnoses.prior(conditions)),
        },
        settings={
            "line_threshold": LINE_THRESHOLD,
            "diagnosis_threshold": DIAGNOSIS_THRESHOLD,
            "writer_threshold": WRITER_THRESHOLD,
        },
        card="# gates\nGradient-boosted trees that decide whose minutes are whose, which services "
        "become lines and which codes become diagnoses; and a logistic regression that tells a "
        "therapist's note from another profession's; fitted on held-out readings of "
        f"{len(notes)} notes.",
    )
