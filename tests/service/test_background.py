import asyncio
import threading

import pytest

from service.background import beside, to_the_end
from tests.support.phi import MARKED_NOTE


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


def test_work_beside_a_block_goes_on_until_the_block_ends() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def run() -> None:
        async with beside(work(), "sending"):
            await begun.wait()
            assert not ended.is_set()
        assert ended.is_set()

    asyncio.run(asyncio.wait_for(run(), 10))


def test_work_that_ends_before_its_time_is_logged_by_kind_and_place(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Its message stays out of the log: it may quote a note."""

    async def work() -> None:
        raise KeyError(MARKED_NOTE)

    async def run() -> None:
        async with beside(work(), "sending"):
            while not caplog.records:
                await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(run(), 10))

    assert "work ended task=sending" in caplog.text
    assert "KeyError at test_background.py" in caplog.text
