"""The real command line in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.tree import ROOT


def noteproof(
    *arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run ``noteproof`` with ``arguments``; 80 columns, no terminal."""
    return subprocess.run(
        [sys.executable, "-m", "service", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80", **(env or {})},
    )


def json_lines(run: subprocess.CompletedProcess[bytes]) -> list[Any]:
    """What a run printed, one value a line."""
    return [json.loads(line) for line in run.stdout.split(b"\n") if line]
