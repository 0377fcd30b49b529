"""What stands between a review and its final claim."""

from collections.abc import Iterator
from dataclasses import dataclass

from model.records.review import Verdict
from service.reviews.judging import Judged
from service.reviews.state import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """Something between a review and its final claim.

    Attributes:
        key: The line, diagnosis or query it is about; None for the chart as a whole.
        words: What is open; names codes and rules, never note text.
        is_passable: Whether a reason can pass over it.
    """

    key: str | None
    words: str
    is_passable: bool = True


def open_points(review: Review, judged: Judged, *, newest: int) -> tuple[OpenPoint, ...]:
    """What is open, hardest first; nothing is once the claim is final.

    Args:
        review: The review as it stands.
        judged: What the rules say of it.
        newest: Number of the newest reading of the encounter.
    """
    if review.is_final:
        return ()
    points = (*_impassable(review, newest), *_undecided(review), *_blocking(judged))
    return (*points, *_waiting(review))


def _impassable(review: Review, newest: int) -> Iterator[OpenPoint]:
    if review.reading < newest:
        yield OpenPoint(key=None, words="the note was read again", is_passable=False)
    for line in review.standing_lines:
        if line.units is None and line.verdict is not Verdict.PROPOSED:
            yield OpenPoint(key=line.key, words=f"{line.code} has no units", is_passable=False)


def _undecided(review: Review) -> Iterator[OpenPoint]:
    for each in review.undecided:
        yield OpenPoint(key=each.key, words=f"{each.code} is undecided")


def _blocking(judged: Judged) -> Iterator[OpenPoint]:
    for found in judged.findings:
        if found.blocks:
            words = f"{found.finding.rule_id}: {found.finding.flag.message}"
            yield OpenPoint(key=found.key, words=words)


def _waiting(review: Review) -> Iterator[OpenPoint]:
    for query in review.queries:
        if query.answer is None:
            yield OpenPoint(key=query.key, words="a query is not answered")
    if review.flag is not None:
        yield OpenPoint(key=None, words="the chart is flagged to QA")
