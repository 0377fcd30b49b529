"""The threads that wait for drafts, so that the event loop never does."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from model.errors import NoteproofError
from model.records import Encounter
from model.records.claim import ClaimDraft
from service.drafters import Drafters


class WorkerBusy(NoteproofError):
    """So many encounters wait for the model that another would only wait longer."""

    code = "worker.busy"

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        super().__init__(f"{waiting} encounters are waiting already")


class Worker:
    """Hands encounters to drafters, a thread for each of those, in the order they came.

    Attributes:
        waiting: Encounters handed in and not yet answered.
    """

    def __init__(self, drafters: Drafters, *, max_waiting: int) -> None:
        self._drafters = drafters
        self._max_waiting = max_waiting
        self._threads = ThreadPoolExecutor(drafters.number, thread_name_prefix="model")
        self.waiting = 0

    @property
    def is_ready(self) -> bool:
        """Whether the models are loaded."""
        return self._drafters.is_open

    async def start(self) -> None:
        """Load the models; an artifact that is wrong stops the service before it answers."""
        await asyncio.to_thread(self._drafters.open)

    async def stop(self) -> None:
        """Let the threads finish what they do, and drop what waits."""
        await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)
        await asyncio.to_thread(self._drafters.close)

    async def draft(self, encounters: list[Encounter]) -> list[ClaimDraft]:
        """The drafts of ``encounters``, in order.

        A list is read one by one: whoever sends a single note meanwhile does not wait for its end.

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
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._drafters.draft, encounter)
