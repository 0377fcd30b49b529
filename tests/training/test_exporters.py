"""Exports keep every mark of real notes where it stands, or count it as moved."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import spacy
from spacy.tokens import DocBin

from model.records import Span
from training.corpus import LabeledNote, gold_line, read_corpus
from training.exporters.formats import EXPORTERS
from training.exporters.tokens import SPANS_KEY
from training.exporters.written import Format, written_line
from training.marks import Mark

Found = list[tuple[int, int, str]]


@pytest.fixture(scope="module")
def notes() -> list[LabeledNote]:
    """A slice through all batches, and every note with a character beyond the first plane."""
    return [
        note
        for index, note in enumerate(read_corpus())
        if index % 10 == 0 or any(ord(character) > 0xFFFF for character in note.text)
    ]


def marks(note: LabeledNote) -> Found:
    return [(mark.span.start, mark.span.end, " ".join(mark.label)) for mark in note.marks]


def differing(found: Found, note: LabeledNote) -> int:
    """Marks written elsewhere; each must at least cover its words, blanks aside, by its label."""
    for (start, end, label), mark in zip(found, note.marks, strict=True):
        words = mark.span.of(note.text)
        first = mark.span.start + len(words) - len(words.lstrip())
        assert label == " ".join(mark.label)
        assert start <= first < first + len(words.strip()) <= end
    return sum(a != b for a, b in zip(found, marks(note), strict=True))


def cut(text: str = "stretch x10min today") -> LabeledNote:
    """A note whose one mark cuts a token."""
    return LabeledNote(
        id="cut",
        style="s",
        author="a",
        path=Path("cut.note"),
        encounter={},
        text=text,
        marks=(Mark(("min", "97110"), Span(9, 11)),),
        lines=(gold_line("97110 10 1 GP"),),
        stated=(),
        diagnoses=(),
        findings=(),
    )


def test_a_docbin_gives_texts_marks_and_heads_back(
    notes: list[LabeledNote], tmp_path: Path
) -> None:
    exported = EXPORTERS[Format.DOCBIN](notes, tmp_path / "out.spacy")

    docs = list(DocBin().from_disk(tmp_path / "out.spacy").get_docs(spacy.blank("en").vocab))
    moved = [
        differing([(s.start_char, s.end_char, s.label_) for s in doc.spans[SPANS_KEY]], note)
        for doc, note in zip(docs, notes, strict=True)
    ]
    assert [doc.text for doc in docs] == [note.text for note in notes]
    assert [doc.user_data["note_id"] for doc in docs] == [note.id for note in notes]
    assert (exported.notes, exported.moved) == (len(notes), sum(moved))
    assert exported.spans == sum(len(note.marks) for note in notes)


def test_prodigy_tokens_and_spans_fit_the_text(notes: list[LabeledNote], tmp_path: Path) -> None:
    exported = EXPORTERS[Format.PRODIGY](notes, tmp_path / "out.jsonl")

    tasks = list(map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines()))
    moved = 0
    for task, note in zip(tasks, notes, strict=True):
        assert task["text"] == note.text
        assert rebuilt(task["tokens"]) == note.text
        for span in task["spans"]:
            assert task["tokens"][span["token_start"]]["start"] == span["start"]
            assert task["tokens"][span["token_end"]]["end"] == span["end"]
        moved += differing([(s["start"], s["end"], s["label"]) for s in task["spans"]], note)
    assert exported.moved == moved


def rebuilt(tokens: list[dict[str, Any]]) -> str:
    assert all(b["start"] == a["end"] + a["ws"] for a, b in pairwise(tokens))
    return "".join(token["text"] + " " * token["ws"] for token in tokens)


def test_label_studio_moves_nothing_and_knows_every_label(
    notes: list[LabeledNote], tmp_path: Path
) -> None:
    exported = EXPORTERS[Format.LABEL_STUDIO](notes, tmp_path / "out.json")

    tasks = json.loads((tmp_path / "out.json").read_text("utf-8"))
    interface = ElementTree.parse(tmp_path / "out.xml")  # noqa: S314 - written above
    known = {label.get("value") for label in interface.iter("Label")}
    for task, note in zip(tasks, notes, strict=True):
        values = [region["value"] for region in task["annotations"][0]["result"]]
        assert [(v["start"], v["end"], *v["labels"]) for v in values] == marks(note)
        assert [v["text"] for v in values] == [
            task["data"]["text"][start:end] for start, end, _ in marks(note)
        ]
    assert known == {label for note in notes for *_, label in marks(note)}
    assert exported.moved == 0


@pytest.mark.parametrize(
    ("form", "moved"), [(Format.DOCBIN, 1), (Format.PRODIGY, 1), (Format.LABEL_STUDIO, 0)]
)
def test_a_mark_inside_a_token_is_moved_where_tokens_count(
    tmp_path: Path, form: Format, moved: int
) -> None:
    assert EXPORTERS[form]([cut()], tmp_path / "out.file").moved == moved


@pytest.mark.parametrize("written", ["97110 15 1 GP", "97110 - - GO CO", "92526 30 1 GN"])
def test_a_line_is_written_as_it_was_read(written: str) -> None:
    assert written_line(gold_line(written)) == written


def test_the_head_says_which_notes_are_the_exam(notes: list[LabeledNote], tmp_path: Path) -> None:
    EXPORTERS[Format.PRODIGY](notes, tmp_path / "out.jsonl")

    tasks = map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines())
    splits = {task["meta"]["style"]: task["meta"]["split"] for task in tasks}
    assert splits["pt-telegraph"] == "exam"
    assert splits["neuro-soap"] == "train"
