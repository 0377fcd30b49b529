from datetime import date

import pytest

from model.parse.dates import dates
from tests.support.marked import marked


@pytest.mark.parametrize(
    "note",
    [
        "⟦3/2/2026⟧",
        "DOS ⟦03-02-26⟧",
        "⟦2026-03-02⟧ note",
        "⟦March 2nd, 2026⟧",
        "⟦Mar. 2 2026⟧",
    ],
)
def test_a_date_is_read_month_first(note: str) -> None:
    text, expected = marked(note)

    assert dates(text) == ((expected[0], date(2026, 3, 2)),)


@pytest.mark.parametrize("text", ["13/2/2026", "2/30/2026", "2/29/2025", "1/2", "3/2-2026"])
def test_an_impossible_or_partial_date_is_left_out(text: str) -> None:
    assert dates(text) == ()


def test_a_leap_day_is_a_day() -> None:
    assert [day for _, day in dates("2/29/2024")] == [date(2024, 2, 29)]


def test_dates_come_in_text_order() -> None:
    assert [day.year for _, day in dates("3/2/2025, 2024-01-02")] == [2025, 2024]
