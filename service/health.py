"""Whether the process lives, and whether it can draft and keep what it drafts."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text

from service.db.migrate import require_head
from service.db.storage import Storage
from service.deps import ModelWorker
from service.people.access import public
from service.problems import answer, responses

router = APIRouter(tags=["health"], dependencies=[public()])


@router.get("/healthz")
async def lives() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", response_model=dict[str, str], responses=responses(503))
def is_ready(request: Request, worker: ModelWorker) -> JSONResponse:
    """The models are loaded, their checksums right, and the database takes what is written."""
    storage: Storage | None = request.app.state.storage
    if storage is None or not worker.is_ready:
        return answer(503, "worker.starting", "the models are being loaded")
    require_writable(storage)
    return JSONResponse({"status": "ready"})


def require_writable(storage: Storage) -> None:
    """Write something that changes nothing.

    Raises:
        StorageError: The database is away, full, or its tables are not this version's.
    """
    with storage.database.writing() as session:
        require_head(session.connection())
        session.execute(text("UPDATE alembic_version SET version_num = version_num"))
