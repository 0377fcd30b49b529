import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.parse.pipeline import parse
from model.parse.wrapping import unwrapped

PASTED = """\
S: Mrs. K says her hand wakes her at night and that she drops cups when
she is tired. She wears the splint.
O: Tendon glides and putty for grip took us the first fifteen minutes of
the visit, with stops for pain. We then opened jars and lids at the
counter for another ten
minutes.
Home: glides twice a day."""


def test_a_sentence_broken_at_the_edge_of_the_page_is_one_segment() -> None:
    segments = [s.span.of(unwrapped(PASTED)) for s in parse(PASTED).segments]

    assert "We then opened jars and lids at the counter for another ten" in segments
    assert (
        "Tendon glides and putty for grip took us the first fifteen minutes of the visit, "
        "with stops for pain." in segments
    )


def test_a_break_well_before_the_edge_is_kept() -> None:
    assert "another ten\nminutes" in unwrapped(PASTED)


@pytest.mark.parametrize(
    "text",
    [
        "TE x15\npulleys, wand\nrow red band\nput away",
        "- squats to the box with a red band above both of the knees, three sets of\n"
        "- step downs from four inches with the mirror, three sets of eight and\n"
        "- bridges on the ball with arms crossed, holding five seconds each of\n"
        "- clams. Good form",
        "Walked far. Then sat.\nTired today\nSlept badly\nAte nothing",
    ],
)
def test_lines_that_the_writer_meant_stay_lines(text: str) -> None:
    assert unwrapped(text) == text


@given(st.text(alphabet="aB. \n|-1\r", max_size=400))
def test_every_offset_holds(text: str) -> None:
    read = unwrapped(text)

    assert len(read) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, read, strict=True))
