"""The service in a process of its own, as a person starts it, and requests to it."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from tests.support.tree import ROOT

_SECONDS_TO_START = 120


@contextmanager
def served(url: str, key: str, **knobs: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The process and its port, ready; in a group of its own, and ended in any case."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "service", "serve", "--rules-only", "--port", str(port)]
    told = {
        "NOTEPROOF_DATABASE_URL": url,
        "NOTEPROOF_KEY": key,
        "NOTEPROOF_WEBHOOK_SECONDS": "3600",
        **knobs,
    }
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **told},
        stdout=subprocess.PIPE,  # ends when the last of its processes does
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_until_ready(process, port)
        yield process, port
    finally:
        process.kill()
        process.communicate()


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the service did not start")


def post(
    connection: http.client.HTTPConnection, path: str, body: Any, headers: dict[str, str]
) -> tuple[int, Any]:
    """The status of a request and its answer."""
    sent = {"Content-Type": "application/json", **headers}
    connection.request("POST", path, json.dumps(body), sent)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())
