import numpy as np
import pytest

from model.extract.assignment import assign
from model.extract.reading import DURATION_LABELS, Floats
from model.records import Duration, DurationKind, Span, StatedLine

TIMED = frozenset({"97110", "97140"})


def minutes(*values: int) -> list[Duration]:
    return [
        Duration(span=Span(100 * i, 100 * i + 6), minutes=m, kind=DurationKind.PLAIN)
        for i, m in enumerate(values)
    ]


def scores(*rows: dict[str, float]) -> Floats:
    table = np.zeros((len(rows), len(DURATION_LABELS)), np.float32)
    for row, chances in zip(table, rows, strict=True):
        for label, chance in chances.items():
            row[DURATION_LABELS.index(label)] = chance
    return table


def test_no_durations_need_no_assignment() -> None:
    assert assign([], scores(), TIMED)[0].labels == ()


def test_each_duration_takes_its_likeliest_owner() -> None:
    best, *_ = assign(minutes(20, 10), scores({"97110": 0.9}, {"97140": 0.9}), TIMED)

    assert best.labels == ("97110", "97140")


@pytest.mark.parametrize(("total", "label"), [(30, "97140"), (20, "none")])
def test_a_stated_total_decides_what_scores_leave_open(total: int, label: str) -> None:
    open_row = {"97140": 0.5, "none": 0.5}

    best, *_ = assign(
        minutes(20, 10, total), scores({"97110": 0.9}, open_row, {"timed": 0.9}), TIMED
    )

    assert best.labels == ("97110", label, "timed")


def test_minutes_a_billing_line_repeats_are_counted_once() -> None:
    billed = StatedLine(code="97110", units=1, span=Span(100, 110))

    best, *_ = assign(
        minutes(20, 20), scores({"97110": 0.9}, {"97110": 0.9}), TIMED, stated=[billed]
    )

    assert sorted(best.labels) == ["97110", "again"]


def test_equal_minutes_told_twice_in_the_body_are_both_counted() -> None:
    best, *_ = assign(minutes(20, 20), scores({"97110": 0.9}, {"97110": 0.9}), TIMED)

    assert best.labels == ("97110", "97110")


def test_the_best_comes_first_and_at_most_two_come() -> None:
    found = assign(minutes(20), scores({"97110": 0.6, "97140": 0.3, "none": 0.1}), TIMED)

    assert [a.labels for a in found] == [("97110",), ("97140",)]
    assert found[0].score > found[1].score


@pytest.mark.parametrize(
    ("given", "labels"),
    [
        (frozenset(), ("97110", "97110")),
        (frozenset({"97110", "97140"}), ("97110", "97140")),
    ],
)
def test_a_service_known_to_be_given_gets_minutes_another_can_spare(
    given: frozenset[str], labels: tuple[str, str]
) -> None:
    likelier = scores({"97110": 0.9, "97140": 0.1}, {"97110": 0.7, "97140": 0.3})

    best, *_ = assign(minutes(20, 10), likelier, TIMED, given=given)

    assert best.labels == labels
