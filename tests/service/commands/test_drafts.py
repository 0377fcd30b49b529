"""Bad input of every kind, through the real command: named, never quoted, and the rest done."""

import json
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.support.command import json_lines, noteproof
from tests.support.phi import MARKED_NOTE, leaks

GOOD = {"id": "good", "text": "OT daily. 97530 x2 GO. Therapeutic activities 23 min.\r\n"}


BAD: dict[str, tuple[dict[str, Any] | bytes, str]] = {
    "broken JSON": (json.dumps({"text": MARKED_NOTE}).encode()[:-5], "is broken JSON"),
    "missing text": ({"text": None}, "text: must be text"),
    "missing id": ({"id": None}, "id: must be text"),
    "empty text": ({"text": " \n"}, "text: is empty"),
    "text that is a number": ({"text": 7}, "text: must be text"),
    "binary": (b'{"id": "b", "text": "\xff\xfe"}', "is not UTF-8 text"),
    "NUL": ({"text": MARKED_NOTE + "\x00"}, "text: holds characters that are not text"),
    "5 MB": ({"text": MARKED_NOTE * 20_000}, "text: has "),
    "impossible date": ({"date_of_service": "2026-02-30"}, "date_of_service: is no day"),
    "unknown payer": ({"payer": "nobody"}, "payer: is no payer we hold"),
    "unknown discipline": ({"discipline": "CHIRO"}, "discipline: must be one of"),
    "unknown setting": ({"setting": "moon"}, "setting: must be one of"),
    "unknown note kind": ({"note_kind": "poem"}, "note_kind: must be one of"),
    "duplicate id": (json.dumps(GOOD).encode(), "good: id: was given before"),
    "lone surrogate": ({"text": "a\ud800"}, "text: holds characters that are not text"),
    "unknown field": ({"dos": "2026-03-02"}, "is no field of ours"),
    "a list": (b"[]", "must be an object"),
    "nested": (b"[" * 100_000, "is JSON nested too deeply"),
}

BAD_LINES = {
    "negative minutes": ({"code": "97110", "minutes": -5}, "minutes: must be 0 or more"),
    "2,000 minutes": ({"code": "97110", "minutes": 2000}, "minutes: must be 1440 or less"),
    "unknown code": ({"code": "00000"}, "00000 is in no code table"),
    "unknown diagnosis": ({"code": "97110", "diagnoses": ["ZZZ"]}, "ZZZ is in no code table"),
}


def errors_by_line(run: CompletedProcess[bytes]) -> dict[int, str]:
    """What stderr says of each line of the one file that was read."""
    named = (row.partition(".jsonl:")[2].partition(": ") for row in run.stderr.decode().split("\n"))
    return {int(number): reason for number, _, reason in named if number}


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> CompletedProcess[bytes]:
    """One run over a good encounter, every bad one, and another good one."""
    rows = [json.dumps(GOOD).encode()]
    for number, (bad, _) in enumerate(BAD.values()):
        given = {"id": f"bad-{number}", "text": MARKED_NOTE}
        rows.append(bad if isinstance(bad, bytes) else json.dumps({**given, **bad}).encode())
    rows.append(json.dumps({**GOOD, "id": "last"}).encode())
    path = tmp_path_factory.mktemp("code") / "in.jsonl"
    path.write_bytes(b"\n".join(rows))
    return noteproof("code", "--rules-only", "--json", path)


@pytest.mark.parametrize(("line", "kind"), list(enumerate(BAD, start=2)))
def test_a_bad_encounter_is_named_by_its_line_and_reason(
    coded: CompletedProcess[bytes], line: int, kind: str
) -> None:
    assert BAD[kind][1] in errors_by_line(coded)[line]


def test_the_rest_is_done_and_nothing_is_quoted(coded: CompletedProcess[bytes]) -> None:
    assert (coded.returncode, len(errors_by_line(coded))) == (1, len(BAD))
    assert [draft["id"] for draft in json_lines(coded)] == ["good", "last"]
    assert leaks(coded.stderr.decode()) == []


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> CompletedProcess[bytes]:
    """One run over every bad claim and a good one."""
    bad = [{"id": kind, "lines": [line]} for kind, (line, _) in BAD_LINES.items()]
    good = {"id": "good", "date_of_service": "2026-03-02", "lines": [{"code": "97110", "units": 1}]}
    path = tmp_path_factory.mktemp("check") / "in.jsonl"
    path.write_text("\n".join(map(json.dumps, [*bad, good])), "utf-8")
    return noteproof("check", "--json", path)


@pytest.mark.parametrize(("line", "kind"), list(enumerate(BAD_LINES, start=1)))
def test_a_bad_claim_is_named_by_its_line_and_reason(
    checked: CompletedProcess[bytes], line: int, kind: str
) -> None:
    said = errors_by_line(checked)[line]

    assert said.startswith(kind)
    assert BAD_LINES[kind][1] in said


def test_the_other_claims_are_judged(checked: CompletedProcess[bytes]) -> None:
    assert checked.returncode == 1
    assert [draft["id"] for draft in json_lines(checked)] == ["good"]


def test_a_date_far_past_the_tables_is_answered_and_says_what_it_relied_on() -> None:
    given = {**GOOD, "date_of_service": "2031-03-02", "payer": "medicare_part_b"}

    run = noteproof("code", "--rules-only", "--json", "-", stdin=json.dumps(given).encode())

    (draft,) = json_lines(run)
    assert run.returncode == 0
    assert "procedures" in [table["table"] for table in draft["versions"]["stale"]]


def test_out_appears_whole_and_holds_what_could_be_done(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"

    run = noteproof(
        "code", "--rules-only", "--out", out, "-", stdin=json.dumps(GOOD).encode() + b"\n{"
    )

    assert (run.returncode, run.stdout) == (1, b"")
    assert [json.loads(row)["id"] for row in out.read_text("utf-8").splitlines()] == ["good"]
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_nothing_is_written_where_nothing_could_run(tmp_path: Path) -> None:
    run = noteproof("code", "--rules-only", "--out", tmp_path / "out", tmp_path / "missing.txt")

    assert (run.returncode, list(tmp_path.iterdir())) == (2, [])
    assert b"missing.txt: is not there" in run.stderr


def test_a_missing_model_stops_the_run_before_anything_is_written(tmp_path: Path) -> None:
    out = tmp_path / "out"

    run = noteproof("code", "--artifacts", tmp_path, "--out", out, "-", stdin=b"Gait 15 min")

    assert (run.returncode, out.exists()) == (2, False)
    assert b"artifact" in run.stderr


@pytest.mark.parametrize("sources", [("-", "-"), ()], ids=["stdin twice", "no file"])
def test_wrong_usage_is_exit_2(sources: tuple[str, ...]) -> None:
    assert noteproof("code", *sources).returncode == 2


def test_no_input_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(GOOD), "utf-8")

    run = noteproof("code", "--rules-only", path, "--out", path)

    assert (run.returncode, path.read_text("utf-8")) == (2, json.dumps(GOOD))


def test_a_person_reads_the_note_and_the_findings() -> None:
    run = noteproof("code", "--rules-only", "-", stdin=MARKED_NOTE.encode())

    assert run.returncode == 0
    assert b"\x1b" not in run.stdout
    assert "deleted-code" in run.stdout.decode()
