import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOT

CLAIM = '{"id": "a", "date_of_service": "2026-03-02", "lines": [{"code": "97530", "units": 2}]}'


@pytest.mark.parametrize("command", [["check", "-", "--json"], ["units", "--line", "97110:33"]])
def test_a_command_that_only_answers_opens_no_database(command: list[str], tmp_path: Path) -> None:
    """Batches run where no service does; what they read is kept nowhere."""
    path = tmp_path / "notes.db"

    run = subprocess.run(
        [sys.executable, "-m", "service", *command],
        input=CLAIM,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "NOTEPROOF_DATABASE_URL": f"sqlite:///{path}"},
    )

    assert (run.returncode, run.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "module", ["service.commands.audit", "service.commands.drafts", "service.commands.units"]
)
def test_batches_load_neither_web_nor_database(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{'sqlalchemy', 'fastapi'}} & set(sys.modules)))"

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert run.stdout.split() == []
