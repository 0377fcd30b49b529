import pytest

from model.codes.procedures import find
from model.extract.lexicon import FAMILY, families, family_of, hits
from model.records import Span
from tests.support.marked import marked


@pytest.mark.parametrize(
    ("code", "family"),
    [("97163", "97161"), ("97014", "G0283"), ("97130", "97129"), ("97110", "97110")],
)
def test_codes_told_apart_later_are_read_as_one_family(code: str, family: str) -> None:
    assert family_of(code) == family


def test_every_family_is_a_code_of_the_table_and_its_own_family() -> None:
    assert [f for f in families() if find(f) is None or family_of(f) != f] == []
    assert set(FAMILY.values()) <= set(families())


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("⟦Theraband⟧ and ⟦gait train⟧ing", [("97110", False), ("97116", True)]),
        ("😀 İ ⟦self care⟧: ⟦DRESS⟧ing", [("97535", True), ("97535", False)]),
        ("unrelated words", []),
        ("reprom", []),
    ],
)
def test_words_speak_for_families_at_exact_places(note: str, found: list[tuple[str, bool]]) -> None:
    text, expected = marked(note)

    own = hits(text, Span(0, len(text)))

    assert [(hit.family, hit.is_name) for hit in own] == found
    assert [hit.span for hit in own] == expected


def test_only_words_inside_the_span_speak() -> None:
    assert hits("gait training then manual therapy", Span(0, 13))[0].family == "97116"
    assert len(hits("gait training then manual therapy", Span(0, 13))) == 1
