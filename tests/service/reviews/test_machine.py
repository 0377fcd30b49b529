"""Any history at all: undo gives back what was, final claims stay, decisions only grow."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from model.errors import ReviewError
from model.records import Span
from model.records.review import (
    Accept,
    Act,
    AddDiagnosis,
    AddLine,
    Adopt,
    Amend,
    AskTherapist,
    AttestKx,
    Change,
    Comment,
    Finalize,
    FlagToQa,
    Override,
    OverrideReason,
    Park,
    RecordAnswer,
    Reject,
    Reorder,
    Resume,
    Undo,
)
from service.reviews.state import FinalClaim, Review
from tests.support.drafts import NOTE
from tests.support.reviews import BEGUN, History, a_reading

KEYS = st.sampled_from(["1", "2", "3", "d1", "a1", "a2", "a3", "e1", "e2", "q1", "q2"])
REASONS = st.sampled_from(OverrideReason)
WORDS = st.sampled_from(["", "late entry"])
SPANS = st.integers(0, len(NOTE) - 5).map(lambda start: Span(start, start + 4))
UNITS = st.none() | st.integers(0, 4)
CODES = st.sampled_from([None, "97110", "97140"])
MODIFIERS = st.none() | st.lists(st.sampled_from(["GO", "KX", "59"]), max_size=3).map(tuple)
ACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(Accept, keys=st.lists(KEYS, min_size=1, max_size=3).map(tuple)),
    st.just(Accept(keys=("1", "2", "d1"))),
    st.builds(
        Change, key=KEYS, code=CODES, units=UNITS, modifiers=MODIFIERS, minutes=st.none(),
        performed_by=st.none(), diagnoses=st.sampled_from([None, (), ("I69.354",)]),
    ),
    st.builds(Reject, key=KEYS, reason=REASONS, note=WORDS),
    st.builds(
        AddLine, code=st.just("97035"), units=UNITS, evidence=SPANS, minutes=st.none(),
        modifiers=st.just(()), performed_by=st.just("therapist"), diagnoses=st.just(()),
    ),
    st.builds(AddDiagnosis, code=st.sampled_from(["M25.511", "M25.512"]), evidence=SPANS),
    st.builds(Reorder, keys=st.lists(KEYS, max_size=2).map(tuple)),
    st.builds(
        AttestKx, by=st.just("R. Lee"), on=st.just(BEGUN.date()), statement=WORDS,
        keys=st.lists(KEYS, max_size=2).map(tuple),
    ),
    st.builds(Override, rule_id=st.just("x"), key=KEYS, message=WORDS, reason=REASONS, note=WORDS),
    st.builds(AskTherapist, text=WORDS, rule_id=st.none(), key=KEYS),
    st.builds(RecordAnswer, key=KEYS, text=WORDS),
    st.builds(FlagToQa, text=WORDS),
    st.builds(Comment, text=WORDS),
    st.builds(Park, text=WORDS, until=st.none()),
    st.builds(Adopt, reading=st.integers(1, 3)),
    st.sampled_from([Resume(), Amend(text="late entry"), Finalize()]),
    st.builds(Finalize, reason=REASONS, note=WORDS),
)  # fmt: skip


class ReviewMachine(RuleBasedStateMachine):
    """Decides at random and remembers, beside the fold, every review there ever was."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.past: list[Review] = [self.history.folded().review]
        self.finals: tuple[FinalClaim, ...] = ()

    @rule(act=ACTS)
    def decide(self, act: Act) -> None:
        before, decisions = self.history.folded(), self.history.decisions
        try:
            after = self.history.decide(act)
        except ReviewError:
            assert (self.history.folded(), self.history.decisions) == (before, decisions)
            return
        self.past.append(after.review)
        assert not before.review.is_final or isinstance(act, Amend | Comment)
        assert before.review.lines == after.review.lines or not before.review.is_final

    @rule()
    def undo(self) -> None:
        if len(self.past) > 1:
            self.past.pop()
            assert self.history.decide(Undo()).review == self.past[-1]

    @rule(text=st.sampled_from([NOTE, "Addendum. " + NOTE, NOTE.replace("Ultrasound", "US")]))
    def read_again(self, text: str) -> None:
        number = max(self.history.readings) + 1
        self.history.readings[number] = a_reading(number, text)
        if not self.history.decisions:
            self.past = [self.history.folded().review]

    @invariant()
    def what_was_final_never_changes(self) -> None:
        finals = self.history.folded().finals
        assert finals[: len(self.finals)] == self.finals
        made = sum(isinstance(each.act, Finalize) for each in self.history.decisions)
        assert len(finals) == made
        self.finals = finals

    @invariant()
    def every_standing_line_has_evidence(self) -> None:
        review = self.history.folded().review
        assert all(line.evidence for line in review.lines)
        assert all(each.evidence for each in review.diagnoses)

    @invariant()
    def kx_stands_on_no_line_without_an_attestation(self) -> None:
        review = self.history.folded().review
        marked = [line.key for line in review.lines if "KX" in line.modifiers]
        assert not marked or review.attestation is not None

    @invariant()
    def the_version_counts_decisions_and_keys_are_nobody_elses(self) -> None:
        folded = self.history.folded()
        keys = [each.key for each in folded.review.entries]
        assert folded.version == len(self.history.decisions)
        assert len(set(keys)) == len(keys)
        assert folded.review == self.past[-1]


TestReviewMachine = ReviewMachine.TestCase
TestReviewMachine.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
