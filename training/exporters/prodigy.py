"""The corpus as Prodigy tasks for its span recipes: JSON lines with tokens and token offsets."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from training.corpus import LabeledNote
from training.exporters.tokens import SPANS_KEY, moved, tokenized
from training.exporters.written import Exported, head_of


def write_prodigy(notes: Sequence[LabeledNote], out: Path) -> Exported:
    """Write one task a note into the file ``out``."""
    widened = 0
    with out.open("w", encoding="utf-8") as file:
        for note in notes:
            doc = tokenized(note)
            widened += moved(doc, note)
            file.write(json.dumps(_task(note, doc), ensure_ascii=False) + "\n")
    return Exported(notes=len(notes), spans=sum(len(note.marks) for note in notes), moved=widened)


def _task(note: LabeledNote, doc: Doc) -> dict[str, Any]:
    return {
        "text": note.text,
        "tokens": [
            {
                "text": token.text,
                "start": token.idx,
                "end": token.idx + len(token),
                "id": token.i,
                "ws": bool(token.whitespace_),
            }
            for token in doc
        ],
        "spans": [
            {
                "start": span.start_char,
                "end": span.end_char,
                "token_start": span.start,
                "token_end": span.end - 1,  # Prodigy counts the last token in
                "label": span.label_,
            }
            for span in doc.spans[SPANS_KEY]
        ],
        "meta": head_of(note),
        "answer": "accept",
    }
