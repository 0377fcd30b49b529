import pytest

from model.suggest.falls import fall_code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("four falls since spring", "R29.6"),
        ("fell x4 this yr", "R29.6"),
        ("frequent falls", "R29.6"),
        ("falls x 3 in 6 weeks", "R29.6"),
        ("two falls since spring", "Z91.81"),
        ("fell once, in January", "Z91.81"),
        ("hx of falls (4 last year)", "Z91.81"),
        ("fall risk", "Z91.81"),
    ],
)
def test_the_falls_that_words_count_decide(words: str, code: str) -> None:
    assert fall_code("R29.6", words) == code
    assert fall_code("Z91.81", words) == code


def test_words_that_count_none_leave_the_code() -> None:
    assert fall_code("R29.6", "falls") == "R29.6"
    assert fall_code("Z91.81", "falls") == "Z91.81"
    assert fall_code("M62.81", "fell twice") == "M62.81"
