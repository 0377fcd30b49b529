"""Change each helper the rules share a little, and see whether any rule's examples notice.

``python -m scripts.mutate_helpers [MODULE...]`` prints the survivors and the score; see
``scripts.mutate_rules``, whose changes these are. A helper's code is swapped where it stands, so
every rule that has imported it runs the changed one.
"""

import ast
import copy
import importlib
import inspect
import pkgutil
import signal
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType

import model.rules as package
from model.rules import RULES
from model.rules.registry import POLICY_GAP
from scripts.mutate_rules import FAILURES, changes_of, outcomes

_LONGEST_SECONDS = 20
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
    """Each function of ``module`` with what was changed and its changed code."""
    source = ast.parse(inspect.getsource(module))
    for at, part in enumerate(source.body):
        if not isinstance(part, ast.FunctionDef):
            continue
        original = inspect.unwrap(getattr(module, part.name))
        for said, changed in changes_of(part):
            tree = copy.deepcopy(source)
            changed.decorator_list = []
            tree.body[at] = changed
            names = dict(vars(module))
            exec(compile(ast.fix_missing_locations(tree), "mutant", "exec"), names)  # noqa: S102
            yield original, f"{module.__name__}.{part.name}:{said}", names[part.name].__code__


def told() -> Told:
    """What every rule says of its examples now."""
    return {name: outcomes(rule, rule.check) for name, rule in RULES.items() if name != POLICY_GAP}


def is_noticed(expected: Told) -> bool:
    """Whether any rule says something else than ``expected``, fails, or does not end."""
    signal.alarm(_LONGEST_SECONDS)
    try:
        return _differs(expected)
    except TimeoutError:
        return True
    finally:
        signal.alarm(0)


def _differs(expected: Told) -> bool:
    for name, before in expected.items():
        try:
            if outcomes(RULES[name], RULES[name].check) != before:
                return True
        except FAILURES:
            return True
    return False


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
    signal.signal(signal.SIGALRM, _give_up)
    expected = told()
    killed = total = 0
    for module in helpers():
        if names and module.__name__ not in names:
            continue
        for original, said, code in mutants(module):
            kept, original.__code__ = original.__code__, code
            total += 1
            forget()
            try:
                noticed = is_noticed(expected)
            finally:
                original.__code__ = kept
                forget()
            killed += noticed
            if not noticed:
                print(said, flush=True)
    print(f"{killed} of {total} noticed ({killed / max(total, 1):.1%})")


if __name__ == "__main__":
    main(sys.argv[1:])
