"""Batch audits through the real command: whole sets, in both formats, killed and gone on with."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import CliRunner, Result

from service.__main__ import app
from service.auditing.parts import opened
from service.auditing.source import ENCOUNTERS_A_PART, Source
from service.auditing.terms import terms_of
from tests.support.command import noteproof
from tests.support.phi import MARKED_NOTE, leaks
from tests.support.tree import ROOT

NOTE = "OT daily. Therapeutic activities 23 min. Timed 23 / total 25. 97530 x2 GO. dx I69.354"
EPISODE = {"treatment_day": 7, "allowed_amount_ytd_usd": "812.40", "prior_notes": ["Earlier."]}
SET: list[dict[str, Any]] = [
    {"id": "a", "text": NOTE, "date_of_service": "2026-03-02", "episode": EPISODE},
    {"id": "b", "text": f"{NOTE}\r\nJ. Doe, OTR/L", "clinician": {"credential": "OTR/L"}},
    {"id": "c", "text": MARKED_NOTE, "discipline": "OT"},
]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def jsonl(path: Path, bodies: Iterable[object]) -> Path:
    path.write_text("".join(f"{json.dumps(body)}\n" for body in bodies), "utf-8")
    return path


def audited(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["audit", "--rules-only", *map(str, arguments)])


def rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_drafts_are_the_very_lines_that_code_prints(tmp_path: Path, out: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl", SET)

    run = noteproof("audit", "--rules-only", source, out)

    assert (run.returncode, run.stdout) == (0, b"")
    assert run.stderr.decode() == f"{out}: 3 written, 0 refused\n"
    assert out.read_bytes() == noteproof("code", "--rules-only", "--json", source).stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]
    assert out.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("nested", ["structs", "JSON strings"])
def test_parquet_says_the_same_as_json_lines(tmp_path: Path, out: Path, nested: str) -> None:
    def cell(name: str, value: Any) -> Any:
        if name == "date_of_service" and value:
            return date.fromisoformat(value)
        is_written = nested == "JSON strings" and isinstance(value, dict)
        return json.dumps(value) if is_written else value

    names = ("id", "text", "discipline", "date_of_service", "clinician", "episode")
    columns = {name: [cell(name, body.get(name)) for body in SET] for name in names}
    parquet.write_table(pa.table(columns), tmp_path / "in.parquet")
    expected = tmp_path / "expected.jsonl"

    ran = audited(tmp_path / "in.parquet", out)
    audited(jsonl(tmp_path / "in.jsonl", SET), expected)

    assert (ran.exit_code, len(rows(out))) == (0, 3)
    assert out.read_bytes() == expected.read_bytes()


def test_parquet_out_holds_what_json_lines_hold(tmp_path: Path, out: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl", SET)

    ran = audited(source, tmp_path / "out.parquet")
    audited(source, out)

    assert ran.exit_code == 0
    assert parquet.read_table(tmp_path / "out.parquet").to_pylist() == rows(out)


def test_a_set_of_nothing_gives_an_output_of_nothing(tmp_path: Path, out: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl", [])

    codes = [audited(source, path).exit_code for path in (out, tmp_path / "out.parquet")]

    assert (codes, out.read_bytes()) == ([0, 0], b"")
    assert parquet.read_table(tmp_path / "out.parquet").num_rows == 0


def test_what_is_bad_is_named_by_its_line_and_the_rest_is_done(tmp_path: Path, out: Path) -> None:
    bad = {"id": "b", "text": MARKED_NOTE, "payer": "nobody"}
    source = jsonl(tmp_path / "in.jsonl", [SET[0], bad, SET[0], [MARKED_NOTE], SET[2]])

    ran = audited(source, out)

    named = ran.stderr.splitlines()
    assert (ran.exit_code, [draft["id"] for draft in rows(out)]) == (1, ["a", "c"])
    assert named[0].startswith(f"{source}:2: b: payer: is no payer we hold")
    assert named[1] == f"{source}:3: a: id: was given before, at {source}:1"
    assert named[2] == f"{source}:4: the body: must be an object"
    assert named[3:] == [f"{out}: 2 written, 3 refused"]
    assert leaks(ran.stderr) == []


def test_a_bad_row_of_parquet_is_named_and_the_rest_is_done(tmp_path: Path, out: Path) -> None:
    source = tmp_path / "in.parquet"
    text = pa.array([NOTE, None, MARKED_NOTE.encode() + b"\xff", NOTE], pa.binary()).view("string")
    episode = [None, None, None, '{"treatment_day": ']
    parquet.write_table(pa.table({"id": list("abcd"), "text": text, "episode": episode}), source)

    ran = audited(source, out)

    assert (ran.exit_code, [draft["id"] for draft in rows(out)]) == (1, ["a"])
    assert ran.stderr.splitlines() == [
        f"{source}:2: b: text: is missing",
        f"{source}:3: text: is not UTF-8 text",
        f"{source}:4: episode: is broken JSON at column 19",
        f"{out}: 1 written, 3 refused",
    ]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"id": ["a"]}, "has no column text"),
        ({"id": ["a"], "text": [NOTE], "payers": ["x"]}, "column payers: is no field of ours"),
        (None, "is no Parquet file, or damaged"),
    ],
)
def test_a_parquet_file_that_is_wrong_as_a_whole_ends_it(
    tmp_path: Path, out: Path, columns: dict[str, list[str]] | None, reason: str
) -> None:
    source = tmp_path / "in.parquet"
    source.write_bytes(b"PAR1 is not enough")
    if columns:
        parquet.write_table(pa.table(columns), source)

    ran = audited(source, out)

    assert ran.exit_code == 2
    assert ran.stderr.startswith(f"audit.source_invalid: {source}: {reason}")
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_nothing_runs_without_an_input_or_a_place_for_the_output(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl", SET)
    before = source.read_bytes()

    runs = [
        audited(tmp_path / "none.jsonl", tmp_path / "out.jsonl"),
        audited(tmp_path, tmp_path / "out.jsonl"),
        audited(source, tmp_path / "none" / "out.jsonl"),
        audited(source, tmp_path),
        audited(source, source),
        audited("-", tmp_path / "out.jsonl"),
        audited(source, tmp_path / "out.jsonl", "--artifacts", tmp_path, "--workers", "0"),
    ]

    assert [run.exit_code for run in runs] == [2] * len(runs)
    assert ([path.name for path in tmp_path.iterdir()], source.read_bytes()) == (
        ["in.jsonl"],
        before,
    )


def test_weights_that_are_missing_end_it_and_leave_nothing(tmp_path: Path, out: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl", SET)

    ran = CliRunner().invoke(app, ["audit", str(source), str(out), "--artifacts", str(tmp_path)])

    assert (ran.exit_code, "artifact.missing" in ran.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_without_the_library_the_extra_is_named(tmp_path: Path, out: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl", SET)
    code = "import sys; sys.modules['pyarrow'] = None; from service.__main__ import main; main()"

    runs = [
        subprocess.run(
            [sys.executable, "-c", code, "audit", "--rules-only", *map(str, files)],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        for files in ((source, tmp_path / "out.parquet"), (source, out))
    ]

    assert [run.returncode for run in runs] == [2, 0]
    assert "pip install 'noteproof[parquet]'" in runs[0].stderr
    assert len(rows(out)) == 3


def _leftover(source: Path, out: Path, **others: Any) -> Path:
    """One part of an audit, as a kill leaves it; its line is none that an audit would write."""
    terms = terms_of(others.get("sha256", "0"), rules_only=True, artifacts=None)
    with opened(out, terms, restart=False) as parts:
        parts.keep(0, ['{"id": "kept"}\n'], [])
    manifest = parts.folder / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text("utf-8")), **others}), "utf-8")
    return parts.folder


@pytest.fixture
def checksum(tmp_path: Path) -> str:
    return Source(jsonl(tmp_path / "in.jsonl", SET)).sha256


@pytest.mark.parametrize("other", ["input", "rules", "policies", "model"])
def test_parts_of_another_input_or_version_are_refused_until_thrown_away(
    tmp_path: Path, out: Path, checksum: str, other: str
) -> None:
    folder = _leftover(tmp_path / "in.jsonl", out, sha256=checksum, **{other: "another"})

    refused = audited(tmp_path / "in.jsonl", out)

    assert (refused.exit_code, out.exists()) == (2, False)
    assert refused.stderr.startswith(f"audit.leftover: {folder} was begun with another {other};")
    assert audited(tmp_path / "in.jsonl", out, "--restart").exit_code == 0
    assert ([draft["id"] for draft in rows(out)], folder.exists()) == (["a", "b", "c"], False)


def test_a_part_that_is_there_is_not_done_again(tmp_path: Path, out: Path, checksum: str) -> None:
    folder = _leftover(tmp_path / "in.jsonl", out, sha256=checksum, input=checksum)
    (folder / ".part-0000001.jsonl.x").write_text("half", "utf-8")

    ran = audited(tmp_path / "in.jsonl", out)

    assert (ran.exit_code, rows(out)) == (0, [{"id": "kept"}])
    assert ran.stderr.endswith("1 written, 0 refused; parts done before: 1\n")
    assert not folder.exists()


def test_a_folder_that_is_somebody_elses_is_left_alone(tmp_path: Path, out: Path) -> None:
    folder = tmp_path / "out.jsonl.parts"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", "utf-8")
    source = jsonl(tmp_path / "in.jsonl", SET)

    ran = audited(source, out, "--restart")

    assert (ran.exit_code, "holds what no audit left there" in ran.stderr) == (2, True)
    assert (folder / "mine.txt").read_text("utf-8") == "mine"


def test_two_audits_into_one_output_do_not_meet(tmp_path: Path, out: Path, checksum: str) -> None:
    terms = terms_of(checksum, rules_only=True, artifacts=None)

    with opened(out, terms, restart=False):
        ran = audited(tmp_path / "in.jsonl", out)

    assert (ran.exit_code, ran.stderr.startswith("audit.busy: ")) == (2, True)
    assert audited(tmp_path / "in.jsonl", out).exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_and_run_again_it_writes_the_same_bytes(tmp_path: Path, workers: str) -> None:
    """Reads a thousand notes twice: a kill has to find it at work."""
    many = [{"id": f"n-{number}", "text": f"{NOTE} {number}"} for number in range(1000)]
    bad, again = {"id": "bad", "text": NOTE, "payer": "nobody"}, {"id": "n-0", "text": NOTE}
    source = jsonl(tmp_path / "in.jsonl", [*many[:9], bad, *many[9:], again])
    out, straight = tmp_path / "out.jsonl", tmp_path / "straight.jsonl"
    options = ["--rules-only", "--workers", workers]

    _killed_at_work([*options, str(source), str(out)], tmp_path / "out.jsonl.parts")
    was_written = out.exists()
    resumed = noteproof("audit", *options, source, out)
    uninterrupted = audited(source, straight)

    named = resumed.stderr.decode().splitlines()
    assert not was_written
    assert (resumed.returncode, uninterrupted.exit_code) == (1, 1)
    assert named[:-1] == uninterrupted.stderr.splitlines()[:-1]
    assert [line.split(": ")[1] for line in named[:-1]] == ["bad", "n-0"]
    assert "parts done before: " in named[-1]
    assert out.read_bytes() == straight.read_bytes()
    assert len(rows(out)) == 1000 > ENCOUNTERS_A_PART
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "in.jsonl",
        "out.jsonl",
        "straight.jsonl",
    ]


def _killed_at_work(arguments: list[str], folder: Path) -> None:
    """Begin an audit and kill it, with no warning, once its first part is there."""
    command = [sys.executable, "-m", "service", "audit", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not list(folder.glob("part-*")):
            os.sched_yield()
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
