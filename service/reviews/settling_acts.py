"""What a settlement comes to, as decisions on the third track: one after the other."""

from collections.abc import Iterable, Iterator, Sequence

from model.records.review import (
    Accept,
    Act,
    AddDiagnosis,
    AddLine,
    AttestKx,
    Change,
    Comment,
    Finalize,
    Override,
    OverrideReason,
    Reject,
    Reorder,
    Verdict,
)
from service.reviews.acts import KX
from service.reviews.comparing import compared
from service.reviews.desk import Desk
from service.reviews.records import Track
from service.reviews.settled import SettledClaim, SettledLine, Sides
from service.reviews.state import DiagnosisState, LineState, Review
from service.reviews.two_claims import TwoClaims
from service.reviews.view import ReviewState
from service.reviews.workflow import decide


class Writer:
    """Writes decisions one after the other, each on the state the one before it left."""

    def __init__(
        self,
        desk: Desk,
        encounter_id: str,
        by: str,
        state: ReviewState,
        claims: TwoClaims,
        reason: str,
    ) -> None:
        self.desk, self.encounter_id, self.by, self.state = desk, encounter_id, by, state
        self.claims, self.reason = claims, reason

    def write(self, claim: SettledClaim) -> None:
        """Decide on everything ``claim`` has, and on everything it has not."""
        self._diagnoses(claim.diagnoses)
        self._lines(claim.lines)
        for override in self._overrides():
            self._decide(override)

    def close(self, sides: Sides, *, passes: bool) -> None:
        """Write down why, and make it final; ``passes`` over what is open, where it can.

        Raises:
            ReviewUnfinished: Something is open.
        """
        self._decide(Comment(text=f"{self.reason}\n{self._in_words(sides)}".strip()))
        passing = OverrideReason.OTHER if passes and self.state.open_points else None
        self._decide(Finalize(reason=passing, note=self.reason))

    @property
    def _review(self) -> Review:
        return self.state.review

    def _decide(self, act: Act) -> None:
        self.state = decide(
            self.desk,
            self.encounter_id,
            act,
            by=self.by,
            expected=self.state.tag,
            track=Track.ADJUDICATION,
        )

    def _diagnoses(self, wanted: Sequence[DiagnosisState]) -> None:
        places = _places(wanted, self._review.diagnoses)
        for each in self._review.diagnoses:
            if each.key not in places:
                self._decide(self._rejected(each))
        for found, key in zip(wanted, places, strict=True):
            if key is None:
                self._decide(AddDiagnosis(code=found.code, evidence=found.evidence[0].span))
            else:
                now = {each.key: each.code for each in self._review.diagnoses}[key]
                same = now == found.code
                self._decide(Accept(keys=(key,)) if same else Change(key=key, code=found.code))
        order = tuple(found.code for found in wanted)
        if self._review.claim_diagnoses() != order:
            keys = {each.code: each.key for each in reversed(self._review.standing_diagnoses)}
            self._decide(Reorder(keys=tuple(keys[code] for code in order)))

    def _lines(self, wanted: Sequence[SettledLine]) -> None:
        places = _places([line.state for line in wanted], self._review.lines)
        for each in self._review.lines:
            if each.key not in places:
                self._decide(self._rejected(each))
        attested = []
        for line, key in zip(wanted, places, strict=True):
            self._decide(_added(line) if key is None else self._standing(line, key))
            if line.has_kx:
                attested.append(key or self._review.lines[-1].key)
        said = self.claims.first.review.attestation or self.claims.second.review.attestation
        if attested and said is not None:
            self._decide(AttestKx(by=said.by, on=said.on, keys=tuple(attested)))

    def _standing(self, line: SettledLine, key: str) -> Act:
        """The line ``key`` of the draft with the values that stand."""
        now = {each.key: each for each in self._review.lines}[key]
        state, modifiers = line.state, _without_kx(line.state)
        values = (state.code, state.units, state.minutes, modifiers, state.performed_by)
        present = (now.code, now.units, now.minutes, _without_kx(now), now.performed_by)
        if (values, line.diagnoses) == (present, self._review.codes_of(now)):
            return Accept(keys=(key,))
        return Change(
            key=key,
            code=state.code,
            units=state.units,
            minutes=state.minutes,
            modifiers=modifiers,
            performed_by=state.performed_by,
            diagnoses=line.diagnoses,
        )

    def _rejected(self, entry: LineState | DiagnosisState) -> Act:
        """For the reason a reviewer gave, where one did."""
        for review in self.claims.reviews:
            for each in review.entries:
                if each.key == entry.key and each.verdict is Verdict.REJECTED and each.reason:
                    return Reject(key=entry.key, reason=each.reason, note=each.note)
        return Reject(key=entry.key, reason=OverrideReason.OTHER, note=self.reason)

    def _overrides(self) -> Iterator[Override]:
        """What a reviewer set aside stays aside, where it is still found."""
        given = {
            (each.rule_id, each.message): each
            for review in reversed(self.claims.reviews)
            for each in review.overrides
        }
        for found in self.state.all_findings:
            each = given.get((found.finding.rule_id, found.finding.flag.message))
            if each is not None and found.override is None:
                yield Override(
                    rule_id=each.rule_id,
                    key=found.key,
                    message=each.message,
                    reason=each.reason,
                    note=each.note,
                )

    def _in_words(self, sides: Sides) -> str:
        """Which side stands of each difference; codes and counts only."""
        found = compared(*self.claims.reviews)
        return "\n".join(f"{each.about} {each.code}: {sides[each.key]}" for each in found)


def _places(
    wanted: Iterable[LineState | DiagnosisState], present: Iterable[LineState | DiagnosisState]
) -> list[str | None]:
    """For each wanted entry its key in the third review; None where it has to be added.

    Two entries may come from one of the draft, where reviewers made different things of it: the
    first of them takes its place, the other is added.
    """
    free = {each.key for each in present if each.proposal is not None}
    found: list[str | None] = []
    for each in wanted:
        found.append(each.key if each.key in free else None)
        free.discard(each.key)
    return found


def _added(line: SettledLine) -> AddLine:
    state = line.state
    return AddLine(
        code=state.code,
        units=state.units,
        minutes=state.minutes,
        modifiers=_without_kx(state),
        performed_by=state.performed_by,
        diagnoses=line.diagnoses,
        evidence=state.evidence[0].span,
    )


def _without_kx(line: LineState) -> tuple[str, ...]:
    return tuple(modifier for modifier in line.modifiers if modifier != KX)
