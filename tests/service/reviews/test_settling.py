"""Two claims become one: each difference goes to one side, and the third review says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from model.errors import ReviewForbidden, ReviewStale
from model.records import Span
from model.records.review import (
    Accept,
    Act,
    AddDiagnosis,
    AddLine,
    Change,
    Finalize,
    Override,
    OverrideReason,
    Reject,
    Reorder,
    Verdict,
)
from service.audit.log import AuditLog
from service.db.tables import SecondReviewRow
from service.reviews.comparing import Difference, compared
from service.reviews.errors import DecisionRefused, ReviewUnfinished
from service.reviews.records import Track
from service.reviews.settling import Settlement, settle_by
from service.reviews.view import ReviewState
from tests.support.site import Site, stocked

CHART = "slp-swallow-fragments"
"""One line, 92526 of 35 minutes, and two diagnoses; nothing blocks it."""
ALL = Accept(keys=("1", "d1", "d2"))
FINAL = Finalize()
OTHER = Change(key="1", diagnoses=("R13.12",))
"""Points elsewhere; nothing blocks that either."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with stocked(tmp_path) as site:
        yield site


def _coded(site: Site, first: tuple[Act, ...], second: tuple[Act, ...]) -> list[Difference]:
    """Dana codes, then lee without seeing it; what they differ in."""
    site.give_second(CHART, "lee")
    site.decide(CHART, "dana", *first, FINAL)
    site.decide(CHART, "lee", *second, FINAL, track=Track.SECOND)
    claims = [site.chart(CHART, track).state.review for track in (Track.FIRST, Track.SECOND)]
    return list(compared(*claims))


def _settle(
    site: Site, *sides: Track, by: str = "ruth", reason: str = "as the note has it", **more: object
) -> ReviewState:
    claims = [site.chart(CHART, track).state.review for track in (Track.FIRST, Track.SECOND)]
    keys = [each.key for each in compared(*claims)]
    told: dict[str, object] = {"of": "1-1", "expected": "1.0", "reason": reason, **more}
    wanted = Settlement(sides=dict(zip(keys, sides, strict=False)), **told)  # type: ignore[arg-type]
    with site.desk() as desk:
        return settle_by(desk, CHART, wanted, by=site.id_of(by))


def _line(state: ReviewState) -> tuple[object, ...]:
    (line,) = state.review.claim_lines()
    return line.units, line.modifiers, line.diagnoses


def _span(site: Site, words: str) -> Span:
    text = site.chart(CHART).reading.encounter.text or ""
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ((Track.FIRST, Track.FIRST), (1, ("GN",), ("I69.391",))),
        ((Track.FIRST, Track.SECOND), (1, ("GN", "KK"), ("I69.391",))),
        ((Track.SECOND, Track.FIRST), (2, ("GN",), ("I69.391",))),
        ((Track.SECOND, Track.SECOND), (2, ("GN", "KK"), ("I69.391",))),
    ],
)
def test_each_difference_goes_to_the_side_that_was_chosen(
    site: Site, sides: tuple[Track, ...], expected: tuple[object, ...]
) -> None:
    change = Change(key="1", units=2, modifiers=("GN", "KK"))
    blocked = OverrideReason.OTHER
    site.give_second(CHART, "lee")
    site.decide(CHART, "dana", ALL, FINAL)
    passing = Finalize(reason=blocked, note="the payer wants it so")
    site.decide(CHART, "lee", ALL, change, passing, track=Track.SECOND)

    state = _settle(site, *sides, passes=True)

    assert state.review.is_final
    assert _line(state) == expected


def test_what_only_one_has_stands_or_falls_with_the_choice(site: Site) -> None:
    words = _span(site, "effortful swallow")
    added = AddLine(code="92507", units=1, evidence=words)
    found = _coded(site, (ALL,), (ALL, added))

    state = _settle(site, Track.SECOND, passes=True)

    assert [(each.about, each.code, each.first) for each in found] == [("line", "92507", None)]
    assert [line.code for line in state.review.claim_lines()] == ["92526", "92507"]
    assert state.review.lines[1].evidence[0].span == words


def test_a_line_that_is_left_out_carries_the_reason_its_coder_gave(site: Site) -> None:
    rejected = Reject(key="1", reason=OverrideReason.NOT_SKILLED)
    keeps = Accept(keys=("d1", "d2"))
    _coded(site, (ALL,), (keeps, rejected))

    state = _settle(site, Track.SECOND)

    (line,) = state.review.lines
    assert (line.verdict, line.reason) == (Verdict.REJECTED, OverrideReason.NOT_SKILLED)
    assert state.review.claim_lines() == ()


