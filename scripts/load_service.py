"""How the service holds under load: ``python -m scripts.load_service [seconds] [notes] [readers]``.

Notes are those of a second: of about 515 words, they come at a steady rate whether or not earlier
ones were answered. The service stands on a database of its own with 10,000 encounters; each reader
is signed in and asks for a page every ten seconds, two worklists and then a chart. A request's time
counts from the moment it should have been sent, so that waiting is not hidden. What other programs
took of the machine meanwhile is said, as the times are worth no more than that.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import local

from pydantic import SecretStr
from sqlalchemy import insert
from sqlalchemy.orm import Session

from service.clock import utc_now
from service.db.storage import open_storage
from service.db.tables import AccountRow, EncounterRow, RoleRow
from service.people import cookies
from service.people.records import Role
from service.people.sessions import Sessions
from service.reviews.view import ReviewStatus
from service.settings import Settings
from training.corpus import read_corpus

_WORDS = (430, 600)
_ENCOUNTERS = 10_000
_SECONDS_A_PAGE = 10
_WARM_UP = 40
_PATH = "/api/v1/encounters"
_TICK = os.sysconf("SC_CLK_TCK")
_connections = local()


# ── what is there before it starts ───────────────────────────────────────────────────────────────


def _settings(folder: str) -> Settings:
    url = os.environ.get("NOTEPROOF_DATABASE_URL", f"sqlite:///{folder}/load.db")
    return Settings(database_url=SecretStr(url), key_file=Path(folder) / "load.key")


def _fill(settings: Settings, readers: int) -> list[str]:
    """A worklist and its readers; the cookie of each of them."""
    storage, now = open_storage(settings), utc_now()
    try:
        with storage.database.writing() as session:
            session.execute(insert(EncounterRow), list(_rows(now)))
            return [_reader(session, settings, number, now) for number in range(readers)]
    finally:
        storage.close()


def _rows(now: datetime) -> Iterator[dict[str, object]]:
    """A day's work and what was done before: four of five are final."""
    drawn = Random(7)  # noqa: S311
    waiting = [each for each in ReviewStatus if each is not ReviewStatus.FINALIZED]
    for number in range(_ENCOUNTERS):
        is_final = drawn.random() < 0.8
        received = now - timedelta(days=drawn.randrange(90) if is_final else drawn.randrange(5))
        yield {
            "id": f"filled-{number}", "received_at": received, "changed_at": received,
            "reading": 1, "version": 0, "lane": "review", "payer": "medicare_part_b",
            "status": ReviewStatus.FINALIZED if is_final else drawn.choice(waiting),
            "discipline": drawn.choice(["OT", "PT", "SLP"]), "note_kind": "daily", "lines": 2,
            "date_of_service": received.date(), "due_on": received.date() + timedelta(days=3),
            "blocks": 0, "warns": 1, "is_stale": False,
            "finalized_at": received if is_final else None,
        }  # fmt: skip


def _reader(session: Session, settings: Settings, number: int, now: datetime) -> str:
    account = f"reader-{number}"
    session.add(
        AccountRow(
            id=account, name=account, password="none", must_change_password=False,  # noqa: S106
            is_active=True, made_at=now,
        )
    )  # fmt: skip
    session.flush()
    session.add(RoleRow(account_id=account, role=Role.CODER))
    return f"{cookies.NAME}={Sessions(session, settings).begin(account, now)}"


# ── the service ──────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _served(settings: Settings) -> Iterator[tuple[int, int]]:
    """Port and process id of the service, ready."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "service", "serve", "--port", str(port)]
    knobs = {
        "NOTEPROOF_DATABASE_URL": settings.database_url.get_secret_value(),
        "NOTEPROOF_KEY_FILE": str(settings.key_file),
    }
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  (our own program)
        command, env={**os.environ, **knobs}, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while _ask(port, "GET", "/readyz") != http.HTTPStatus.OK:
            if process.poll() is not None:
                sys.exit("the service did not start")
            time.sleep(0.05)
        print(f"ready after {time.perf_counter() - begun:.1f} s")
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _ask(
    port: int, method: str, path: str, body: str | None = None, cookie: str | None = None
) -> int:
    """The status of one request; 0 where nobody answers. Each thread keeps its connection."""
    headers = {"Content-Type": "application/json", **({"Cookie": cookie} if cookie else {})}
    for _ in range(2):  # a connection that was idle may have been closed meanwhile
        connection = getattr(_connections, "open", None)
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            _connections.open = connection
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
        except OSError:
            connection.close()
        else:
            return int(answer.status)
    return 0


def _members(session_id: int) -> list[Path]:
    """The folders below /proc of a service and of the processes it started."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if int(_stat(path)[3]) == session_id:
                found.append(path)
        except OSError:
            continue  # it ended meanwhile
    return found


