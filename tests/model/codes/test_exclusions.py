import pytest

from model.codes import excludes1


@pytest.mark.parametrize(
    ("a", "b", "at"),
    [
        ("M54.50", "M54.41", "M54.5"),
        ("M54.50", "S39.012D", "M54.5"),
        ("M54.59", "M51.26", "M54.5"),
        ("M54.51", "M51.360", "M54.5"),
        ("R26.89", "R27.0", "R26"),
        ("R26.89", "G11.10", "R26"),
        ("M62.81", "M62.84", "M62.81"),
        ("G81.91", "I69.351", "G81"),
        ("R47.01", "I69.320", "R47.01"),
        ("M54.2", "M50.20", "M54.2"),
    ],
)
def test_excludes1_holds_in_both_directions_and_names_its_place(a: str, b: str, at: str) -> None:
    one, other = excludes1(a, b), excludes1(b, a)

    assert one is not None
    assert other is not None
    assert one.at == other.at == at
    assert one.text


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("R29.6", "Z91.81"),
        ("M25.561", "M79.661"),
        ("I69.391", "R13.12"),
        ("M17.11", "M25.561"),
        ("R47.01", "I69.321"),
        ("Z47.1", "Z96.651"),
        ("M54.50", "M54.50"),
    ],
)
def test_codes_that_may_stand_together(a: str, b: str) -> None:
    assert excludes1(a, b) is None
