from collections.abc import Sequence

import numpy as np

from model.extract.mentions import mentions
from model.extract.reading import TAGS
from model.extract.tokens import Encoded
from model.records import Span


def encoded(*spans: tuple[int, int] | None) -> Encoded:
    places = tuple(Span(*span) if span else None for span in spans)
    return Encoded(ids=(0,) * len(places), types=(1,) * len(places), spans=places)


def tags(chances: Sequence[float], state: str = "affirmed") -> np.ndarray:
    rows = np.zeros((len(chances), len(TAGS)), np.float32)
    rows[:, TAGS.index(state)] = chances
    rows[:, 0] = 1 - np.asarray(chances)
    return rows


def test_a_word_is_taken_whole_when_one_of_its_pieces_is_sure() -> None:
    pieces = encoded(None, (0, 4), (4, 9), (10, 15))

    (found,) = mentions([pieces], [tags([0.9, 0.1, 0.8, 0.05])])

    assert found.span == Span(0, 9)


def test_a_likely_word_between_sure_ones_joins_them() -> None:
    words = encoded((0, 4), (5, 7), (8, 12))

    (found,) = mentions([words], [tags([0.9, 0.25, 0.9])])

    assert found.span == Span(0, 12)


def test_unsure_words_alone_are_no_mention() -> None:
    assert list(mentions([encoded((0, 4), (5, 9))], [tags([0.3, 0.3])])) == []


def test_an_unlikely_word_parts_two_mentions() -> None:
    words = encoded((0, 4), (5, 9), (10, 14))

    found = list(mentions([words], [tags([0.9, 0.05, 0.9])]))

    assert [mention.span for mention in found] == [Span(0, 4), Span(10, 14)]


def test_the_mention_has_the_state_of_its_words() -> None:
    (found,) = mentions([encoded((0, 4))], [tags([0.9], "history")])

    assert found.state == "history"
