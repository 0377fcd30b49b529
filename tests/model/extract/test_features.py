import pytest

from model.extract.features import (
    bare_tokens,
    clause_of,
    duration_tokens,
    line_of,
    segment_at,
    segment_tokens,
    words,
)
from model.parse.pipeline import parse
from model.records import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ther Ex 15 min", ["ther", "ex", "0", "min"]),
        ("97110 x12", ["97110", "x", "0"]),
        ("10:05-10:43", ["0:0", "-", "0:0"]),
        ("", []),
    ],
)
def test_numbers_become_shapes_and_codes_stay(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_segment_tells_itself_and_its_neighbours() -> None:
    note = parse("Alpha.\nBeta.\nGamma.")

    tokens = [segment_tokens(note, index).split() for index in range(3)]

    assert "first" in tokens[0]
    assert "last" in tokens[2]
    assert {"beta", "b:alpha", "n:gamma", "1:beta"} <= set(tokens[1])
    assert {"first", "last"}.isdisjoint(tokens[1])


def test_a_lone_segment_carries_heading_and_section() -> None:
    tokens = bare_tokens("gait training", "Plan", "plan").split()

    assert {"h:plan", "s:plan", "gait_training", "lex:n:97116"} <= set(tokens)


def test_a_duration_tells_its_clause_and_its_size() -> None:
    note = parse("Ther ex 20 min, manual therapy 10 min, total 30 min")

    tokens = [set(duration_tokens(note, index).split()) for index in range(3)]

    assert {"v:4", "clx:n:97110"} <= tokens[0]
    assert {"v:2", "nl:97140"} <= tokens[1]
    assert {"max", "sum"} <= tokens[2]


def test_a_clause_holds_one_duration() -> None:
    note = parse("Ther ex 20 min, manual therapy 10 min")

    assert [clause_of(note, d).of(note.text) for d in note.durations] == [
        "Ther ex 20 min",
        " manual therapy 10 min",
    ]


@pytest.mark.parametrize(
    ("at", "line"), [(0, Span(0, 2)), (1, Span(0, 2)), (3, Span(3, 5)), (5, Span(3, 5))]
)
def test_a_line_ends_at_its_break(at: int, line: Span) -> None:
    assert line_of("ab\ncd", at) == line


def test_a_character_belongs_to_the_last_segment_begun_before_it() -> None:
    note = parse("  Alpha.\nBeta.")

    assert segment_at(note, 0) is None
    assert segment_at(note, 4) == note.segments[0]
    assert segment_at(note, 99) == note.segments[1]
