from dataclasses import replace

import pytest

from model.records import Severity
from model.records.review import (
    Accept,
    Act,
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
    Undo,
)
from service.reviews.view import ReviewState, ReviewStatus, Tone
from tests.support.drafts import a_draft
from tests.support.reviews import BEGUN, History, a_reading

EVERYTHING = Accept(keys=("1", "2", "d1"))
TOO_MANY = Change(key="1", units=4)
BILLED_TOO_MANY = "minutes-do-not-support-units"


def _rules(state: ReviewState, key: str | None) -> set[str]:
    return {found.finding.rule_id for found in state.all_findings if found.key == key}


def _open(state: ReviewState) -> list[str]:
    return [point.words for point in state.open_points]


def test_units_are_judged_again_when_a_line_is_changed() -> None:
    history = History()
    before = history.shown()

    history.decide(TOO_MANY)

    assert BILLED_TOO_MANY not in {f.finding.rule_id for f in before.all_findings}
    assert BILLED_TOO_MANY in {f.finding.rule_id for f in history.shown().all_findings}


def test_the_certificate_is_that_of_the_claim_as_it_stands() -> None:
    history = History()

    history.decide(
        Change(key="1", minutes=38), Reject(key="2", reason=OverrideReason.NOT_DOCUMENTED)
    )

    certificate = history.shown().certificate
    assert certificate is not None
    assert (certificate.timed_minutes, certificate.units) == (38, 3)


def test_a_finding_on_a_diagnosis_stands_under_it() -> None:
    history = History()

    history.decide(Change(key="d1", code="G20"))

    assert _rules(history.shown(), "d1") != set()


def test_tones_say_how_much_care_each_line_asks_for() -> None:
    history = History()
    tones = [line.tone for line in history.shown().lines]

    history.decide(Change(key="2", modifiers=("GP",)))

    assert tones == [Tone.GREEN, Tone.AMBER]
    assert history.shown().lines[1].tone is not Tone.GREEN


def test_a_line_without_units_is_red_and_no_reason_passes_over_it() -> None:
    draft = replace(a_draft(), stated=(), stated_diagnoses=())
    unknown = replace(draft.lines[0], units=None, minutes=None)
    history = History(a_reading(draft=replace(draft, lines=(unknown, draft.lines[1]))))

    history.decide(EVERYTHING)

    state = history.shown()
    assert state.lines[0].tone is Tone.RED
    assert [p.words for p in state.open_points if not p.is_passable] == ["97530 has no units"]


def test_a_line_that_earns_no_unit_is_not_green() -> None:
    draft = replace(a_draft(), stated=(), stated_diagnoses=())
    nothing = replace(draft.lines[0], units=0)

    state = History(a_reading(draft=replace(draft, lines=(nothing, draft.lines[1])))).shown()

    assert state.lines[0].tone is not Tone.GREEN
    assert state.lines[0].state.key not in state.green_keys


def test_all_green_is_what_is_sure_and_undecided() -> None:
    history = History()

    assert history.shown().green_keys == ("1",)
    history.decide(Accept(keys=("1",)))
    assert history.shown().green_keys == ()


def test_a_blocking_finding_is_open_until_it_is_set_aside_and_comes_back_changed() -> None:
    history = History()
    history.decide(EVERYTHING, TOO_MANY)
    blocking = [found for found in history.shown().all_findings if found.blocks]

    for found in blocking:
        history.decide(
            Override(
                rule_id=found.finding.rule_id,
                key=found.key,
                message=found.finding.flag.message,
                reason=OverrideReason.DOCUMENTED_ELSEWHERE,
            )
        )
    set_aside = history.shown()
    history.decide(Change(key="1", units=5))

    assert {found.finding.severity for found in blocking} == {Severity.BLOCKS}
    assert [found for found in set_aside.all_findings if found.blocks] == []
    assert _open(set_aside) == []
    assert [found for found in history.shown().all_findings if found.blocks] != []


def test_an_attestation_reaches_the_rules_and_the_payers_order() -> None:
    history = History()

    history.decide(AttestKx(by="R. Lee", on=BEGUN.date(), keys=("1", "2")))

    assert [line.modifiers for line in history.shown().lines] == [("GO", "KX")] * 2


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        ((), ReviewStatus.WAITING),
        ((Accept(keys=("1",)), Undo()), ReviewStatus.WAITING),
        ((Comment(text="x"),), ReviewStatus.IN_REVIEW),
        ((Park(text="x"),), ReviewStatus.PARKED),
        ((Park(text="x"), AskTherapist(text="x")), ReviewStatus.QUERIED),
        (
            (Park(text="x"), AskTherapist(text="x"), RecordAnswer(key="q2", text="x")),
            ReviewStatus.PARKED,
        ),
        ((AskTherapist(text="x"), FlagToQa(text="x")), ReviewStatus.FLAGGED),
        ((EVERYTHING, Finalize()), ReviewStatus.FINALIZED),
        ((EVERYTHING, Finalize(), Amend(text="x")), ReviewStatus.AMENDING),
        ((EVERYTHING, Finalize(), Undo()), ReviewStatus.AMENDING),
    ],
)
def test_the_status_says_whom_the_chart_waits_for(
    acts: tuple[Act, ...], status: ReviewStatus
) -> None:
    history = History()
    history.decide(*acts)

    assert history.shown().status is status


def test_queries_and_flags_are_open_points() -> None:
    history = History()

    history.decide(EVERYTHING, AskTherapist(text="x"), FlagToQa(text="x"))

    assert _open(history.shown())[-2:] == ["a query is not answered", "the chart is flagged to QA"]


def test_the_tag_changes_with_every_decision() -> None:
    history = History()
    first = history.shown().tag

    history.decide(Comment(text="x"), Undo())

    assert (first, history.shown().tag) == ("1.0", "1.2")
