"""Lines fall when their words are taken away."""

from pathlib import Path

from model.journey import Copilot
from model.models import load_models
from training.corpus import read_note
from training.faithfulness import Fall, falls, table

SAMPLE = Path(__file__).parents[2] / "labeled_notes" / "samples" / "sample-ot-stroke.note"


def test_without_its_words_a_line_falls_more_than_without_others() -> None:
    note = read_note(SAMPLE)

    without, control = falls(Copilot(load_models()), [note])

    assert without.lines == control.lines == len(note.lines)
    assert without.gone > control.gone
    assert without.confidence > control.confidence


def test_a_line_that_is_gone_loses_all_its_confidence() -> None:
    fall = Fall()
    fall.add(0.9, None)
    fall.add(0.8, 0.8)
    fall.add(0.8, 0.9)

    assert (fall.lines, fall.gone, fall.less_sure) == (3, 1, 1)
    assert round(fall.confidence, 6) == 0.8


def test_nothing_to_try_makes_an_empty_table() -> None:
    assert list(table(Copilot(None), []))[-1].startswith("| other words | 0 |")
