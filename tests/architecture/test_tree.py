"""Rules about the repository as a whole. Each lists every fault, not the first."""

import ast
import re
import tomllib

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.support.tree import ROOT, modules, name, ours, tree_of

PACKAGES = ("model", "training", "service")
MOST_LINES = 400
VAGUE = {
    "utils",
    "util",
    "helpers",
    "common",
    "manager",
    "handler",
    "data",
    "info",
    "process",
    "misc",
}
DATA = {
    ".yaml",
    ".csv",
    ".sqlite",
    ".onnx",
    ".npz",
    ".json",
    ".typed",
    ".html",
    ".css",
    ".js",
    ".md",
}
TEXT = {
    ".py",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".txt",
    ".html",
    ".css",
    ".js",
    ".csv",
    ".ini",
    ".mako",
}
# Written in pieces, so that this file does not find itself.
UNFINISHED = re.compile(rb"\b(?:" + b"|".join([b"TO" + b"DO", b"FIX" + b"ME"]) + rb")\b")
MACHINE = re.compile(rb"(?<![\w.:/~-])/(?:work|root|home|Users|opt)/[A-Za-z.][\w./-]*")
HOSTS = [
    ".".join(parts).encode()
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("deb", "debian", "org"),
        ("registry", "npmjs", "org"),
        ("download", "pytorch", "org"),
        ("anaconda", "org"),
    )
]


def test_no_module_is_longer_than_a_person_reads_at_once() -> None:
    lengths = {
        name(path): len(path.read_text("utf-8").splitlines())
        for path in modules(*PACKAGES, "scripts", "tests")
    }

    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        name(path)
        for path in modules(*PACKAGES, "scripts")
        if tree_of(path).body and not ast.get_docstring(tree_of(path))
    ]

    assert silent == []


def test_no_module_has_a_vague_name() -> None:
    vague = [name(path) for path in modules(*PACKAGES) if {path.stem, path.parent.name} & VAGUE]

    assert vague == []


def test_policies_hold_data_and_no_python() -> None:
    assert [name(path) for path in modules("model/policies")] == []


def test_only_tests_and_its_support_are_packages() -> None:
    """Another ``__init__.py`` would let ``tests/model`` shadow ``model`` (ADR 1)."""
    inits = {name(path) for path in modules("tests") if path.name == "__init__.py"}

    assert inits == {"tests/__init__.py", "tests/support/__init__.py"}


def test_every_data_file_ships_in_the_wheel() -> None:
    shipped = {file.relative_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}

    needed = {
        name(path)
        for path in ours()
        if name(path).split("/")[0] in PACKAGES and path.suffix in {*DATA, ".py"}
    }

    assert needed - shipped == set()


def test_no_file_names_a_path_of_one_machine_or_a_package_registry() -> None:
    """Bytes of every file, weights and tables included: exporters like to write paths down."""
    faults = []
    for path in ours():
        content = path.read_bytes()
        faults += [(name(path), found.group()) for found in MACHINE.finditer(content)][:3]
        faults += [(name(path), host) for host in HOSTS if host in content]

    assert faults == []


def test_nothing_is_left_to_do_in_a_comment() -> None:
    faults = [
        name(path)
        for path in ours()
        if path.suffix in TEXT | {""} and UNFINISHED.search(path.read_bytes())
    ]

    assert faults == []


def test_constraints_pin_every_dependency_exactly() -> None:
    written = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in written if not line.startswith("#")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    asked = [*project["dependencies"], *(name for extra in extras for name in extra)]

    pinned = {_normal(pin.partition("==")[0]) for pin in pins}
    unpinned = {_normal(re.split(r"[\[<>=;! ]", dependency)[0]) for dependency in asked} - pinned

    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)] == []
    assert unpinned == set()
    assert pins == sorted(pins)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "changelog.d").glob("*")), ids=lambda path: path.name
)
def test_fragment_says_its_kind_and_a_policy_fragment_its_reach(path: object) -> None:
    fragment = ROOT / "changelog.d" / str(path)

    assert re.fullmatch(r"[\w-]+\.(policy|added|changed|fixed|removed|model)\.md", fragment.name)
    if fragment.name.endswith(".policy.md"):
        text = fragment.read_text("utf-8")
        missing = [
            w for w in ("Dates of service:", "Payers:", "Rules:", "Authority:") if w not in text
        ]
        assert missing == []


def test_every_make_target_is_one_line() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")

    recipes = re.findall(r"^(\S+):(?!=).*\n((?:\t.*\n)*)", makefile, re.MULTILINE)

    assert [target for target, recipe in recipes if recipe.count("\n") > 1] == []


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()
