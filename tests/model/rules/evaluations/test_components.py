"""The components of an evaluation, word by word."""

from datetime import date

import pytest

from model.policy import Policy
from model.records import Span
from model.records.evaluation import Component
from model.rules.evaluations.components import components, lowest

POLICY = Policy.for_payer("medicare_part_b", date(2026, 3, 2))
PT, OT = "97163", "97167"


def rows(text: str, code: str, *, stated: str | None = None) -> dict[str, Component]:
    return {c.name: c for c in components(text, code, POLICY, stated=stated)}


def component(supports: str | None) -> Component:
    return Component(name="any", supports=supports)


def test_physical_therapy_has_components_of_its_own() -> None:
    assert list(rows("", PT)) == [
        "personal factors and comorbidities",
        "elements examined",
        "clinical presentation",
        "decision making",
    ]


def test_occupational_therapy_has_components_of_its_own() -> None:
    assert list(rows("", OT)) == [
        "history and occupational profile",
        "performance deficits",
        "modification of tasks or assistance",
        "decision making",
    ]


def test_a_code_of_no_level_has_no_components() -> None:
    assert rows("3 comorbidities", "97110") == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Evolving presentation.", None),
        ("Evolving presentation, 2 comorbidities.", "evolving"),
        ("4 elements examined; unstable.", "unstable"),
    ],
)
def test_a_presentation_is_read_only_beside_something_counted(text: str, found: str | None) -> None:
    row = rows(text, PT, stated=PT)["clinical presentation"]

    assert row.found == found
    assert row.needed == "unstable"


@pytest.mark.parametrize(("count", "found"), [("three", "3"), ("Two", "2"), ("12", "12")])
def test_counts_are_read_as_digits_or_words(count: str, found: str) -> None:
    assert rows(f"{count} comorbidities", PT)["personal factors and comorbidities"].found == found


def test_the_first_place_counts_and_is_the_evidence() -> None:
    text = "2 comorbidities; later 4 comorbidities"
    row = rows(text, PT)["personal factors and comorbidities"]

    assert row.found == "2"
    assert row.evidence == (Span(0, len("2 comorbidities")),)


@pytest.mark.parametrize(
    ("stated", "is_short"), [("97161", False), ("97162", False), ("97163", True), (None, False)]
)
def test_a_component_below_the_stated_level_is_short(stated: str | None, is_short: bool) -> None:
    row = rows("2 comorbidities", PT, stated=stated)["personal factors and comorbidities"]

    assert (row.supports, row.is_short) == ("97162", is_short)


def test_a_component_that_meets_no_level_supports_the_lowest() -> None:
    row = rows("1 element examined", PT, stated=PT)["elements examined"]

    assert (row.supports, row.needed, row.is_short) == ("97161", "4 or more", True)


@pytest.mark.parametrize(
    ("words", "supports"),
    [
        ("Decision making: low", "97165"),
        ("Decision making: moderate", "97166"),
        ("Decision making: high", "97167"),
    ],
)
def test_a_word_reaches_the_levels_up_to_its_own(words: str, supports: str) -> None:
    assert rows(words, OT)["decision making"].supports == supports


def test_an_unstated_level_asks_for_nothing() -> None:
    assert {row.needed for row in rows("2 comorbidities", PT).values()} == {None}


def test_a_level_of_another_discipline_asks_for_nothing() -> None:
    assert {row.needed for row in rows("2 comorbidities", PT, stated=OT).values()} == {None}
    assert not any(row.is_short for row in rows("2 comorbidities", PT, stated=OT).values())


def test_the_lowest_component_decides_and_silent_ones_do_not() -> None:
    codes = ("97161", "97162", "97163")

    assert lowest((component("97163"), component(None), component("97162")), codes) == "97162"
    assert lowest((component("97163"),), codes) == "97163"
    assert lowest((component(None),), codes) is None
    assert lowest((), codes) is None
