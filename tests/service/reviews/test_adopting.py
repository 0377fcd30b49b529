from dataclasses import replace

import pytest

from model.records.review import (
    Accept,
    AddDiagnosis,
    AddLine,
    Adopt,
    Change,
    OverrideReason,
    Reject,
    Undo,
    Verdict,
)
from service.reviews.errors import DecisionRefused
from tests.support.drafts import NOTE, a_draft, at
from tests.support.reviews import History, a_reading

ADDENDUM = "Addendum 🧠: splint checked.\r\n"
LONGER = ADDENDUM + NOTE


def _shifted() -> History:
    """A history whose note was read again with words put before it, and one line counted anew."""
    draft = replace(a_draft(), stated=(), stated_diagnoses=())
    counted = replace(draft, lines=(draft.lines[0], replace(draft.lines[1], units=2)))
    return History(a_reading(), a_reading(2, LONGER, counted))


def test_a_review_with_decisions_stays_on_its_reading_until_somebody_moves_it() -> None:
    history = History()
    history.decide(Accept(keys=("1",)))
    history.readings[2] = a_reading(2, LONGER)

    state = history.shown()

    assert (state.review.reading, state.is_stale) == (1, True)
    assert ("the note was read again", False) in [
        (point.words, point.is_passable) for point in state.open_points
    ]


def test_without_decisions_the_newest_reading_is_reviewed() -> None:
    assert History(a_reading(), a_reading(2, LONGER)).shown().review.reading == 2


def _on_the_first() -> History:
    history = History()
    history.decide(
        Accept(keys=("1", "2", "d1")),
        AddLine(code="97035", units=0, minutes=4, evidence=at("Ultrasound")),
        AddDiagnosis(code="M25.511", evidence=at("neuro re-ed")),
    )
    history.readings[2] = _shifted().readings[2]
    return history


def test_verdicts_on_what_did_not_change_are_kept_and_the_rest_is_open_again() -> None:
    review = _on_the_first().decide(Adopt(reading=2)).review

    assert [(line.code, line.verdict) for line in review.lines] == [
        ("97530", Verdict.ACCEPTED),
        ("97112", Verdict.PROPOSED),
        ("97035", Verdict.ADDED),
    ]
    assert [each.verdict for each in review.diagnoses] == [Verdict.ACCEPTED, Verdict.ADDED]


def test_what_a_person_added_points_at_its_words_where_they_stand_now() -> None:
    review = _on_the_first().decide(Adopt(reading=2)).review

    spans = [each.span.of(LONGER) for each in review.lines[-1].evidence]

    assert spans == ["Ultrasound"]


def test_what_a_person_added_goes_when_its_words_are_gone() -> None:
    history = _on_the_first()
    history.readings[2] = a_reading(2, NOTE.replace("Ultrasound", "Heat"))

    review = history.decide(Adopt(reading=2)).review

    assert [line.code for line in review.lines] == ["97530", "97112"]


def test_pointers_keep_meaning_the_same_diagnosis() -> None:
    history = History()
    history.decide(
        AddDiagnosis(code="M25.511", evidence=at("neuro re-ed")),
        Change(key="1", diagnoses=("M25.511", "I69.354")),
    )
    history.readings[2] = a_reading(2, LONGER)

    review = history.decide(Adopt(reading=2)).review

    assert review.codes_of(review.lines[0]) == ("M25.511", "I69.354")


def test_adopting_can_be_undone() -> None:
    history = _on_the_first()
    before = history.folded().review
    history.decide(Adopt(reading=2), Reject(key="1", reason=OverrideReason.NOT_DOCUMENTED))

    assert history.decide(Undo(), Undo()).review == before


@pytest.mark.parametrize("number", [1, 3])
def test_only_a_newer_reading_is_adopted(number: int) -> None:
    history = _on_the_first()

    with pytest.raises(DecisionRefused):
        history.decide(Adopt(reading=number))
