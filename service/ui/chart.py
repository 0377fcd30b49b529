"""A review as the screen shows it: everything worded, numbered and linked to the note."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from model.policy import payer
from model.records.claim import ClaimDraft
from model.records.review import EncounterReading, ReviewDecision
from model.records.units import Certificate
from service.printing.certificate import in_words
from service.printing.claim import unlike
from service.reviews.records import Track
from service.reviews.state import Review
from service.reviews.view import ReviewState
from service.ui.addresses import address_of, list_of
from service.ui.entries import claim_findings, diagnosis_views, line_views
from service.ui.evidence import KINDS, Mark, Piece, cut, is_columnar
from service.ui.marks import marks_of
from service.ui.views import (
    CertificateView,
    ChartView,
    Choice,
    EventView,
    LeaseView,
    LedgerRowView,
    QueryView,
)
from service.ui.words import ACTS, INFERRED, NOTE_KINDS, REASONS, ROLES, STATUSES
from service.wire.certificate import certificate_out

Names = Callable[[str], str]
"""The name of the person with an id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a chart: who else is at it, and which charts are beside it."""

    names: Names
    decisions: tuple[ReviewDecision, ...] = ()
    lease: LeaseView | None = None
    may_decide: bool = True
    next_id: str | None = None
    previous_id: str | None = None
    place: str = ""
    track: Track = Track.FIRST
    taken_over: str = ""


def chart_view(state: ReviewState, reading: EncounterReading, around: Around) -> ChartView:
    """The review screen of ``state``."""
    draft, text, review = reading.draft, reading.encounter.text or "", state.review
    marks = marks_of(state, draft)
    pieces = cut(text, marks)
    return ChartView(
        id=state.encounter_id,
        address=address_of(state.encounter_id, around.track),
        list_address=list_of(around.track),
        role=ROLES[around.track],
        taken_over=around.taken_over,
        title=title_of(draft),
        status=STATUSES[state.status],
        facts=tuple(facts_of(draft, state.encounter_id)),
        inferred=tuple(INFERRED.get(field, field) for field in draft.inferred),
        tag=state.tag,
        is_final=review.is_final,
        is_waiting=review.parked is not None or review.flag is not None,
        newer_reading=state.newest_reading if state.is_stale else None,
        is_columnar=is_columnar(text),
        pieces=pieces,
        kinds=kinds_of(pieces),
        marks=_digest(marks),
        lines=line_views(state, text),
        diagnoses=diagnosis_views(state, text),
        findings=claim_findings(state, text),
        differences=tuple(unlike(review.standing_lines, draft.stated)),
        abstentions=tuple((found.code or "", found.reason) for found in draft.abstentions),
        certificate=_certificate(state.certificate),
        queries=tuple(_queries(state, around.names)),
        events=tuple(
            _event(decision, review, around.names) for decision in reversed(around.decisions)
        ),
        open_points=tuple(point.words for point in state.open_points),
        green_count=len(state.green_keys),
        can_pass=all(point.is_passable for point in state.open_points),
        reasons=reasons(),
        lease=around.lease,
        may_decide=around.may_decide,
        undoes=_undoes(state, around.names),
        next_address=address_of(around.next_id, around.track) if around.next_id else "",
        previous_address=address_of(around.previous_id, around.track) if around.previous_id else "",
        place=around.place,
    )


def reasons() -> tuple[Choice, ...]:
    """Why something is set aside, by key."""
    return tuple(
        Choice(number=number, value=reason.value, label=words)
        for number, (reason, words) in enumerate(REASONS.items(), start=1)
    )


def clock(moment: datetime) -> str:
    """A moment as the screen writes it, in UTC."""
    return f"{moment:%Y-%m-%d %H:%M}"


def title_of(draft: ClaimDraft) -> str:
    """What kind of note it is, as the heading of its page."""
    kind = NOTE_KINDS[draft.note_kind] if draft.note_kind else "note"
    return f"{draft.discipline} {kind}" if draft.discipline else kind.capitalize()


def facts_of(draft: ClaimDraft, encounter_id: str) -> Iterator[tuple[str, str]]:
    """What is known of an encounter besides its note."""
    yield "Encounter", encounter_id
    yield "Date of service", f"{draft.date_of_service:%Y-%m-%d}"
    yield "Payer", payer(draft.payer).name


def kinds_of(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """What the marked words of a note say, for its legend."""
    found = {kind for piece in pieces for kind in piece.says}
    return tuple(kind for kind in KINDS if kind in found)


def _digest(marks: Iterable[Mark]) -> str:
    return sha256(repr(sorted(map(repr, marks))).encode()).hexdigest()[:12]


def _certificate(certificate: Certificate | None) -> CertificateView | None:
    if certificate is None:
        return None
    shown = certificate_out(certificate)
    earned, close = in_words(shown)
    return CertificateView(
        earned=earned,
        close=close,
        ledger=tuple(
            LedgerRowView(
                code=row.code,
                therapist=row.therapist,
                assistant=row.assistant,
                whole_units=row.whole_units,
                remainder=row.remainder,
                extra_units=row.extra_units,
                units=row.units,
            )
            for row in shown.ledger
        ),
    )


def _queries(state: ReviewState, names: Names) -> Iterator[QueryView]:
    for query in state.review.queries:
        yield QueryView(
            key=query.key,
            text=query.text,
            answer=query.answer,
            asked=f"{names(query.asked_by)}, {clock(query.asked_at)}",
        )


def decided(decision: ReviewDecision, review: Review) -> str:
    """What a decision did, with the codes it is about."""
    act = decision.act
    keys = getattr(act, "keys", None) or [getattr(act, "key", None)]
    codes = {each.key: each.code for each in review.entries}
    about = ", ".join(codes[key] for key in keys if key in codes)
    return f"{ACTS[act.kind]}{f' {about}' if about else ''}"


def _event(decision: ReviewDecision, review: Review, names: Names) -> EventView:
    act = decision.act
    return EventView(
        at=clock(decision.made_at),
        who=names(decision.made_by),
        what=decided(decision, review),
        words=getattr(act, "text", "") or getattr(act, "note", ""),
    )


def _undoes(state: ReviewState, names: Names) -> str:
    last = state.undoable
    return f"Takes back: {names(last.made_by)} {decided(last, state.review)}" if last else ""
