"""What each act makes of a review; one small function an act."""

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch
from typing import TypeVar

from model.records import Attestation
from model.records.claim import Evidence, SuggestedLine
from model.records.review import (
    Accept,
    AddDiagnosis,
    AddLine,
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
    ReviewDecision,
    Verdict,
)
from service.reviews.errors import DecisionRefused, ReviewFinal
from service.reviews.state import DiagnosisState, LineState, QueryState, Remark, Review

KX = "KX"
_ALLOWED_WHEN_FINAL = (Amend, Comment)
Entry = TypeVar("Entry", LineState, DiagnosisState)


def apply(act: object, review: Review, decision: ReviewDecision) -> Review:
    """``review`` after ``act``.

    Raises:
        DecisionRefused: The act does not fit the review.
        ReviewFinal: The claim is final and the act is no amendment.
    """
    if review.is_final and not isinstance(act, _ALLOWED_WHEN_FINAL):
        raise ReviewFinal
    return _applied(act, review, decision)


@singledispatch
def _applied(act: object, review: Review, decision: ReviewDecision) -> Review:
    raise DecisionRefused("kind", "is no decision of ours")


@_applied.register
def _accept(act: Accept, review: Review, decision: ReviewDecision) -> Review:
    for key in act.keys:
        review = _standing(review, key, reason=None, note="")
    return review


@_applied.register
def _change(act: Change, review: Review, decision: ReviewDecision) -> Review:
    changed: dict[str, object] = {"reason": None, "note": ""}
    if act.code is not None:
        changed["code"] = act.code
    if isinstance(_entry(review, act.key), DiagnosisState):
        _refuse_line_values(act)
        return _standing(review, act.key, **changed)
    for name in ("units", "minutes", "performed_by"):
        if getattr(act, name) is not None:
            changed[name] = getattr(act, name)
    if act.modifiers is not None:
        changed["modifiers"] = _modifiers(act.modifiers, review)
    if act.diagnoses is not None:
        changed["points_at"] = _keys_of(act.diagnoses, review)
    return _standing(review, act.key, **changed)


@_applied.register
def _reject(act: Reject, review: Review, decision: ReviewDecision) -> Review:
    _needs_words(act.reason, act.note)
    return _with(review, act.key, verdict=Verdict.REJECTED, reason=act.reason, note=act.note)


@_applied.register
def _add_line(act: AddLine, review: Review, decision: ReviewDecision) -> Review:
    line = LineState(
        key=f"a{decision.number}",
        verdict=Verdict.ADDED,
        proposal=None,
        code=act.code,
        units=act.units,
        minutes=act.minutes,
        modifiers=_modifiers(act.modifiers, review),
        performed_by=act.performed_by,
        points_at=_keys_of(act.diagnoses, review),
        evidence=(Evidence(act.evidence, "service"),),
    )
    return replace(review, lines=(*review.lines, line))


@_applied.register
def _add_diagnosis(act: AddDiagnosis, review: Review, decision: ReviewDecision) -> Review:
    if act.code in review.claim_diagnoses():
        raise DecisionRefused("code", "stands on the claim already")
    found = DiagnosisState(
        key=f"e{decision.number}",
        verdict=Verdict.ADDED,
        proposal=None,
        code=act.code,
        evidence=(Evidence(act.evidence, "diagnosis"),),
    )
    return replace(review, diagnoses=(*review.diagnoses, found))


@_applied.register
def _reorder(act: Reorder, review: Review, decision: ReviewDecision) -> Review:
    by_key = {each.key: each for each in review.diagnoses}
    if len(set(act.keys)) < len(act.keys) or not by_key.keys() >= set(act.keys):
        raise DecisionRefused("keys", "must name diagnoses of this review, each once")
    first = [by_key[key] for key in act.keys]
    rest = [each for each in review.diagnoses if each.key not in act.keys]
    return replace(review, diagnoses=(*first, *rest))


@_applied.register
def _attest(act: AttestKx, review: Review, decision: ReviewDecision) -> Review:
    said = Attestation(kx=True, by=act.by, on=act.on)
    review = replace(review, attestation=said)
    for key in act.keys:
        line = _entry(review, key)
        if not isinstance(line, LineState):
            raise DecisionRefused("keys", "must name lines of this review")
        if KX not in line.modifiers:
            review = _with(review, key, modifiers=(*line.modifiers, KX))
    return review


@_applied.register
def _override(act: Override, review: Review, decision: ReviewDecision) -> Review:
    _needs_words(act.reason, act.note)
    return replace(review, overrides=(*review.overrides, act))


@_applied.register
def _ask(act: AskTherapist, review: Review, decision: ReviewDecision) -> Review:
    query = QueryState(
        key=f"q{decision.number}",
        text=act.text,
        rule_id=act.rule_id,
        about=act.key,
        asked_by=decision.made_by,
        asked_at=decision.made_at,
    )
    return replace(review, queries=(*review.queries, query))


