import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parse.folding import folded


@pytest.mark.parametrize(
    ("text", "lower"), [("ABC", "abc"), ("İS", "İs"), ("😀Tx\u00a0A", "😀tx\u00a0a"), ("", "")]
)
def test_folding_lowers_what_keeps_its_length(text: str, lower: str) -> None:
    assert folded(text) == lower


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(folded(text)) == len(text)
