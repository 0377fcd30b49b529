import pytest

from model.parse.tables import bare_minutes, row_cells
from tests.support.marked import marked


@pytest.mark.parametrize(
    "note",
    [
        "| Code | Min | Units |\n| 97110 | ⟦30⟧ | 2 |",
        "Activity\tMinutes\tBy\nTE\t⟦23⟧\tPTA",
        "Item  Time  Who\nGait  ⟦12⟧  PT",
        "TE ⟦15⟧, MT ⟦8⟧",
        "ADL ____⟦15⟧___",
        "97140 MT (RELEASE)    ⟦20⟧    2U",
        "97110 / ⟦25⟧ / 2    side shift",
        "97116----GAIT TRAINING-----⟦19⟧----1------GP",
        "PT log: 97530 ⟦30⟧ 2u GP",
    ],
)
def test_a_column_or_a_label_makes_bare_numbers_minutes(note: str) -> None:
    text, expected = marked(note)

    found = list(bare_minutes(text))

    assert [d.span for d in found] == expected
    assert [d.minutes for d in found] == [int(span.of(text)) for span in expected]


@pytest.mark.parametrize(("text", "count"), [("TE 6,", 0), ("TE 7,", 1)])
def test_below_seven_a_labelled_number_is_units_or_a_count(text: str, count: int) -> None:
    assert len(list(bare_minutes(text))) == count


def test_a_cell_is_named_by_the_title_above_it() -> None:
    text = "| Code | Min | Units |\n| --- | --- | --- |\n| 97110 | 30 | 2 |"

    found = [(title, cell.of(text).strip()) for title, cell in row_cells(text, text.index("97110"))]

    assert found == [("code", "97110"), ("min", "30"), ("units", "2")]


def test_prose_has_no_cells() -> None:
    assert list(row_cells("walked to the car", 3)) == []
