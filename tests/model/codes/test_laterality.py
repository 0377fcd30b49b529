import pytest

from model.codes import Side, other_sides, side


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("M25.561", Side.RIGHT),
        ("M25.569", Side.UNSPECIFIED),
        ("M17.0", Side.BILATERAL),
        ("S83.512D", Side.LEFT),
        ("M75.101", Side.RIGHT),
        ("M75.100", Side.UNSPECIFIED),
        ("G81.91", Side.RIGHT),
        ("M54.50", None),
        ("R26.9", None),
    ],
)
def test_side_is_read_from_the_title(code: str, expected: Side | None) -> None:
    assert side(code) is expected


def test_other_sides_of_one_condition() -> None:
    assert other_sides("M17.11") == {
        Side.UNSPECIFIED: "M17.10",
        Side.RIGHT: "M17.11",
        Side.LEFT: "M17.12",
        Side.BILATERAL: "M17.0",
    }
    assert other_sides("S83.519D")[Side.LEFT] == "S83.512D"
    assert other_sides("I69.351") == {Side.RIGHT: "I69.351", Side.LEFT: "I69.352"}
    assert other_sides("M54.50") == {}
