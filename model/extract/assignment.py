"""Whose minutes are these? The likeliest reading of every duration that the totals agree with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from model.extract.reading import DURATION_LABELS, FAMILIES, Floats
from model.records import Duration, StatedLine

# Readings kept for each duration, and partial assignments kept while they grow.
_OPTIONS, _BEAM = 6, 96
_LEAST = 0.004
# How much agreement with a stated total is worth, in nats; found on held-out styles.
_AGREES, _DISAGREES, _EXCEEDS = 2.0, -1.2, -2.5
# What it is worth that a service known to be given has minutes at all.
_OWN_MINUTES = 2.5
_REPEATED_IN_BILLING, _REPEATED = 0.9, 0.12


@dataclass(frozen=True, slots=True)
class Assignment:
    """One label per duration.

    Attributes:
        labels: A family, ``timed``, ``total``, ``none``; or ``again`` where the note only repeats
            minutes that are counted elsewhere.
        score: Log score; the margin to the next best says how sure it is.
    """

    labels: tuple[str, ...]
    score: float


def assign(
    durations: Sequence[Duration],
    scores: Floats,
    timed: frozenset[str],
    stated: Sequence[StatedLine] = (),
    given: frozenset[str] = frozenset(),
) -> tuple[Assignment, ...]:
    """Assignments of ``durations``, best first (at most two).

    Args:
        durations: In text order.
        scores: Probabilities ``(durations, len(DURATION_LABELS))``.
        timed: Families whose minutes count towards the timed total.
        stated: Lines the note bills: minutes inside one may repeat minutes told above.
        given: Timed families that were given for sure: each is likely to have minutes of its own.
    """
    if not durations:
        return (Assignment((), 0.0),)
    billed = [any(line.span and d.span.overlaps(line.span) for line in stated) for d in durations]
    beam: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for index in range(len(durations)):
        likely = _likely(scores[index])
        grown = [
            (score + gain, (*labels, label))
            for score, labels in beam
            for label, gain in _options(index, likely, durations, billed, labels)
        ]
        grown.sort(key=lambda item: (-item[0], item[1]))
        beam = grown[:_BEAM]
    finished = [
        Assignment(
            labels,
            score + _agreement(durations, labels, timed) + _OWN_MINUTES * len(given & set(labels)),
        )
        for score, labels in beam
    ]
    finished.sort(key=lambda item: (-item.score, item.labels))
    return tuple(finished[:2])


def _likely(row: Floats) -> list[tuple[str, float, float]]:
    """Labels worth considering for one duration, their chances and the logs, likeliest first."""
    first, *others = (int(column) for column in np.argsort(-row, kind="stable")[:_OPTIONS])
    columns = [first, *(column for column in others if row[column] >= _LEAST)]
    chances = [(DURATION_LABELS[column], float(row[column])) for column in columns]
    return [(label, chance, _log(chance)) for label, chance in chances]


def _log(chance: float) -> float:
    return log(max(chance, 1e-6))


def _options(
    index: int,
    likely: Sequence[tuple[str, float, float]],
    durations: Sequence[Duration],
    billed: Sequence[bool],
    so_far: tuple[str, ...],
) -> Iterator[tuple[str, float]]:
    for label, chance, gain in likely:
        # Thousands are tried for a note, and few repeat anything.
        if label not in so_far:
            yield label, gain
            continue
        repeat = _repeat_chance(index, label, durations, billed, so_far)
        if repeat:
            yield "again", _log(chance * repeat)
        yield label, _log(chance * (1 - repeat))


def _repeat_chance(
    index: int,
    label: str,
    durations: Sequence[Duration],
    billed: Sequence[bool],
    so_far: tuple[str, ...],
) -> float:
    """How likely these minutes only repeat minutes of the same label told before."""
    if label == "none":
        return 0.0
    minutes = durations[index].minutes
    same = [i for i, known in enumerate(so_far) if known == label]
    if label in ("timed", "total"):
        return _REPEATED_IN_BILLING if same else 0.0
    equal = [i for i in same if durations[i].minutes == minutes]
    if not equal:
        if same and billed[index] and not any(billed[i] for i in same):
            # A billing line sums up what the body told in parts.
            return _REPEATED_IN_BILLING if _sum(durations, same) == minutes else 0.0
        return 0.0
    adjacent = durations[index].span.start - durations[equal[-1]].span.end < 12
    restated = billed[index] != billed[equal[-1]]
    return _REPEATED_IN_BILLING if restated or adjacent else _REPEATED


def _sum(durations: Sequence[Duration], places: Sequence[int]) -> int:
    return sum(durations[place].minutes for place in places)


def _agreement(
    durations: Sequence[Duration], labels: tuple[str, ...], timed: frozenset[str]
) -> float:
    """What the stated totals think of the assigned minutes."""
    spent = [i for i, label in enumerate(labels) if label in _FAMILY_SET]
    timed_sum = _sum(durations, [i for i in spent if labels[i] in timed])
    all_sum = _sum(durations, spent)
    stated_timed = [durations[i].minutes for i, label in enumerate(labels) if label == "timed"]
    stated_total = [durations[i].minutes for i, label in enumerate(labels) if label == "total"]
    score = 0.0
    if stated_timed and timed_sum:
        score += _AGREES if timed_sum in stated_timed else _DISAGREES
    if stated_total and all_sum:
        if all_sum in stated_total or timed_sum in stated_total:
            score += _AGREES / 2
        elif all_sum > max(stated_total):
            score += _EXCEEDS
    if stated_timed and stated_total and max(stated_timed) > max(stated_total):
        score += _EXCEEDS
    return score


_FAMILY_SET = frozenset(FAMILIES)
