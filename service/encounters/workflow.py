"""From encounters as sent to drafts as answered. Keeping them will join here."""

from collections.abc import Sequence

from model.errors import EncounterInvalid
from service.wire import DraftOut, EncounterIn, encounter_of
from service.wire.draft import draft_out
from service.worker import Worker


async def draft_all(given: Sequence[EncounterIn], worker: Worker) -> list[DraftOut]:
    """A draft for each encounter, in order.

    Raises:
        EncounterInvalid: Two encounters have one id.
        NoteproofError: One of them cannot be read; none is answered then.
    """
    _refuse_twice(given)
    drafts = await worker.draft([encounter_of(each) for each in given])
    return [draft_out(draft, sent.text) for draft, sent in zip(drafts, given, strict=True)]


def _refuse_twice(given: Sequence[EncounterIn]) -> None:
    seen: set[str] = set()
    for each in given:
        if each.id in seen:
            raise EncounterInvalid(each.id, "id", "is given twice in the list")
        seen.add(each.id)
