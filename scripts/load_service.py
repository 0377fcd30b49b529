"""How long the API takes under load: ``python -m scripts.load_service [seconds] [a second]``.

Starts the service on a database of its own, sends notes of about 515 words at a steady rate whether
or not earlier ones were answered, and reads the worklist and charts meanwhile. A request's time
counts from the moment it should have been sent, so that waiting is not hidden.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import local

from training.corpus import read_corpus

_WORDS = (430, 600)
_READERS_A_SECOND = 10
_WARM_UP = 20
_PATH = "/api/v1/encounters"
_connections = local()


@contextmanager
def _served(folder: str) -> Iterator[tuple[int, int]]:
    """Port and process id of the service, ready, with a database in ``folder``."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "service", "serve", "--port", str(port)]
    knobs = {"NOTEPROOF_DATABASE_URL": f"sqlite:///{folder}/load.db"}
    process = subprocess.Popen(  # noqa: S603  (our own program)
        command, env={**os.environ, **knobs}, stderr=subprocess.DEVNULL
    )
    try:
        while _ask(port, "GET", "/readyz") != 200:
            if process.poll() is not None:
                sys.exit("the service did not start")
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _ask(port: int, method: str, path: str, body: str | None = None) -> int:
    """The status of one request; 0 where nobody answers. Each thread keeps its connection."""
    for _ in range(2):  # a connection that was idle may have been closed meanwhile
        connection = getattr(_connections, "open", None)
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            _connections.open = connection
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
        except OSError:
            connection.close()
        else:
            return int(answer.status)
    return 0


def _cpu_seconds(pid: int) -> float:
    """Processor time the service has used, on Linux; waiting for other programs is not in it."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _steadily(
    work: Callable[[int], int], *, seconds: int, a_second: int, threads: int
) -> tuple[list[float], int]:
    """Milliseconds from when each request was due to its answer, and how many were refused."""
    begun = time.perf_counter() + 0.2

    def one(number: int) -> tuple[float, int]:
        due = begun + number / a_second
        time.sleep(max(0.0, due - time.perf_counter()))
        status = work(number)
        return (time.perf_counter() - due) * 1000, status

    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(one, range(seconds * a_second)))
    return [spent for spent, status in found if status == 200], sum(s != 200 for _, s in found)


def _shown(name: str, spent: Sequence[float], refused: int) -> str:
    ordered = sorted(spent) or [0.0]
    marks = {p: ordered[min(len(ordered) - 1, len(ordered) * p // 100)] for p in (50, 95, 99)}
    times = ", ".join(f"p{p} {spent:.0f}" for p, spent in marks.items())
    return f"{name}: {len(ordered)} answered, {refused} refused; {times} ms"


def main(seconds: int = 60, a_second: int = 10) -> None:
    """Measure and print; one line for each kind of request."""
    long = [n.text for n in read_corpus() if _WORDS[0] <= len(n.text.split()) <= _WORDS[1]]
    print(f"{len(long)} notes of {_WORDS[0]}-{_WORDS[1]} words, each with a line of its own")
    with tempfile.TemporaryDirectory() as folder, _served(folder) as (port, pid):

        def send(number: int) -> int:
            text = f"{long[number % len(long)]}\nEntry {number} of the day.\n"
            body = json.dumps({"id": f"load-{number}", "text": text})
            return _ask(port, "POST", _PATH, body)

        def read(number: int) -> int:
            chart = f"{_PATH}/load-{number % _WARM_UP}"
            return _ask(port, "GET", chart if number % 2 else f"{_PATH}?limit=50")

        for number in range(_WARM_UP):
            send(number)
        begun = _cpu_seconds(pid)
        with ThreadPoolExecutor(2) as both:
            notes = both.submit(_steadily, send, seconds=seconds, a_second=a_second, threads=16)
            reads = both.submit(
                _steadily, read, seconds=seconds, a_second=_READERS_A_SECOND, threads=4
            )
            print(_shown(f"notes, {a_second} a second", *notes.result()))
            print(_shown(f"worklist and charts, {_READERS_A_SECOND} a second", *reads.result()))
        used = (_cpu_seconds(pid) - begun) / seconds
        print(f"processor: {used:.2f} of a core")
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        print(f"database: {size / (seconds * a_second) / 1000:.1f} kB a note")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
