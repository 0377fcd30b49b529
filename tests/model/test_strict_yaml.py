import pytest

from model.errors import PolicyFileError
from model.strict_yaml import loads


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: 1\na: 2", "given twice"),
        ("x:\n  b: 1\n  b: 1", "given twice"),
        ("on: 1", "on needs quotes"),
        ("yes: 1", "yes needs quotes"),
        ("true: 1", "the key true needs quotes"),
        ("97110: 1", "97110 needs quotes"),
        ("codes: [97110]", "97110 needs quotes"),
        ("place: 02", "02 needs quotes"),
        ("rule: off", "off needs quotes"),
        ("- a", "a mapping is needed"),
        ("a: [", "did not find|expected"),
    ],
)
def test_strict_yaml_refuses_what_it_would_have_to_guess(text: str, reason: str) -> None:
    with pytest.raises(PolicyFileError, match=reason):
        loads(text, file="x.yaml")


def test_strict_yaml_names_the_line() -> None:
    with pytest.raises(PolicyFileError) as caught:
        loads("a: 1\nb: 2\na: 3", file="x.yaml")

    assert (caught.value.file, caught.value.line) == ("x.yaml", 3)


def test_strict_yaml_reads_what_is_plain() -> None:
    text = 'a: 2480\nb: ["97110", G0283]\nc: true\n"on": -3\nd: null'

    found = loads(text, file="x.yaml")

    assert found == {"a": 2480, "b": ["97110", "G0283"], "c": True, "on": -3, "d": None}
