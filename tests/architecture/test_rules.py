"""Rules are logic; dates, payers, amounts and clocks come from the policy they are handed."""

import ast
import inspect
import re
from pathlib import Path

from model.policy import payer_ids
from model.rules import RULES
from tests.support.tree import ROOT, constants, modules, name, tree_of

MOST = 3
"""Counting and indexing need small numbers; anything larger is policy."""
ENGINE = {"registry.py", "examples.py"}
"""What runs rules and reads their examples: no rule stands there."""
DATE = re.compile(r"\d{4}-\d\d-\d\d|\b20[0-4]\d\b")
CLOCKS = {"today", "now", "utcnow", "time", "monotonic", "perf_counter"}
LOGIC = [path for path in modules("model/rules") if path.name not in ENGINE]


def test_rules_hold_no_date() -> None:
    calls = [
        f"{name(path)}:{node.lineno}"
        for path in LOGIC
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"date", "datetime", "date.fromisoformat", "datetime.date"}
    ]
    words = [
        f"{name(path)}:{node.lineno} {node.value}"
        for path in LOGIC
        for node in constants(path)
        if isinstance(node.value, str) and DATE.search(node.value) and not _is_cited(path, node)
    ]

    assert calls + words == []


def test_rules_name_no_payer() -> None:
    payers = set(payer_ids())
    faults = [
        f"{name(path)}:{node.lineno} {node.value}"
        for path in LOGIC
        for node in constants(path)
        if isinstance(node.value, str) and any(payer in node.value for payer in payers)
    ]

    assert faults == []


def test_rules_hold_no_amount() -> None:
    faults = [
        f"{name(path)}:{node.lineno} {node.value}"
        for path in LOGIC
        for node in constants(path)
        if isinstance(node.value, int | float) and not -MOST <= node.value <= MOST
        if node not in _shapes(path)
    ]

    assert faults == []


def test_rules_read_no_clock() -> None:
    faults = [
        f"{name(path)}:{node.lineno} {ast.unparse(node)}"
        for path in LOGIC
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
    ]

    assert faults == []


def test_rule_ids_are_slugs_and_their_files_stand_below_rules() -> None:
    assert [i for i in RULES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i)] == []
    below = ROOT / "model" / "rules"
    assert [
        r.id for r in RULES.values() if below not in Path(inspect.getfile(r.check)).parents
    ] == []


def test_rule_ids_are_those_we_have_promised() -> None:
    """Clients, payers' files and reports refer to them. `make rule-ids` accepts a change."""
    promised = (ROOT / "tests/architecture/rule_ids.txt").read_text("utf-8").split()

    assert sorted(RULES) == promised


def _shapes(path: Path) -> set[ast.AST]:
    """Numbers no authority decides: a code's spelling, a cache's size, how much is ``SHOWN``."""
    found = (_shape(node) for node in ast.walk(tree_of(path)))
    return {part for shape in found if shape for part in ast.walk(shape)}


def _shape(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.Compare(left=ast.Call(func=ast.Name(id="len"))):
            return node
        case ast.Subscript(slice=index):
            return index
        case ast.Call(func=ast.Name(id="lru_cache")) | ast.Assign(targets=[ast.Name(id="SHOWN")]):
            return node
        case _:
            return None


def _is_cited(path: Path, constant: ast.Constant) -> bool:
    """Whether a string is part of a ``Citation(...)``: a locator may name a year."""
    return any(
        constant in ast.walk(call)
        for call in ast.walk(tree_of(path))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Citation"
    )
