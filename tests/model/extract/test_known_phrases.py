import numpy as np
import pytest

from model.extract.index import DiagnosisIndex
from model.extract.known_phrases import with_known_phrases
from model.extract.reading import COLUMN, DURATION_LABELS, SEGMENT_LABELS, Mention, Reading
from model.parse.pipeline import parse
from model.records import ParsedNote, Span
from training.tasks.diagnosis_index import build
from training.tasks.saying import Saying

SAYINGS = [
    Saying("carpal tunnel syndrome", "G56.00", "bank"),
    Saying("multiple sclerosis", "G35", "bank"),
    Saying("hand", "M79.643", "bank"),
    Saying("lymphedema", "I89.0", "bank"),
]
INDEX = DiagnosisIndex(build(SAYINGS))


def reading(note: ParsedNote, *mentions: Mention, state: str | None = None) -> Reading:
    segments = np.full((len(note.segments), len(SEGMENT_LABELS)), 0.01, np.float32)
    if state:
        segments[:, COLUMN[f"dx:{state}"]] = 0.9
    durations = np.zeros((len(note.durations), len(DURATION_LABELS)), np.float32)
    return Reading(segments=segments, durations=durations, mentions=mentions)


def found(text: str, *mentions: Mention, state: str | None = None) -> list[tuple[str, str]]:
    note = parse(text)
    read = reading(note, *mentions, state=state)
    return [(m.span.of(text), m.state) for m in with_known_phrases(note, read, INDEX)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Seen for carpal tunnel syndrome.", "carpal tunnel syndrome"),
        ("Seen for R CTS, released.", "R CTS"),
        ("Lymphedema stage 2", "Lymphedema"),
        ("has MS, walks with a cane", "MS"),
    ],
)
def test_a_known_name_is_a_mention_though_the_tagger_passed_it(text: str, words: str) -> None:
    assert found(text) == [(words, "affirmed")]


@pytest.mark.parametrize(
    "text",
    [
        "Ms Crane smiled.",
        "hand washed",
        "no such condition here",
        "Walked far.\nA. Crane, MS, OTR/L",
    ],
)
def test_titles_body_parts_and_plain_words_are_none(text: str) -> None:
    assert found(text) == []


def test_a_name_that_the_tagger_cut_short_is_made_whole() -> None:
    cut = Mention(Span(16, 22), "affirmed", 0.9)

    assert found("Seen for carpal tunnel syndrome.", cut) == [
        ("carpal tunnel syndrome", "affirmed")
    ]


def test_the_segment_tells_how_the_note_holds_it() -> None:
    assert found("Hx of lymphedema", state="history") == [("lymphedema", "history")]
