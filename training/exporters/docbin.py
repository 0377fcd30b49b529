"""The corpus as a spaCy ``DocBin``: marks in ``doc.spans``, the head in ``doc.user_data``."""

from collections.abc import Sequence
from pathlib import Path

from spacy.tokens import DocBin

from training.corpus import LabeledNote
from training.exporters.tokens import moved, tokenized
from training.exporters.written import Exported, head_of


def write_docbin(notes: Sequence[LabeledNote], out: Path) -> Exported:
    """Write ``notes`` into the file ``out``; ``DocBin().from_disk(out)`` reads them."""
    docs = [tokenized(note) for note in notes]
    for doc, note in zip(docs, notes, strict=True):
        doc.user_data.update(head_of(note))
    DocBin(docs=docs, store_user_data=True).to_disk(out)
    return Exported(
        notes=len(notes),
        spans=sum(len(note.marks) for note in notes),
        moved=sum(moved(doc, note) for doc, note in zip(docs, notes, strict=True)),
    )
