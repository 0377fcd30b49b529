"""Change each rule a little, in memory, and see whether its examples notice.

``python -m scripts.mutate_rules [RULE...]`` prints the survivors and the score; a few minutes. The
usual tool leaves decorated functions alone, and every rule is one. Changed are comparisons, ``and``
and ``or``, ``not``, conditions, numbers, flags of truth, early returns and operands; words of
messages, queries and docstrings are not. A change is noticed when any example of the rule gives
other messages, other lines or other missing elements than before, or an error; or when the rule
has something to say of a visit of which nothing is known (tests/model/rules/test_unknown_context).
"""

import ast
import copy
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any

from model.errors import NoteproofError
from model.policy import Policy
from model.records import Case
from model.rules import RULES, Rule
from model.rules.examples import examples_of
from model.rules.registry import POLICY_GAP, Check

OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
SILENT = {"query", "message"}
"""Arguments that are words for a person."""
FAILURES = (
    *(NoteproofError, ArithmeticError, AttributeError, LookupError, NameError, TypeError),
    *(StopIteration, ValueError),
)
"""By which a change may show instead of by other words."""
Change = Callable[[ast.AST], None]


@dataclass(frozen=True)
class Mutant:
    """One changed function of a rule's module."""

    line: int
    said: str
    code: CodeType


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Every small change of the rule's own module."""
    module = sys.modules[rule.check.__module__]
    tree = ast.parse(inspect.getsource(module))
    places = [node for part in tree.body if _is_code(part) for node in _judging(part)]
    for place, node in enumerate(places):
        for change, said in _changes(node):
            changed = copy.deepcopy(tree)
            same = [n for part in changed.body if _is_code(part) for n in _judging(part)][place]
            change(same)
            ast.fix_missing_locations(changed)
            yield Mutant(
                getattr(node, "lineno", 0), said, compile(changed, module.__file__ or "", "exec")
            )


def changes_of(part: ast.FunctionDef) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every small change of one function: what it is, and the function so changed."""
    for place, node in enumerate(_judging(part)):
        for change, said in _changes(node):
            changed = copy.deepcopy(part)
            change(list(_judging(changed))[place])
            yield f"{getattr(node, 'lineno', 0)}: {said}", changed


def survives(rule: Rule, mutant: Mutant, expected: list[object]) -> bool:
    """Whether the examples of ``rule`` are the same with the mutant in its place."""
    module = sys.modules[rule.check.__module__]
    names = dict(vars(module))
    original = dict(names)
    RULES.pop(rule.id)
    others = dict(RULES)
    try:
        exec(mutant.code, names)  # noqa: S102  (our own source, a little changed)
        changed = names[rule.check.__name__]
        return outcomes(rule, changed) == expected
    except FAILURES:
        return False
    finally:
        RULES.clear()
        RULES.update({**others, rule.id: rule})
        vars(module).update(original)


def outcomes(rule: Rule, judge: Check) -> list[object]:
    """What ``judge`` says of each example of ``rule``, and of a visit of which nothing is known."""
    examples = examples_of(rule)
    unknown = [(Case(date_of_service=e.policy.on, payer=e.case.payer), e.policy) for e in examples]
    return [_said(*each, judge) for each in ([(e.case, e.policy) for e in examples] + unknown)]


def main(rule_ids: list[str]) -> None:
    """Print every survivor, and the score."""
    killed = total = 0
    for rule_id in rule_ids or sorted(set(RULES) - {POLICY_GAP}):
        rule = RULES[rule_id]
        expected = outcomes(rule, rule.check)
        for mutant in mutants(rule):
            total += 1
            if survives(rule, mutant, expected):
                print(f"{rule_id}:{mutant.line}: {mutant.said}")
            else:
                killed += 1
    print(f"{killed} of {total} noticed ({killed / total:.1%})")


def _said(case: Case, policy: Policy, judge: Check) -> list[tuple[object, ...]]:
    return [
        (f.message, f.line, f.diagnosis, f.evidence, f.missing, f.instead)
        for f in judge(case, policy)
    ]


def _is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef)


def _judging(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function's body that judge; decorators, notes and words left out."""
    for name, value in ast.iter_fields(node):
        if name in {"decorator_list", "returns", "annotation", "args"} and not isinstance(
            node, ast.Call
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_words(child):
                yield child
                yield from _judging(child)


def _is_words(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg in SILENT
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_text or isinstance(node, ast.JoinedStr)


def _changes(node: ast.AST) -> Iterator[tuple[Change, str]]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in OTHER:
            yield _compared, f"{type(op).__name__} becomes {OTHER[type(op)].__name__}"
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in OTHER:
            yield _joined, f"{type(op).__name__} becomes {OTHER[type(op)].__name__}"
        case ast.UnaryOp(op=ast.Not()):
            yield _affirmed, "not is dropped"
        case ast.If() | ast.IfExp():
            yield _decided(True), "the condition always holds"
            yield _decided(False), "the condition never holds"
        case ast.Constant(value=bool(flag)):
            yield _flipped, f"{flag} becomes {not flag}"
        case ast.Constant(value=int(number)):
            yield _counted, f"{number} becomes {number + 1}"
        case ast.comprehension(ifs=[_, *_]):
            yield _unfiltered, "the filter is dropped"


def _compared(node: Any) -> None:
    node.ops = [OTHER[type(node.ops[0])]()]


def _joined(node: Any) -> None:
    node.op = OTHER[type(node.op)]()


def _affirmed(node: Any) -> None:
    node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)


def _decided(value: bool) -> Change:
    def change(node: Any) -> None:
        node.test = ast.Constant(value)

    return change


def _flipped(node: Any) -> None:
    node.value = not node.value


def _counted(node: Any) -> None:
    node.value += 1


def _unfiltered(node: Any) -> None:
    node.ifs = []


if __name__ == "__main__":
    main(sys.argv[1:])
