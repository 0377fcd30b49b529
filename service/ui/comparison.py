"""Two claims as the page shows them: each line and diagnosis of both, and what to choose."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from model.policy import Policy
from model.records.review import Verdict
from service.reviews.comparing import Difference, LinePair, compared, paired
from service.reviews.judging import in_order
from service.reviews.records import Track
from service.reviews.state import DiagnosisState, LineState, Review
from service.reviews.two_claims import TwoClaims
from service.reviews.workflow import Chart
from service.ui.addresses import address_of, comparison_of
from service.ui.chart import facts_of, kinds_of, title_of
from service.ui.comparison_views import (
    ComparisonView,
    DifferenceView,
    PairView,
    SideView,
    ValueView,
)
from service.ui.entries import caption, title
from service.ui.evidence import Mark, cut, is_columnar
from service.ui.findings import quoted
from service.ui.marks import letter
from service.ui.views import LeaseView
from service.ui.words import REASONS

_NOTHING = "not on the claim"
_ABOUT: Mapping[str, str] = {"units": "units", "modifiers": "modifiers", "pointers": "diagnoses"}
_ASKS: Mapping[str, str] = {
    "line": "Is {code} on the claim?",
    "units": "Units of {code}",
    "modifiers": "Modifiers of {code}",
    "pointers": "Diagnoses {code} points at",
    "diagnosis": "Is {code} on the claim?",
    "order": "Which is listed first?",
}
Chosen = Mapping[str, str]
"""By the name of a field, the track that was picked in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What every line is shown on: the note, the choices so far, the payer's order."""

    text: str
    chosen: Chosen
    policy: Policy

    def in_order(self, modifiers: Iterable[str]) -> str:
        """``modifiers`` as the payer writes them."""
        return " ".join(in_order(modifiers, self.policy))


def field_of(difference: Difference) -> str:
    """The name of a difference in forms."""
    return f"{difference.about}-{difference.code}-{difference.place}"


def comparison_view(
    claims: TwoClaims, third: Chart, *, lease: LeaseView | None, chosen: Chosen
) -> ComparisonView:
    """Both claims of ``third``'s encounter, with what was ``chosen`` so far."""
    found, draft = compared(*claims.reviews), third.reading.draft
    text = third.reading.encounter.text or ""
    policy = Policy.for_payer(draft.payer, draft.date_of_service)
    ground = _Ground(text=text, chosen=chosen, policy=policy)
    encounter_id = third.summary.id
    pieces = cut(text, chain.from_iterable(map(_marks, claims.reviews)))
    order = next((each for each in found if each.about == "order"), None)
    return ComparisonView(
        id=encounter_id,
        address=comparison_of(encounter_id),
        chart_address=address_of(encounter_id, Track.ADJUDICATION),
        title=title_of(draft),
        facts=tuple(facts_of(draft, encounter_id)),
        pieces=pieces,
        kinds=kinds_of(pieces),
        is_columnar=is_columnar(text),
        lines=tuple(_line(pair, claims, found, ground) for pair in paired(*claims.reviews)),
        diagnoses=tuple(_diagnoses(claims, found, ground)),
        order=_difference(order, ground) if order else None,
        tag=third.state.tag,
        of=claims.tag,
        lease=lease,
        is_final=third.state.review.is_final,
    )


def _line(
    pair: LinePair, claims: TwoClaims, found: Sequence[Difference], ground: _Ground
) -> PairView:
    own = [
        each
        for each in found
        if (each.code, each.place) == (pair.code, pair.place)
        and each.about not in ("diagnosis", "order")
    ]
    unlike = {each.about for each in own}
    first, second = claims.reviews
    return PairView(
        code=pair.code,
        caption=caption(pair.code),
        first=_side(pair.first, pair.second, first, unlike, ground),
        second=_side(pair.second, pair.first, second, unlike, ground),
        unlike=_unlike(unlike),
        choices=tuple(_difference(each, ground) for each in own),
    )


def _unlike(about: set[str]) -> str:
    if "line" in about:
        return "only one has it"
    return ", ".join(words for each, words in _ABOUT.items() if each in about)


