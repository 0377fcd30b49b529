"""The corpus as Label Studio tasks, and the labelling interface that shows them.

Offsets are code points, as Label Studio counts since its frontend of 2021; nothing is moved.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from training.corpus import LabeledNote
from training.exporters.written import Exported, head_of

_LABELS, _TEXT = "label", "text"


def write_label_studio(notes: Sequence[LabeledNote], out: Path) -> Exported:
    """Write the tasks into the file ``out``, and the interface beside it with the suffix .xml."""
    tasks = [_task(note) for note in notes]
    out.write_text(json.dumps(tasks, ensure_ascii=False, indent=1), "utf-8")
    out.with_suffix(".xml").write_text(_interface(notes), "utf-8")
    return Exported(notes=len(notes), spans=sum(len(note.marks) for note in notes), moved=0)


def _task(note: LabeledNote) -> dict[str, Any]:
    result = [
        {
            "id": f"{note.id}-{index}",
            "from_name": _LABELS,
            "to_name": _TEXT,
            "type": "labels",
            "value": {
                "start": mark.span.start,
                "end": mark.span.end,
                "text": mark.span.of(note.text),
                "labels": [" ".join(mark.label)],
            },
        }
        for index, mark in enumerate(note.marks)
    ]
    return {"data": {_TEXT: note.text, **head_of(note)}, "annotations": [{"result": result}]}


def _interface(notes: Sequence[LabeledNote]) -> str:
    """The interface: every label of ``notes``, with a box to search them, over the text."""
    view = ElementTree.Element("View")
    ElementTree.SubElement(view, "Filter", toName=_LABELS, name="filter")
    labels = ElementTree.SubElement(view, "Labels", name=_LABELS, toName=_TEXT)
    for name in sorted({" ".join(mark.label) for note in notes for mark in note.marks}):
        ElementTree.SubElement(labels, "Label", value=name)
    ElementTree.SubElement(view, "Text", name=_TEXT, value=f"${_TEXT}", granularity="symbol")
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"
