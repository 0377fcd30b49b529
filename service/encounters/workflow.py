"""From encounters as sent to drafts as answered, kept before they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import IntegrityError

from model.errors import EncounterInvalid
from model.records import Encounter
from model.records.claim import ClaimDraft
from service.db.storage import Storage
from service.encounters.idempotency import Answered, Idempotency, Request
from service.encounters.intake import keep
from service.reviews.deps import desk_of
from service.reviews.desk import Desk
from service.settings import Settings
from service.wire import DraftOut, EncounterIn, encounter_of
from service.wire.draft import draft_out
from service.worker import Worker

_TRIES = 3
"""Two programs may send a new encounter in one moment: the one that comes second tries again."""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Drafted:
    """Drafts in the order of the encounters.

    Attributes:
        is_replay: Whether they were made for the same request before.
    """

    drafts: list[DraftOut]
    is_replay: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes encounters in: reads them with the model, keeps them, answers."""

    worker: Worker
    storage: Storage
    settings: Settings
    now: datetime

    async def draft_all(
        self, given: Sequence[EncounterIn], request: Request | None = None
    ) -> Drafted:
        """A draft for each encounter, in order; all of them are kept, or none.

        Args:
            given: As sent.
            request: The request they came in, where it wants to be done once.

        Raises:
            EncounterInvalid: Two encounters have one id.
            KeyReused: The request's key was sent before with another body.
            NoteproofError: One of them cannot be read; none is answered then.
        """
        _refuse_twice(given)
        if request is not None and (earlier := await run_in_threadpool(self._earlier, request)):
            return Drafted(earlier, is_replay=True)
        encounters = [encounter_of(each) for each in given]
        drafts = await self.worker.draft(encounters)
        await run_in_threadpool(self._keep, encounters, drafts, request)
        pairs = zip(drafts, encounters, strict=True)
        return Drafted([draft_out(draft, encounter.text or "") for draft, encounter in pairs])

    def _earlier(self, request: Request) -> list[DraftOut] | None:
        with self.storage.database.reading() as session:
            desk = desk_of(session, self.storage.keyring, self.now, self.settings)
            answered = Idempotency(session, desk.seals).earlier(request)
            return None if answered is None else [_again(desk, each) for each in answered]

    def _keep(
        self, encounters: list[Encounter], drafts: list[ClaimDraft], request: Request | None
    ) -> None:
        # In one order everywhere, so that two lists never wait for each other.
        pairs = sorted(zip(encounters, drafts, strict=True), key=lambda pair: pair[0].id)

        def kept(desk: Desk) -> None:
            numbers = {encounter.id: keep(desk, encounter, draft) for encounter, draft in pairs}
            answered = [Answered(each.id, numbers[each.id]) for each in encounters]
            if request is not None and answered:
                _remember(desk, request, answered)

        self._written(kept)

    def _written(self, write: Callable[[Desk], Result]) -> Result:
        for _ in range(_TRIES - 1):
            try:
                return self._once(write)
            except IntegrityError:
                continue
        return self._once(write)

    def _once(self, write: Callable[[Desk], Result]) -> Result:
        with self.storage.database.writing() as session:
            return write(desk_of(session, self.storage.keyring, self.now, self.settings))


def _remember(desk: Desk, request: Request, answered: Sequence[Answered]) -> None:
    """Once: the same request may have been sent twice in one moment, and done by the other one."""
    done = Idempotency(desk.session, desk.seals)
    if done.earlier(request) is None:
        done.remember(request, answered, desk.now)


def _again(desk: Desk, answered: Answered) -> DraftOut:
    reading = desk.reviews.reading(answered.encounter_id, answered.reading)
    return draft_out(reading.draft, reading.encounter.text or "")


def _refuse_twice(given: Sequence[EncounterIn]) -> None:
    seen: set[str] = set()
    for each in given:
        if each.id in seen:
            raise EncounterInvalid(each.id, "id", "is given twice in the list")
        seen.add(each.id)
