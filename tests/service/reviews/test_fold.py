import pytest

from model.records import Span
from model.records.review import (
    Accept,
    Act,
    AddDiagnosis,
    AddLine,
    Amend,
    AttestKx,
    Change,
    Comment,
    Finalize,
    Override,
    OverrideReason,
    Park,
    RecordAnswer,
    Reject,
    Reorder,
    Resume,
    Undo,
    Verdict,
)
from service.reviews.errors import DecisionRefused, ReviewFinal
from tests.support.drafts import at
from tests.support.reviews import BEGUN, History

EVERYTHING = Accept(keys=("1", "2", "d1"))


def test_nothing_is_accepted_before_somebody_accepts_it() -> None:
    review = History().folded().review

    assert {each.verdict for each in review.entries} == {Verdict.PROPOSED}


@pytest.mark.parametrize(
    ("act", "verdict"),
    [
        (Accept(keys=("1",)), Verdict.ACCEPTED),
        (Change(key="1", units=1), Verdict.CHANGED),
        (Change(key="1", units=2), Verdict.ACCEPTED),
        (Change(key="1", modifiers=("GP",)), Verdict.CHANGED),
        (Change(key="1", diagnoses=()), Verdict.CHANGED),
        (Reject(key="1", reason=OverrideReason.NOT_DOCUMENTED), Verdict.REJECTED),
    ],
)
def test_a_verdict_says_what_became_of_the_proposal(act: Act, verdict: Verdict) -> None:
    assert History().decide(act).review.lines[0].verdict is verdict


def test_a_rejected_line_that_is_accepted_stands_as_it_was_changed() -> None:
    history = History()
    reject = Reject(key="1", reason=OverrideReason.WRONG_MINUTES)

    line = history.decide(Change(key="1", units=1), reject, Accept(keys=("1",))).review.lines[0]

    assert (line.verdict, line.units, line.reason) == (Verdict.CHANGED, 1, None)


def test_an_added_line_brings_words_of_the_note_and_stays_an_added_one() -> None:
    add = AddLine(
        code="97035", units=0, minutes=4, diagnoses=("I69.354",), evidence=at("Ultrasound")
    )

    review = History().decide(add, Change(key="a1", units=1)).review

    line = review.lines[-1]
    assert (line.key, line.verdict, line.units) == ("a1", Verdict.ADDED, 1)
    assert [each.span for each in line.evidence] == [at("Ultrasound")]
    assert review.codes_of(line) == ("I69.354",)


def test_pointers_follow_a_diagnosis_that_is_changed_and_drop_a_rejected_one() -> None:
    history = History()

    changed = history.decide(Change(key="d1", code="I69.351")).review
    rejected = history.decide(Reject(key="d1", reason=OverrideReason.NOT_DOCUMENTED)).review

    assert [line.diagnoses for line in changed.claim_lines()] == [("I69.351",), ("I69.351",)]
    assert [line.diagnoses for line in rejected.claim_lines()] == [(), ()]


def test_reordering_puts_the_named_diagnoses_first() -> None:
    add = AddDiagnosis(code="M25.511", evidence=at("neuro re-ed"))

    review = History().decide(add, Reorder(keys=("e1",))).review

    assert review.claim_diagnoses() == ("M25.511", "I69.354")


def test_kx_comes_with_a_named_persons_attestation_and_not_by_hand() -> None:
    history = History()
    attest = AttestKx(by="R. Lee, OTR/L", on=BEGUN.date(), keys=("1",))

    with pytest.raises(DecisionRefused, match="attestation"):
        history.decide(Change(key="1", modifiers=("GO", "KX")))
    review = history.decide(attest).review

    assert [line.modifiers for line in review.lines] == [("GO", "KX"), ("GO",)]
    assert review.attestation is not None
    assert review.attestation.by == "R. Lee, OTR/L"


@pytest.mark.parametrize(
    "act",
    [
        Accept(keys=("9",)),
        Change(key="d1", units=1),
        Change(key="1", diagnoses=("M25.511",)),
        Reject(key="1", reason=OverrideReason.OTHER, note=" "),
        Override(rule_id="x", key=None, message="", reason=OverrideReason.OTHER),
        AddDiagnosis(code="I69.354", evidence=Span(0, 4)),
        Reorder(keys=("d1", "d1")),
        RecordAnswer(key="q9", text="yes"),
        Resume(),
        Amend(text="late entry"),
        Undo(),
        Finalize(),
        Finalize(reason=OverrideReason.OTHER),
    ],
    ids=lambda act: str(act.kind),
)
def test_a_decision_that_does_not_fit_is_refused_and_leaves_no_trace(act: Act) -> None:
    history = History()
    before = history.folded()

    with pytest.raises(DecisionRefused):
        history.decide(act)

    assert history.folded() == before


def test_a_reason_leaves_out_what_is_undecided() -> None:
    folded = History().decide(Accept(keys=("1",)), Finalize(reason=OverrideReason.NOT_DOCUMENTED))

    assert folded.standing_claim is not None
    final = folded.standing_claim.review
    assert [line.code for line in final.claim_lines()] == ["97530"]
    assert final.claim_diagnoses() == ()


@pytest.mark.parametrize("act", [EVERYTHING, Park(text="later"), Finalize(), Resume()])
def test_a_final_claim_takes_no_other_decision(act: Act) -> None:
    history = History()
    history.decide(EVERYTHING, Finalize())

    with pytest.raises(ReviewFinal):
        history.decide(act)


def test_the_claim_that_was_final_stands_until_the_next_one_is() -> None:
    history = History()
    first = history.decide(EVERYTHING, Finalize()).standing_claim

    amending = history.decide(Amend(text="late entry"), Change(key="1", units=1))
    second = history.decide(Finalize())

    assert amending.standing_claim == first
    assert second.finals[0] == first
    assert second.standing_claim is not None
    assert (second.standing_claim.number, second.review.lines[0].units) == (2, 1)


def test_undoing_after_the_end_opens_the_claim_again_and_keeps_what_was_final() -> None:
    history = History()
    before = history.decide(EVERYTHING).review
    history.decide(Finalize())

    after = history.decide(Undo())

    assert (after.review, len(after.finals), after.version) == (before, 1, 3)


def test_undoing_twice_goes_back_twice() -> None:
    history = History()
    untouched = history.folded().review

    after = history.decide(Accept(keys=("1",)), Comment(text="see page 2"), Undo(), Undo())

    assert (after.review, after.holding, after.version) == (untouched, (), 4)
