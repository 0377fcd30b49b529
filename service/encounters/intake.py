"""Keep what was read: a new encounter, or a newer reading of one."""

from model.records import Encounter
from model.records.claim import ClaimDraft
from model.records.review import EncounterReading
from service.db.tables import ReadingRow
from service.reviews.desk import Desk
from service.reviews.fold import fold
from service.reviews.records import Track
from service.reviews.view import shown
from service.webhooks.events import Event


def keep(desk: Desk, encounter: Encounter, draft: ClaimDraft) -> int:
    """Keep ``encounter`` with its ``draft``; the number of the reading that holds them.

    What equals the newest reading is that reading: sending a note twice changes nothing. A newer
    reading leaves every decision as it is; the review shows that it is stale.
    """
    before = desk.encounters.lock(encounter.id)
    newest = desk.reviews.newest(encounter.id) if before else None
    if newest is not None and (newest.encounter, newest.draft) == (encounter, draft):
        return newest.number
    number = newest.number + 1 if newest else 1
    reading = EncounterReading(number=number, encounter=encounter, draft=draft)
    readings = {**(desk.reviews.readings(encounter.id) if newest else {}), number: reading}
    folded = fold(readings, desk.reviews.decisions(encounter.id, Track.FIRST) if newest else ())
    reviewed = readings[folded.review.reading]
    desk.encounters.project(reviewed, shown(reviewed, folded, newest=number), desk.now)
    desk.reviews.add_reading(reading, _row(desk, reading))
    desk.outbox.announce(
        Event.ENCOUNTER_READ, {"encounter_id": encounter.id, "reading": number}, desk.now
    )
    return number


def _row(desk: Desk, reading: EncounterReading) -> ReadingRow:
    made_with = reading.draft.versions
    return ReadingRow(
        encounter_id=reading.encounter.id,
        number=reading.number,
        made_at=desk.now,
        versions={
            "model": made_with.model,
            "rules": made_with.rules,
            "policies": made_with.policies,
        },
    )
