"""The repository as files: what the architecture tests walk."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_UNTRACKED_BY_NATURE = {".git", "shared"}


def ours() -> list[Path]:
    """Every file of the repository that .gitignore does not leave out, sorted."""
    return sorted(_files(ROOT))


def modules(*folders: str) -> list[Path]:
    """Every Python file below ``folders``, sorted."""
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def name(path: Path) -> str:
    """``path`` as a person writes it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def docstrings(tree: ast.AST) -> set[ast.Constant]:
    """Strings that stand alone as a statement: documentation, not logic."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def constants(path: Path) -> Iterator[ast.Constant]:
    """Every literal of a module that takes part in its logic."""
    tree = tree_of(path)
    spoken = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in spoken:
            yield node


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in _UNTRACKED_BY_NATURE or _is_ignored(path):
            continue
        if path.is_dir():
            yield from _files(path)
        elif not path.is_symlink():
            yield path


@cache
def _ignored() -> tuple[str, ...]:
    lines = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    return tuple(line.rstrip("/") for line in lines if line and not line.startswith("#"))


def _is_ignored(path: Path) -> bool:
    return any(fnmatch(path.name, p) or fnmatch(name(path), p.lstrip("/")) for p in _ignored())
