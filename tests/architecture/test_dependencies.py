"""What is imported is asked for, by the part of pyproject.toml its importer is installed with."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest

from tests.support.tree import ROOT, modules, name, tree_of

OURS = {"model", "training", "service", "scripts", "tests"}
# Import names whose distribution is another's business: starlette is FastAPI's own face.
COMES_WITH = {
    "starlette": "fastapi",
    "pydantic-core": "pydantic",
    "markupsafe": "jinja2",
    "playwright": "pytest-playwright",
}


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=;! ]", distribution)[0]).lower()


@cache
def _asked(*extras: str) -> frozenset[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = [project["optional-dependencies"][extra] for extra in extras]
    return frozenset(_normal(d) for part in (project["dependencies"], *optional) for d in part)


def _imported(folder: str) -> dict[str, str]:
    """Each top-level name imported below ``folder``, with one module that does."""
    found: dict[str, str] = {}
    for path in modules(folder):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Import):
                found.update({alias.name.split(".")[0]: name(path) for alias in node.names})
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module.split(".")[0]] = name(path)
    return found


@pytest.mark.parametrize(
    ("folder", "extras"),
    [
        ("model", ()),
        ("service", ("parquet",)),
        ("training", ("train",)),
        ("scripts", ("train", "dev")),
        ("tests", ("train", "dev")),
    ],
)
def test_every_library_that_is_imported_is_asked_for(folder: str, extras: tuple[str, ...]) -> None:
    installed = packages_distributions()
    foreign = {
        top: path
        for top, path in _imported(folder).items()
        if top not in sys.stdlib_module_names and top not in OURS
    }

    faults = {
        top: path
        for top, path in foreign.items()
        if not {_normal(d) for d in installed.get(top, [top])} & _asked(*extras)
        and COMES_WITH.get(_normal(top)) not in _asked(*extras)
    }

    assert faults == {}
