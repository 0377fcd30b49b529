"""The text of a note stays in the note and in the answer: no log, error or message carries it."""

import ast
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from model import errors
from model.checking import check_claim
from model.journey import Copilot
from model.parse.pipeline import parse
from model.records import Encounter, Line
from tests.support.phi import MARKED_NOTE, MARKS, leaks
from tests.support.tree import ROOT, modules, name, tree_of

LOG_CALLS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
TEXTUAL = {
    "text",
    "note",
    "body",
    "patient",
    "name",
    "excerpt",
    "quote",
    "mention",
    "phrase",
    "word",
}


def _log_calls(path: Path) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LOG_CALLS
        and "log" in ast.unparse(node.func.value).lower()
    ]


def _is_textual(argument: ast.expr) -> bool:
    """Whether what is logged could be words of a note: such a name, or an assembled string."""
    parts = list(ast.walk(argument))
    joined = isinstance(argument, ast.BinOp) and any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) for part in parts
    )
    return (
        joined
        or isinstance(argument, ast.JoinedStr)
        or ast.unparse(argument).rpartition(".")[2] in TEXTUAL
    )


def test_nothing_that_could_be_text_is_logged() -> None:
    faults = [
        f"{name(path)}:{call.lineno} {ast.unparse(argument)}"
        for path in modules("model", "service", "training")
        for call in _log_calls(path)
        for argument in call.args
        if _is_textual(argument)
    ]

    assert faults == []


@pytest.mark.parametrize(
    "text",
    [MARKED_NOTE + "\x00", MARKED_NOTE + "\ud800", MARKED_NOTE * 2000],
    ids=["binary", "lone surrogate", "too long"],
)
def test_refusing_a_note_does_not_quote_it(text: str) -> None:
    with pytest.raises(errors.NoteError) as refused:
        parse(text, note_id="n-1")

    assert leaks(f"{refused.value!r} {refused.value} {vars(refused.value)}") == []


def test_reading_a_note_prints_and_logs_nothing_of_it(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    Copilot(None).draft(Encounter(id="n-1", text=MARKED_NOTE))
    check_claim(Encounter(id="n-2", text=MARKED_NOTE), (Line(code="97530", units=2),), ("I69.354",))

    assert leaks(caplog.text + "".join(capfd.readouterr())) == []


def test_no_rule_quotes_the_note_in_its_message_or_query() -> None:
    draft = Copilot(None).draft(Encounter(id="n-1", text=MARKED_NOTE))

    said = [(finding.rule_id, finding.flag.message) for finding in draft.findings]

    assert [rule for rule, message in said if leaks(message)] == []


def test_the_command_names_what_it_refuses_without_quoting_it() -> None:
    """Wrong fields, wrong values and broken JSON, each around the marked note."""
    broken = [
        json.dumps({"id": "n-1", "text": MARKED_NOTE, "payer": "nobody_pays"}),
        json.dumps({"id": "n-2", "text": MARKED_NOTE, "discipline": MARKED_NOTE}),
        json.dumps({"id": "n-3", "text": MARKED_NOTE, "date_of_service": MARKS[3]}),
        json.dumps({"id": "n-4", "text": [MARKED_NOTE]}),
        json.dumps({"id": "n-5", "text": MARKED_NOTE})[:-9],
    ]

    run = subprocess.run(
        [sys.executable, "-m", "service", "code", "--json", "-"],
        input="\n".join(broken),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )

    assert run.returncode in {1, 2}
    assert [i for i in ("n-1", "n-2", "n-3", "n-4") if i not in run.stderr] == []
    assert leaks(run.stderr + run.stdout) == []
