"""The corpus compiles, names valid codes, is large enough, and repeats nothing across styles."""

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from model.checking import last_covered_day
from model.codes.diagnoses import is_billable
from model.codes.procedures import find
from model.rules.registry import RULES
from training.corpus import ROOT, CorpusError, LabeledNote, faults_of, read_corpus, read_note
from training.encounters import encounter_of

_SHINGLE, _NEAR = 8, 0.3


@pytest.fixture(scope="module")
def corpus() -> list[LabeledNote]:
    return list(read_corpus())


def _day(note: LabeledNote) -> date:
    return encounter_of(note).date_of_service or last_covered_day()


def test_every_note_compiles() -> None:
    assert [fault for path in sorted(ROOT.glob("*/*.note")) for fault in faults_of(path)] == []


def test_ids_are_given_once(corpus: list[LabeledNote]) -> None:
    assert [name for name, times in Counter(n.id for n in corpus).items() if times > 1] == []


def test_the_corpus_is_large_enough(corpus: list[LabeledNote]) -> None:
    disciplines = Counter(note.encounter.get("discipline") for note in corpus)
    kinds = {note.encounter.get("note_kind") for note in corpus}

    assert len(corpus) >= 120
    assert disciplines["OT"] >= 60
    assert min(disciplines["PT"], disciplines["SLP"]) > 0
    assert len({note.style for note in corpus}) >= 6
    assert kinds >= {
        "evaluation", "reevaluation", "daily", "progress", "recertification", "discharge",
    }  # fmt: skip


def test_every_procedure_is_in_the_table(corpus: list[LabeledNote]) -> None:
    assert {line.code for n in corpus for line in n.lines if find(line.code) is None} == set()


def test_every_supported_procedure_is_in_force_on_its_day(corpus: list[LabeledNote]) -> None:
    faults = [
        (note.id, line.code)
        for note in corpus
        for line in note.lines
        if (procedure := find(line.code)) and not procedure.is_in_force(_day(note))
    ]

    assert faults == []


def test_every_diagnosis_is_billable_on_its_day(corpus: list[LabeledNote]) -> None:
    faults = [
        (note.id, code)
        for note in corpus
        for code in note.diagnoses
        if not is_billable(code, _day(note))
    ]

    assert faults == []


def test_every_finding_names_a_rule(corpus: list[LabeledNote]) -> None:
    assert {finding for note in corpus for finding in note.findings} - set(RULES) == set()


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