def _stat(path: Path) -> list[str]:
    """The fields after the name: state, parent, group, session and so on."""
    return (path / "stat").read_text("ascii", "replace").rpartition(")")[2].split()


def _cpu_seconds(pid: int) -> float:
    """Processor time of the service; waiting for other programs is not in it."""
    return sum(int(tick) for path in _members(pid) for tick in _stat(path)[11:13]) / _TICK


def _machine_seconds() -> float:
    """Processor time of everything on this machine."""
    spent = Path("/proc/stat").read_text("ascii").splitlines()[0].split()[1:]
    idle = int(spent[3]) + int(spent[4])
    return (sum(map(int, spent[:8])) - idle) / _TICK


def _megabytes(pid: int) -> list[int]:
    """Memory of each process, with its share of what several use."""
    found = []
    for path in _members(pid):
        lines = (path / "smaps_rollup").read_text("ascii").splitlines()
        found.append(sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) // 1024)
    return sorted(found, reverse=True)


# ── the load ─────────────────────────────────────────────────────────────────────────────────────


def _steadily(
    work: Callable[[int], int], *, seconds: int, a_second: float, threads: int
) -> tuple[list[float], int]:
    """Milliseconds from when each request was due to its answer, and how many were refused."""
    begun = time.perf_counter() + 0.2

    def one(number: int) -> tuple[float, int]:
        due = begun + number / a_second
        time.sleep(max(0.0, due - time.perf_counter()))
        status = work(number)
        return (time.perf_counter() - due) * 1000, status

    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(one, range(int(seconds * a_second))))
    return [spent for spent, status in found if status == 200], sum(s != 200 for _, s in found)


def _shown(name: str, spent: Sequence[float], refused: int) -> str:
    ordered = sorted(spent) or [0.0]
    marks = {p: ordered[min(len(ordered) - 1, len(ordered) * p // 100)] for p in (50, 95, 99)}
    times = ", ".join(f"p{p} {spent:.0f}" for p, spent in marks.items())
    return f"{name}: {len(ordered)} answered, {refused} refused; {times} ms"


def _sender(port: int) -> Callable[[int], int]:
    """Sends long notes, each with a line of its own."""
    long = [n.text for n in read_corpus() if _WORDS[0] <= len(n.text.split()) <= _WORDS[1]]

    def send(number: int) -> int:
        text = f"{long[number % len(long)]}\nEntry {number} of the day.\n"
        return _ask(port, "POST", _PATH, json.dumps({"id": f"load-{number}", "text": text}))

    return send


def _load(
    port: int, send: Callable[[int], int], seconds: int, a_second: float, readers: Sequence[str]
) -> list[str]:
    """Send and read; one line for each kind of request."""

    def read(number: int) -> int:
        turn, who = divmod(number, len(readers))
        path = "/worklist" if (turn + who) % 3 else f"/charts/load-{who % _WARM_UP}"
        return _ask(port, "GET", path, cookie=readers[who])

    with ThreadPoolExecutor(2) as both:
        notes = both.submit(_steadily, send, seconds=seconds, a_second=a_second, threads=64)
        pages = len(readers) / _SECONDS_A_PAGE
        if not readers:
            return [_shown(f"notes, {a_second:g} a second", *notes.result())]
        reads = both.submit(_steadily, read, seconds=seconds, a_second=pages, threads=16)
        return [
            _shown(f"notes, {a_second:g} a second", *notes.result()),
            _shown(f"pages, {pages:g} a second by {len(readers)} readers", *reads.result()),
        ]


def main(seconds: float = 60, a_second: float = 10, readers: float = 200) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(folder)
        signed_in = _fill(settings, int(readers))
        with _served(settings) as (port, pid):
            send = _sender(port)
            with ThreadPoolExecutor(2) as both:
                list(both.map(send, range(_WARM_UP)))
            own = time.process_time()
            begun, all_begun, clock = _cpu_seconds(pid), _machine_seconds(), time.perf_counter()
            print(*_load(port, send, int(seconds), a_second, signed_in), sep="\n")
            spent = time.perf_counter() - clock
            ours = (_cpu_seconds(pid) - begun) / spent
            us = (time.process_time() - own) / spent
            others = (_machine_seconds() - all_begun) / spent - ours - us
            print(f"processor: {ours:.2f} of a core; this program {us:.2f}, others {others:.2f}")
            print(f"memory by process: {_megabytes(pid)} MB")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:4]))
