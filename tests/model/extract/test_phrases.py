import pytest

from model.extract.phrases import expanded, grams, sides, terms


def test_shorthand_is_written_out() -> None:
    assert expanded("L CVA") == ["left", "cerebrovascular", "accident"]
    assert expanded("s/p TKA") == ["status", "post", "total", "knee", "arthroplasty"]


@pytest.mark.parametrize(
    ("phrase", "named"),
    [
        ("L knee", {"left"}),
        ("bilat, rt", {"bilateral", "right"}),
        ("both knees", {"bilateral"}),
        ("lower leg", set()),
        ("İ left", {"left"}),
        ("#kneeL", {"left"}),
        ("BEL", set()),
    ],
)
def test_sides_are_read_as_words(phrase: str, named: set[str]) -> None:
    assert sides(phrase) == named


def test_an_ordinal_is_a_word() -> None:
    assert terms("R 5th MC fx") == ["fifth", "metacarpal", "fracture"]


@pytest.mark.parametrize("shorthand", ["T2DM", "DM2", "DM 2", "type 2 DM"])
def test_diabetes_keeps_its_type(shorthand: str) -> None:
    assert terms(shorthand) == ["type", "diabetes", "mellitus"]


def test_sides_and_clutter_carry_no_meaning() -> None:
    assert terms("s/p left TKA 3 wks ago") == ["total", "knee", "arthroplasty"]
    assert terms("left of the") == []


def test_grams_are_words_pieces_and_pairs() -> None:
    found = list(grams("knee oa"))

    assert {"w:knee", "^kn", "ee$", "b:knee_osteoarthritis"} <= set(found)
    assert list(grams("left")) == []