@_applied.register
def _answer(act: RecordAnswer, review: Review, decision: ReviewDecision) -> Review:
    if act.key not in {query.key for query in review.queries}:
        raise DecisionRefused("key", "names no query of this review")
    answered = tuple(
        replace(query, answer=act.text) if query.key == act.key else query
        for query in review.queries
    )
    return replace(review, queries=answered)


@_applied.register
def _flag(act: FlagToQa, review: Review, decision: ReviewDecision) -> Review:
    return replace(review, flag=_remark(act.text, decision))


@_applied.register
def _comment(act: Comment, review: Review, decision: ReviewDecision) -> Review:
    return replace(review, comments=(*review.comments, _remark(act.text, decision)))


@_applied.register
def _park(act: Park, review: Review, decision: ReviewDecision) -> Review:
    return replace(review, parked=replace(_remark(act.text, decision), until=act.until))


@_applied.register
def _resume(act: Resume, review: Review, decision: ReviewDecision) -> Review:
    if review.parked is None and review.flag is None:
        raise DecisionRefused("kind", "the chart is neither parked nor flagged")
    return replace(review, parked=None, flag=None)


@_applied.register
def _finalize(act: Finalize, review: Review, decision: ReviewDecision) -> Review:
    """What is undecided is left out: a line nobody decided on is never billed."""
    if review.undecided and act.reason is None:
        raise DecisionRefused("reason", "is needed to leave out what is undecided")
    if act.reason is not None:
        _needs_words(act.reason, act.note)
    for each in review.undecided:
        review = _with(review, each.key, verdict=Verdict.REJECTED, reason=act.reason, note=act.note)
    return replace(review, is_final=True, parked=None, flag=None)


@_applied.register
def _amend(act: Amend, review: Review, decision: ReviewDecision) -> Review:
    if not review.is_final:
        raise DecisionRefused("kind", "only a final claim is amended")
    return replace(review, is_final=False)


def _standing(review: Review, key: str, **changed: object) -> Review:
    """``review`` with the entry ``key`` decided: accepted where it is what was proposed."""
    review = _with(review, key, **changed)
    return _with(review, key, verdict=verdict_of(_entry(review, key), review))


def verdict_of(entry: LineState | DiagnosisState, review: Review) -> Verdict:
    """What became of an entry that stands. KX is an attestation and changes no verdict."""
    if entry.proposal is None:
        return Verdict.ADDED
    if isinstance(entry, DiagnosisState):
        same = entry.code == entry.proposal.code
    else:
        keys = {each.proposal.code: each.key for each in review.diagnoses if each.proposal}
        proposed = tuple(keys[code] for code in entry.proposal.diagnoses if code in keys)
        same = _values(entry, entry.points_at) == _values(entry.proposal, proposed)
    return Verdict.ACCEPTED if same else Verdict.CHANGED


def _values(line: LineState | SuggestedLine, points_at: tuple[str, ...]) -> tuple[object, ...]:
    modifiers = tuple(modifier for modifier in line.modifiers if modifier != KX)
    return line.code, line.units, line.minutes, modifiers, line.performed_by, points_at


def _with(review: Review, key: str, **changed: object) -> Review:
    """``review`` with other values in the line or diagnosis ``key``."""
    if isinstance(_entry(review, key), LineState):
        return replace(review, lines=_replaced(review.lines, key, changed))
    return replace(review, diagnoses=_replaced(review.diagnoses, key, changed))


def _replaced(entries: Iterable[Entry], key: str, changed: dict[str, object]) -> tuple[Entry, ...]:
    return tuple(
        replace(each, **changed) if each.key == key else each  # type: ignore[arg-type]
        for each in entries
    )


def _entry(review: Review, key: str) -> LineState | DiagnosisState:
    for each in review.entries:
        if each.key == key:
            return each
    raise DecisionRefused("key", "names no line or diagnosis of this review")


def _keys_of(codes: Iterable[str], review: Review) -> tuple[str, ...]:
    keys = {each.code: each.key for each in reversed(review.standing_diagnoses)}
    wanted = tuple(dict.fromkeys(codes))
    if not keys.keys() >= set(wanted):
        raise DecisionRefused("diagnoses", "must be diagnoses that stand on the claim")
    return tuple(keys[code] for code in wanted)


def _modifiers(given: tuple[str, ...], review: Review) -> tuple[str, ...]:
    """KX is an attestation: without one no hand puts it on a line."""
    if KX in given and review.attestation is None:
        raise DecisionRefused("modifiers", "KX needs a named person's attestation first")
    return tuple(dict.fromkeys(given))


def _needs_words(reason: OverrideReason, note: str) -> None:
    if reason is OverrideReason.OTHER and not note.strip():
        raise DecisionRefused("note", "must say what the other reason is")


def _refuse_line_values(act: Change) -> None:
    values = (act.units, act.minutes, act.modifiers, act.performed_by, act.diagnoses)
    if any(value is not None for value in values):
        raise DecisionRefused("key", "names a diagnosis, which has a code and nothing else")


def _remark(text: str, decision: ReviewDecision) -> Remark:
    return Remark(text=text, made_by=decision.made_by, made_at=decision.made_at)
