"""A review moves to a newer reading of the note: what did not change keeps its verdict.

A verdict on a line was a verdict on that line; where the newer reading proposes something else, the
line is open again. What a person added stays where its words still stand.
"""

from collections.abc import Iterable
from dataclasses import replace

from model.records import Span
from model.records.claim import Evidence
from model.records.review import EncounterReading
from service.reviews.opening import opened
from service.reviews.state import DiagnosisState, LineState, Review


def adopted(review: Review, old: EncounterReading, new: EncounterReading) -> Review:
    """``review`` of ``old``, on ``new``. Overrides are asked for again."""
    fresh = opened(new)
    texts = (old.encounter.text or "", new.encounter.text or "")
    diagnoses = _diagnoses(review, fresh, texts)
    moved = _moved_keys(review, diagnoses)
    return replace(
        review,
        reading=new.number,
        lines=_lines(review, fresh, texts, moved),
        diagnoses=diagnoses,
        attestation=review.attestation or fresh.attestation,
        overrides=(),
        queries=tuple(replace(query, about=None) for query in review.queries),
    )


def _lines(
    review: Review, fresh: Review, texts: tuple[str, str], moved: dict[str, str]
) -> tuple[LineState, ...]:
    decided = {_what(line): line for line in review.lines if line.proposal}
    kept = []
    for line in fresh.lines:
        before = decided.get(_what(line))
        if before is None:
            kept.append(line)
        else:
            pointers = tuple(moved[key] for key in before.points_at if key in moved)
            kept.append(
                replace(
                    before,
                    key=line.key,
                    proposal=line.proposal,
                    evidence=line.evidence,
                    points_at=pointers,
                )
            )
    added = (line for line in review.lines if line.proposal is None)
    return (*kept, *_still_said(added, texts, moved))


def _what(line: LineState) -> tuple[object, ...]:
    """What a line proposed: all that a coder would have looked at."""
    seen = line.proposal
    if seen is None:
        return (line.key,)
    return seen.code, seen.units, seen.minutes, seen.modifiers, seen.performed_by, seen.diagnoses


def _still_said(
    added: Iterable[LineState], texts: tuple[str, str], moved: dict[str, str]
) -> Iterable[LineState]:
    for line in added:
        evidence = _placed(line.evidence, texts)
        if evidence:
            pointers = tuple(moved[key] for key in line.points_at if key in moved)
            yield replace(line, evidence=evidence, points_at=pointers)


def _diagnoses(review: Review, fresh: Review, texts: tuple[str, str]) -> tuple[DiagnosisState, ...]:
    decided = {each.proposal.code: each for each in review.diagnoses if each.proposal}
    kept = []
    for each in fresh.diagnoses:
        before = decided.get(each.code, each)
        kept.append(replace(before, key=each.key, proposal=each.proposal, evidence=each.evidence))
    standing = {each.code for each in kept}
    for each in review.diagnoses:
        evidence = _placed(each.evidence, texts)
        if each.proposal is None and evidence and each.code not in standing:
            kept.append(replace(each, evidence=evidence))
    return tuple(kept)


def _moved_keys(review: Review, diagnoses: tuple[DiagnosisState, ...]) -> dict[str, str]:
    """The new key of each old diagnosis that is still there."""
    keys = {each.code: each.key for each in diagnoses}
    return {each.key: keys[each.code] for each in review.diagnoses if each.code in keys}


def _placed(evidence: tuple[Evidence, ...], texts: tuple[str, str]) -> tuple[Evidence, ...]:
    """``evidence`` where its words stand in the new text; nothing where they are gone or twice."""
    old, new = texts
    placed = []
    for each in evidence:
        words = each.span.of(old)
        if each.span.of(new) == words:
            placed.append(each)
        elif new.count(words) == 1:
            start = new.index(words)
            placed.append(Evidence(Span(start, start + len(words)), each.says))
    return tuple(placed)
