"""``POST /api/v1/encounters``: one encounter or a list, answered with its drafts."""

from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import Discriminator, Tag

from model.errors import EncounterInvalid
from service.deps import AppSettings, ModelWorker
from service.encounters.workflow import draft_all
from service.problems import responses
from service.wire import DraftOut, EncounterIn

router = APIRouter(prefix="/encounters", tags=["encounters"])


def _many_or_one(body: Any) -> str:
    return "many" if isinstance(body, list) else "one"


OneOrMany = Annotated[
    Annotated[EncounterIn, Tag("one")] | Annotated[list[EncounterIn], Tag("many")],
    Discriminator(_many_or_one),
    Body(),
]


@router.post("", responses=responses(413, 415, 422, 503))
async def draft_encounters(
    body: OneOrMany, worker: ModelWorker, settings: AppSettings
) -> DraftOut | list[DraftOut]:
    """The claim each note supports, its proof, and what is missing; a list is answered in order."""
    if isinstance(body, EncounterIn):
        return (await draft_all([body], worker))[0]
    if len(body) > settings.max_encounters:
        raise EncounterInvalid("of the list", "list", f"has over {settings.max_encounters} entries")
    return await draft_all(body, worker)
