"""The corpus holds together, is large enough, and repeats nothing across styles."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from training.corpus import CorpusError, LabeledNote, read_corpus, read_note
from training.corpus_check import corpus_faults

_SHINGLE, _NEAR = 8, 0.3


@pytest.fixture(scope="module")
def corpus() -> list[LabeledNote]:
    return list(read_corpus())


def test_every_note_can_be_used_and_no_label_contradicts_it() -> None:
    assert list(corpus_faults()) == []


def test_ids_are_given_once(corpus: list[LabeledNote]) -> None:
    assert [name for name, times in Counter(n.id for n in corpus).items() if times > 1] == []


def test_the_corpus_is_large_enough(corpus: list[LabeledNote]) -> None:
    disciplines = Counter(note.encounter.get("discipline") for note in corpus)
    kinds = {note.encounter.get("note_kind") for note in corpus}

    assert len(corpus) >= 600
    assert disciplines["OT"] >= 300
    assert disciplines["PT"] >= 180
    assert disciplines["SLP"] >= 120
    assert len({note.style for note in corpus}) >= 15
    assert kinds >= {
        "evaluation", "reevaluation", "daily", "progress", "recertification", "discharge",
    }  # fmt: skip


def test_no_note_is_a_near_copy_of_one_in_another_style(corpus: list[LabeledNote]) -> None:
    shingles = {note.id: _shingles(note.text) for note in corpus}
    style = {note.id: note.style for note in corpus}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, own in shingles.items():
        for shingle in own:
            holders[shingle].append(name)
    shared: Counter[tuple[str, str]] = Counter(
        (a, b) for names in holders.values() for a in names for b in names if style[a] < style[b]
    )

    near = [
        pair
        for pair, common in shared.items()
        if common / max(min(len(shingles[pair[0]]), len(shingles[pair[1]])), 1) >= _NEAR
    ]

    assert near == []


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            "---\nid: other\nstyle: s\nauthor: a\nencounter: {}\nlines: []\ndiagnoses: []\n---\nx",
            "id",
        ),
        ("---\nid: toy\n---\nx", "lacks style"),
        ("no head at all", "toy.note"),
    ],
)
def test_a_broken_note_is_refused_by_name(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "toy.note"
    path.write_text(content, "utf-8")

    with pytest.raises(CorpusError, match=fault):
        read_note(path)
