"""Work of the database beside the requests."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, ParamSpec, TypeVar

from fastapi.concurrency import run_in_threadpool

from service.batch import unexpected

logger = logging.getLogger(__name__)

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")


async def to_the_end(
    work: Callable[Parameters, Answer], /, *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Answer:
    """What ``work`` answers in a thread of its own.

    A cancel waits for the thread: it may hold a connection, and the database is closed right after.
    """
    task = asyncio.ensure_future(run_in_threadpool(work, *args, **kwargs))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None], name: str) -> AsyncIterator[None]:
    """``work`` goes on while the block does. Should it end before, that is logged at once."""
    task = asyncio.create_task(work, name=name)
    task.add_done_callback(_tell)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _tell(task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error is not None:
        logger.error("work ended task=%s error=%s", task.get_name(), unexpected(error))
