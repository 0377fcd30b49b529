from model.extract.reading import DURATION_LABELS
from model.parse.pipeline import parse
from training.baselines import commonest_claims, keyword_reading
from training.splits import notes_to_fit


def test_keywords_read_what_is_named_and_give_it_the_minutes_beside_it() -> None:
    note = parse("Manual therapy to the neck, 12 min.\nSlept well.")

    reading = keyword_reading(note)

    assert list(reading.done("97140") > 0.5) == [True, False]
    assert DURATION_LABELS[int(reading.durations[0].argmax())] == "97140"


def test_the_commonest_claim_is_told_from_other_styles_and_given_to_every_note() -> None:
    notes = notes_to_fit()

    found = commonest_claims(notes)

    assert found.keys() == {note.id for note in notes}
    assert any(draft["lines"] for draft in found.values())
