"""The one thread that runs the model, so that the event loop never waits for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from model.errors import NoteproofError
from model.records import Encounter
from model.records.claim import ClaimDraft
from service.copilot import Drafter

Result = TypeVar("Result")


class WorkerBusy(NoteproofError):
    """So many encounters wait for the model that another would only wait longer."""

    code = "worker.busy"

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        super().__init__(f"{waiting} encounters are waiting already")


class Worker:
    """Owns the copilot and its thread; one request, one core: scale by processes.

    Attributes:
        waiting: Encounters handed in and not yet answered.
    """

    def __init__(self, load: Callable[[], Drafter], *, max_waiting: int) -> None:
        self._load = load
        self._max_waiting = max_waiting
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
        self._copilot: Drafter | None = None
        self.waiting = 0

    @property
    def is_ready(self) -> bool:
        """Whether the models are loaded."""
        return self._copilot is not None

    async def start(self) -> None:
        """Load the models; an artifact that is wrong stops the service before it answers."""
        self._copilot = await self._run(self._load)

    async def stop(self) -> None:
        """Let the thread finish what it does, and drop what waits."""
        await asyncio.to_thread(self._thread.shutdown, wait=True, cancel_futures=True)

    async def draft(self, encounters: list[Encounter]) -> list[ClaimDraft]:
        """The drafts of ``encounters``, in order.

        Raises:
            WorkerBusy: Too many are waiting.
        """
        if self.waiting and self.waiting + len(encounters) > self._max_waiting:
            raise WorkerBusy(self.waiting)
        self.waiting += len(encounters)
        try:
            return [await self._one(encounter) for encounter in encounters]
        finally:
            self.waiting -= len(encounters)

    async def _one(self, encounter: Encounter) -> ClaimDraft:
        copilot = self._copilot
        assert copilot is not None  # noqa: S101  (started before the first request)
        return await self._run(lambda: copilot.draft(encounter))

    async def _run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
