from dataclasses import replace

from training.corpus import ROOT, LabeledNote, read_note
from training.marks import strip_marks
from training.tasks.saying import Saying
from training.tasks.telling import telling

HIP = Saying("the right one", "Z96.641", "note")
PHRASE = Saying("knee OA", "M17.10", "note")


def note(marked: str) -> LabeledNote:
    text, marks = strip_marks(marked)
    sample = read_note(ROOT / "samples" / "sample-ot-stroke.note")
    return replace(sample, text=text, marks=marks)


def test_words_that_notes_use_for_other_things_tell_no_code() -> None:
    notes = [
        note("Hips: ⟦dx Z96.641|the right one⟧ is new. One rail. One step. One rest. One helper."),
        note("⟦dx M17.10|knee OA⟧, knee OA of old."),
    ]

    assert list(telling([HIP, PHRASE], notes)) == [PHRASE]


def test_words_our_own_index_chose_stay_whatever_notes_do_with_them() -> None:
    notes = [note("Scar soft. Scar flat. Scar dry. Scar pale.")]
    chosen = Saying("scar", "L90.5", "index")

    assert list(telling([chosen, replace(chosen, source="note")], notes)) == [chosen]
