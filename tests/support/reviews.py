"""A reading made by hand and a history to decide in, for tests of reviews."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from model.records import Encounter
from model.records.claim import ClaimDraft
from model.records.review import Act, EncounterReading, ReviewDecision
from service.reviews.fold import fold
from service.reviews.state import Folded
from service.reviews.view import ReviewState, shown
from tests.support.drafts import NOTE, a_draft

BEGUN = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def a_reading(
    number: int = 1, text: str = NOTE, draft: ClaimDraft | None = None
) -> EncounterReading:
    """A reading of ``text``; the draft of ``NOTE`` by default."""
    return EncounterReading(
        number=number,
        encounter=Encounter(id="enc-1", text=text),
        draft=draft or replace(a_draft(), stated=(), stated_diagnoses=()),
    )


class History:
    """Readings and decisions of one encounter, as they grow."""

    def __init__(self, *readings: EncounterReading) -> None:
        self.readings = {each.number: each for each in readings or (a_reading(),)}
        self.decisions: tuple[ReviewDecision, ...] = ()

    def decide(self, *acts: Act, by: str = "dana") -> Folded:
        """The review after ``acts``; nothing joins the history where one is refused."""
        decisions = self.decisions
        for act in acts:
            number = len(decisions) + 1
            decision = ReviewDecision(
                number=number,
                reading=self.folded().review.reading,
                made_by=by,
                made_at=BEGUN + timedelta(minutes=number),
                act=act,
            )
            decisions = (*decisions, decision)
        folded = fold(self.readings, decisions)
        self.decisions = decisions
        return folded

    def folded(self) -> Folded:
        """The review as it stands."""
        return fold(self.readings, self.decisions)

    def shown(self) -> ReviewState:
        """The review as a reviewer sees it."""
        folded = self.folded()
        return shown(self.readings[folded.review.reading], folded, newest=max(self.readings))