def _side(
    state: LineState | None,
    other: LineState | None,
    review: Review,
    unlike: set[str],
    ground: _Ground,
) -> SideView:
    if state is None:
        return SideView(left_out=_left_out(other, review))
    return SideView(
        values=tuple(_values(state, review, unlike, ground)),
        evidence=tuple(quoted(found.span, found.says, ground.text) for found in state.evidence),
    )


def _values(
    state: LineState, review: Review, unlike: set[str], ground: _Ground
) -> Iterator[ValueView]:
    letters = [letter(place) for place in range(1, len(review.claim_diagnoses()) + 1)]
    places = dict(zip(review.claim_diagnoses(), letters, strict=True))
    units = f"{state.units} unit{'' if state.units == 1 else 's'}"
    yield ValueView(name="units", words=units, is_unlike="units" in unlike)
    if state.minutes is not None:
        yield ValueView(name="minutes", words=f"{state.minutes} min")
    modifiers = ground.in_order(state.modifiers) or "no modifiers"
    yield ValueView(name="modifiers", words=modifiers, is_unlike="modifiers" in unlike)
    codes = [f"{places[code]} {code}" for code in review.codes_of(state)]
    pointers = ", ".join(codes) or "no diagnosis"
    yield ValueView(name="diagnoses", words=pointers, is_unlike="pointers" in unlike)
    if state.performed_by == "assistant":
        yield ValueView(name="giver", words="by an assistant")


def _left_out(other: LineState | DiagnosisState | None, review: Review) -> str:
    """Why a side has no such entry, where it rejected what the other kept."""
    for each in review.entries:
        same = other is not None and each.key == other.key and each.proposal is not None
        if same and each.verdict is Verdict.REJECTED and each.reason:
            return f"Rejected: {each.note or REASONS[each.reason]}"
    return "Not on this claim"


def _diagnoses(
    claims: TwoClaims, found: Sequence[Difference], ground: _Ground
) -> Iterator[PairView]:
    first, second = claims.reviews
    ours, theirs = _by_code(first), _by_code(second)
    differing = {each.code: each for each in found if each.about == "diagnosis"}
    for code in dict.fromkeys((*ours, *theirs)):
        one, other, difference = ours.get(code), theirs.get(code), differing.get(code)
        yield PairView(
            code=code,
            caption=title(code),
            first=_diagnosis(one, other, first, ground.text),
            second=_diagnosis(other, one, second, ground.text),
            unlike="only one has it" if difference else "",
            choices=(_difference(difference, ground),) if difference else (),
        )


def _diagnosis(
    state: DiagnosisState | None, other: DiagnosisState | None, review: Review, text: str
) -> SideView:
    if state is None:
        return SideView(left_out=_left_out(other, review))
    rank = letter(review.claim_diagnoses().index(state.code) + 1)
    return SideView(
        values=(ValueView(name="rank", words=f"listed {rank}"),),
        evidence=tuple(quoted(found.span, found.says, text) for found in state.evidence),
    )


def _by_code(review: Review) -> dict[str, DiagnosisState]:
    found: dict[str, DiagnosisState] = {}
    for each in review.standing_diagnoses:
        found.setdefault(each.code, each)
    return found


def _difference(each: Difference, ground: _Ground) -> DifferenceView:
    field = field_of(each)
    return DifferenceView(
        field=field,
        asks=_ASKS[each.about].format(code=each.code),
        first=_said(each.first, each, ground),
        second=_said(each.second, each, ground),
        chosen=ground.chosen.get(field, ""),
    )


def _said(words: str | None, each: Difference, ground: _Ground) -> str:
    if each.about in ("line", "diagnosis"):
        return _NOTHING if words is None else "on the claim"
    said = words or "none"
    return ground.in_order(said.split()) if each.about == "modifiers" else said


def _marks(review: Review) -> Iterable[Mark]:
    for line in review.standing_lines:
        for found in line.evidence:
            yield Mark(span=found.span, says=found.says, owner=f"code-{line.code}", label=line.code)
    for each in review.standing_diagnoses:
        for found in each.evidence:
            yield Mark(span=found.span, says=found.says, owner=f"code-{each.code}", label=each.code)
