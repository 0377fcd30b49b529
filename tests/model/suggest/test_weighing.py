"""What the diagnosis gate is told about codes that the same words point at."""

from datetime import date

from model.extract.conditions import Stated
from model.extract.index import Match
from model.records import Span
from model.suggest.diagnoses import CodedCondition, coded
from model.suggest.prior import NO_PRIOR
from model.suggest.weighing import FEATURES

ON = date(2026, 3, 2)
TEXT = "COPD with acute exacerbation. Right knee pain."


def mention(words: str, code: str, score: float) -> Stated:
    start = TEXT.index(words)
    return Stated(
        span=Span(start, start + len(words)),
        words=words,
        state="affirmed",
        score=0.9,
        sides=frozenset(),
        matches=(Match(code, score),),
        is_heading=False,
        order=0,
    )


def weighed(*stated: Stated) -> dict[str, dict[str, float]]:
    def named(item: CodedCondition) -> dict[str, float]:
        return dict(zip(FEATURES, item.features, strict=True))

    return {item.code: named(item) for item in coded(stated, TEXT, ON, None, NO_PRIOR)}


def test_a_part_of_a_longer_mention_is_told_from_the_whole() -> None:
    found = weighed(
        mention("COPD", "J44.9", 0.9), mention("COPD with acute exacerbation", "J44.1", 0.8)
    )

    assert (found["J44.9"]["is_part"], found["J44.9"]["has_parts"]) == (1, 0)
    assert (found["J44.1"]["is_part"], found["J44.1"]["has_parts"]) == (0, 1)
    assert found["J44.1"]["better_here"] == 1
    assert found["J44.9"]["better_here"] == 0


def test_codes_of_other_words_are_no_rivals() -> None:
    found = weighed(mention("COPD", "J44.9", 0.9), mention("knee pain", "M25.569", 0.95))

    assert found["J44.9"]["better_here"] == 0
    assert found["J44.9"]["better_elsewhere"] == 1
    assert found["M25.569"]["is_symptom"] == 1


def test_every_feature_has_a_name() -> None:
    (found,) = coded((mention("COPD", "J44.9", 0.9),), TEXT, ON, None, NO_PRIOR)

    assert len(found.features) == len(FEATURES)
