"""Change each helper the rules share a little, and see whether examples or its own tests notice.

``python -m scripts.mutate_helpers [MODULE...]`` prints the survivors and the score; see
``scripts.mutate_rules``, whose changes these are. A helper's code is swapped where it stands, so
every rule, and every test, that has imported it runs the changed one. Asked first are the examples
of every rule, then the tests that mirror the module (``lines.py``: ``test_lines.py``), if any.
"""

import ast
import importlib
import inspect
import io
import os
import pkgutil
import signal
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

import model.rules as package
from model.rules import RULES
from model.rules.registry import POLICY_GAP
from scripts.mutate_rules import FAILURES, changes_of, outcomes

_LONGEST_SECONDS = 20
"""Of this process's own time: a busy machine must not pass for a test that noticed."""
_TESTS = Path(__file__).parents[1] / "tests"
Told = dict[str, list[object]]
_NO_HELPERS = ("model.rules.examples", "model.rules.registry")
"""What loads rules and examples is noticed by every test, and is no judgement."""


def helpers() -> Iterator[ModuleType]:
    """Modules of model/rules that define no rule."""
    own = {rule.check.__module__ for rule in RULES.values()}
    for found in pkgutil.walk_packages(package.__path__, "model.rules."):
        if found.name not in own and not found.ispkg and found.name not in _NO_HELPERS:
            yield importlib.import_module(found.name)


def mutants(module: ModuleType) -> Iterator[tuple[FunctionType, str, CodeType]]:
    """Each function and method of ``module`` with what was changed and its changed code."""
    for part in ast.parse(inspect.getsource(module)).body:
        if isinstance(part, ast.FunctionDef):
            yield from _of(part, module.__name__, getattr(module, part.name), module)
        elif isinstance(part, ast.ClassDef):
            held = vars(getattr(module, part.name))
            for method in part.body:
                if isinstance(method, ast.FunctionDef):
                    yield from _of(
                        method, f"{module.__name__}.{part.name}", held[method.name], module
                    )


def _of(
    part: ast.FunctionDef, within: str, held: object, module: ModuleType
) -> Iterator[tuple[FunctionType, str, CodeType]]:
    """Each change of one function, which the module or a class of it holds as ``held``."""
    function: Any = held.fget if isinstance(held, property) else held
    for said, changed in changes_of(part):
        changed.decorator_list = []
        names = dict(vars(module))
        tree = ast.fix_missing_locations(ast.Module([changed], []))
        exec(compile(tree, "mutant", "exec"), names)  # noqa: S102  (our own source)
        code = names[part.name].__code__
        yield inspect.unwrap(function), f"{within}.{part.name}:{said}", code


def told() -> Told:
    """What every rule says of its examples now."""
    return {name: outcomes(rule, rule.check) for name, rule in RULES.items() if name != POLICY_GAP}


def mirror_of(module: ModuleType) -> Path | None:
    """The tests that mirror ``module``, if there are any."""
    *folders, name = module.__name__.split(".")
    path = _TESTS.joinpath(*folders, f"test_{name}.py")
    return path if path.exists() else None


def is_noticed(expected: Told, own: Path | None) -> bool:
    """Whether a rule says something else than ``expected`` or fails, or a test of ``own`` does.

    What does not end is noticed, too.
    """
    signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST_SECONDS)
    try:
        return _differs(expected) or (own is not None and not passes(own))
    except TimeoutError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _differs(expected: Told) -> bool:
    for name, before in expected.items():
        try:
            if outcomes(RULES[name], RULES[name].check) != before:
                return True
        except FAILURES:
            return True
    return False


def passes(own: Path) -> bool:
    """Whether every test of the file passes, run in this very process."""
    wanted = ["-q", "-x", "-p", "no:cacheprovider", str(own)]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return pytest.main(wanted) == pytest.ExitCode.OK


def forget() -> None:
    """Empty what helpers remember between calls."""
    for module in helpers():
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def _give_up(number: int, frame: object) -> None:
    raise TimeoutError


def main(names: list[str]) -> None:
    """Print every survivor, and the score."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # hundreds of runs, each with plain tests
    signal.signal(signal.SIGVTALRM, _give_up)
    expected = told()
    killed = total = 0
    for module in helpers():
        if names and module.__name__ not in names:
            continue
        own = mirror_of(module)
        if own is not None and not passes(own):
            raise SystemExit(f"{own.name} fails before anything is changed")
        for original, said, code in mutants(module):
            kept, original.__code__ = original.__code__, code
            total += 1
            forget()
            try:
                noticed = is_noticed(expected, own)
            finally:
                original.__code__ = kept
                forget()
            killed += noticed
            if not noticed:
                print(said, flush=True)
    print(f"{killed} of {total} noticed ({killed / max(total, 1):.1%})")


if __name__ == "__main__":
    main(sys.argv[1:])
