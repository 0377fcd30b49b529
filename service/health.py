"""Whether the process lives, and whether it can draft."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from service.deps import ModelWorker
from service.problems import answer, responses

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def lives() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", response_model=dict[str, str], responses=responses(503))
async def is_ready(worker: ModelWorker) -> JSONResponse:
    """The models are loaded and drafts can be asked for."""
    if worker.is_ready:
        return JSONResponse({"status": "ready"})
    return answer(503, "worker.starting", "the models are being loaded")