def test_one_proposal_that_became_two_codes_can_stand_as_both(site: Site) -> None:
    _coded(site, (ALL,), (ALL, Change(key="1", code="92507")))

    state = _settle(site, Track.SECOND, Track.FIRST, passes=True)

    assert sorted(line.code for line in state.review.claim_lines()) == ["92507", "92526"]


@pytest.mark.parametrize("side", [Track.FIRST, Track.SECOND])
def test_a_diagnosis_and_the_order_are_chosen_too(site: Site, side: Track) -> None:
    turned = Reorder(keys=("d2", "d1"))
    found = _coded(site, (ALL,), (ALL, turned))

    state = _settle(site, side)

    assert [each.about for each in found][-1] == "order"
    expected = ("I69.391", "R13.12") if side is Track.FIRST else ("R13.12", "I69.391")
    assert state.review.claim_diagnoses() == expected


def test_an_added_diagnosis_comes_with_its_words(site: Site) -> None:
    words = _span(site, "dysphagia")
    _coded(site, (ALL,), (ALL, AddDiagnosis(code="R13.10", evidence=words)))

    state = _settle(site, Track.SECOND, passes=True)

    assert state.review.claim_diagnoses() == ("I69.391", "R13.12", "R13.10")
    assert state.review.standing_diagnoses[-1].evidence[0].span == words


def test_why_is_written_down(site: Site) -> None:
    _coded(site, (ALL,), (ALL, OTHER))

    state = _settle(site, Track.FIRST, reason="the cause goes first")

    (said,) = state.review.comments
    assert said.text == "the cause goes first\npointers 92526: first"
    with site.storage.database.reading() as session:
        entries = AuditLog(session).of(f"encounters/{CHART}")
    acts = [each.action for each in entries if each.actor == site.id_of("ruth")]
    assert acts[0] == "review.finalize"


def test_both_coders_may_see_it_all_once_it_is_settled(site: Site) -> None:
    _coded(site, (ALL,), (ALL, OTHER))

    _settle(site, Track.FIRST)

    with site.desk() as desk:
        assert desk.session.get_one(SecondReviewRow, CHART).settled_at == site.clock()


def test_what_a_reviewer_set_aside_stays_aside(site: Site) -> None:
    state = site.chart(CHART).state
    found = state.all_findings
    assert found != ()
    aside = Override(
        rule_id=found[0].finding.rule_id,
        key=found[0].key,
        message=found[0].finding.flag.message,
        reason=OverrideReason.PAYER_INSTRUCTION,
    )
    _coded(site, (ALL, aside), (ALL, OTHER))

    settled = _settle(site, Track.FIRST)

    assert [each.rule_id for each in settled.review.overrides] == [aside.rule_id]


@pytest.mark.parametrize("by", ["dana", "lee"])
def test_whoever_coded_it_settles_nothing(site: Site, by: str) -> None:
    _coded(site, (ALL,), (ALL, OTHER))

    with pytest.raises(ReviewForbidden):
        _settle(site, Track.FIRST, by=by)


def test_a_choice_is_needed_for_each_difference_and_a_reason_for_all(site: Site) -> None:
    _coded(site, (ALL,), (ALL, OTHER))

    with pytest.raises(DecisionRefused, match="choice"):
        _settle(site)
    with pytest.raises(DecisionRefused, match="reason"):
        _settle(site, Track.FIRST, reason=" ")
    assert site.chart(CHART, Track.ADJUDICATION).state.version == 0


@pytest.mark.parametrize("seen", [{"of": "1-2"}, {"expected": "1.1"}])
def test_what_went_on_since_it_was_seen_is_not_settled(site: Site, seen: dict[str, str]) -> None:
    _coded(site, (ALL,), (ALL, OTHER))

    with pytest.raises(ReviewStale):
        _settle(site, Track.FIRST, **seen)


def test_what_is_open_is_passed_over_only_when_that_is_asked_for(site: Site) -> None:
    passing = Finalize(reason=OverrideReason.OTHER, note="so the payer wants it")
    site.give_second(CHART, "lee")
    site.decide(CHART, "dana", ALL, FINAL)
    blocked = Change(key="1", code="97532", units=1)
    site.decide(CHART, "lee", ALL, blocked, passing, track=Track.SECOND)
    sides = (Track.FIRST, Track.SECOND)

    with pytest.raises(ReviewUnfinished):
        _settle(site, *sides)
    assert site.chart(CHART, Track.ADJUDICATION).state.version == 0

    assert _settle(site, *sides, passes=True).review.is_final
