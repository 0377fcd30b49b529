import json

import pytest

from tests.support.command import json_lines, noteproof


def test_one_day_in_words() -> None:
    run = noteproof(
        "units", "--line", "97110:33", "--line", "97140:7:assistant", "--discipline", "PT"
    )
    said = " ".join(run.stdout.decode().split())

    assert run.returncode == 0
    assert "40 timed minutes earn 3 units by the Medicare 8-minute rule" in said
    assert "GP CQ assistant" in said
    assert "the last day our code table covers" in said


def test_one_day_in_json() -> None:
    run = noteproof(
        *("units", "--rule", "cms_8_minute", "--line", "97110:33", "--line", "97140:7"),
        *("--on", "2026-03-02", "--discipline", "OT", "--json"),
    )

    (day,) = json_lines(run)
    assert [(x["code"], x["units"], x["modifiers"]) for x in day["lines"]] == [
        ("97110", 2, ["GO"]),
        ("97140", 1, ["GO"]),
    ]
    assert day["certificate"]["units"] == 3


def test_many_days_are_answered_line_by_line_and_bad_ones_named() -> None:
    good = {"id": "a", "rule": "cms_8_minute", "on": "2026-03-02", "discipline": "PT"}
    lines = [
        {**good, "lines": [{"code": "97110", "minutes": 33, "performed_by": "therapist"}]},
        {**good, "id": "b", "lines": [{"code": "97110", "minutes": -3}]},
        {**good, "id": "c", "lines": [{"code": "97110", "minutes": 2000}]},
        {**good, "id": "d", "lines": [{"code": "00000", "minutes": 20}]},
        {**good, "id": "a", "lines": [{"code": "97110", "minutes": 20}]},
        {**good, "id": "e", "rule": "guess", "lines": [{"code": "97110", "minutes": 20}]},
        {**good, "id": "f", "on": "2031-02-03", "lines": [{"code": "97110", "minutes": 20}]},
    ]
    stdin = "\n".join([json.dumps(line) for line in lines] + ["{"]).encode()

    run = noteproof("units", "-", stdin=stdin)

    assert run.returncode == 1
    assert [day["id"] for day in json_lines(run)] == ["a", "f"]
    errors = run.stderr.decode().splitlines()
    assert [e.split(": ")[1] for e in errors] == [
        "b",
        "c",
        "d",
        "a",
        "e",
        "is broken JSON at column 2",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--line", "97110"),
        ("--line", "97110:x"),
        ("--line", "97110:-4"),
        ("--line", "97110:5:aide"),
        ("--line", "97110:5:assistant:x"),
        ("--line", "97110:15", "--on", "2026-02-30"),
        ("--line", "97110:15", "--rule", "none"),
        ("--line", "97110:15", "days.jsonl"),
        ("--wrong",),
    ],
)
def test_wrong_usage_is_exit_2(arguments: tuple[str, ...]) -> None:
    run = noteproof("units", *arguments)

    assert (run.returncode, run.stdout) == (2, b"")
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize("command", ["units", "explain"])
def test_no_model_is_loaded(command: str) -> None:
    """Only ``code`` pays for spaCy and onnxruntime."""
    arguments = {"units": ("--line", "97110:15"), "explain": ("--all",)}[command]

    run = noteproof(command, *arguments, env={"PYTHONPROFILEIMPORTTIME": "1"})

    loaded = {row.rpartition(b"|")[2].strip() for row in run.stderr.splitlines()}
    assert loaded & {b"spacy", b"onnxruntime", b"numpy", b"fastapi", b"torch"} == set()
