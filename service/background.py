"""Work of the database beside the requests."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from fastapi.concurrency import run_in_threadpool

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
