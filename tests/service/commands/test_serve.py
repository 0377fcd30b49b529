import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from httpx2 import get

from tests.support.tree import ROOT


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def _serving(folder: Path, port: int, *options: str) -> Iterator[str]:
    """The service in a process of its own; yields what it said until it listened."""
    variables = {
        "NOTEPROOF_DATABASE_URL": f"sqlite:///{folder / 'notes.db'}",
        "NOTEPROOF_ALLOWED_HOSTS": "127.0.0.1",
    }
    command = [sys.executable, "-m", "service", "serve", "--rules-only", "--port", str(port)]
    process = subprocess.Popen(
        [*command, *options],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **variables},
    )
    assert process.stderr is not None
    try:
        said = ""
        while "running on" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        yield said
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        process.stderr.close()


def test_the_first_start_tells_the_one_time_password_and_no_later_one_does(tmp_path: Path) -> None:
    port = _free_port()

    with _serving(tmp_path, port) as first:
        assert get(f"http://127.0.0.1:{port}/readyz").status_code == 200
        assert get(f"http://127.0.0.1:{port}/api/v1/rules").status_code == 200
    with _serving(tmp_path, port) as second:
        pass

    assert re.search(r"sign in as admin with \S{12,} \(good once\)", first)
    assert "sign in as" not in second


def test_at_every_address_of_the_machine_programs_need_a_key(tmp_path: Path) -> None:
    port = _free_port()

    with _serving(tmp_path, port, "--host", "0.0.0.0") as said:  # noqa: S104
        answer = get(f"http://127.0.0.1:{port}/api/v1/rules")

    assert "programs need an API key" in said
    assert answer.status_code == 401
