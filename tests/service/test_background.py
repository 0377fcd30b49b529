import asyncio
import threading

import pytest

from service.background import to_the_end


def test_the_answer_of_the_thread_comes_back() -> None:
    assert asyncio.run(to_the_end(sum, (1, 2))) == 3


def test_a_cancel_waits_for_the_thread() -> None:
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert go_on.wait(10)
        done.set()

    async def cancelled() -> None:
        task = asyncio.create_task(to_the_end(work))
        await asyncio.to_thread(begun.wait, 10)
        task.cancel()
        threading.Timer(0.05, go_on.set).start()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert done.is_set()

    asyncio.run(cancelled())
