"""The pages that list things list all of them, and nothing that is gone."""

import ast
import re

import pytest

from model import records
from scripts.build_docs import PAGES
from service.settings import Settings
from tests.support.tree import ROOT, modules, name, tree_of

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def _codes() -> set[str]:
    """The ``code`` of every error class, read off the source so that none hides from an import."""
    return {
        statement.value.value
        for path in modules("model", "service")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and node.bases
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and ast.unparse(statement.targets[0]) == "code"
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    }


def test_errors_page_lists_every_code_and_no_other() -> None:
    page = (ROOT / "docs/errors.md").read_text("utf-8")

    assert set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)) == _codes()


def test_settings_page_lists_every_setting_and_no_other() -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    prefix = Settings.model_config.get("env_prefix", "")

    listed = set(re.findall(r"^\| `([A-Z_0-9]+)` \|", page, re.MULTILINE))

    assert listed == {f"{prefix}{field}".upper() for field in Settings.model_fields}


def test_every_setting_says_what_it_does() -> None:
    assert [field for field, info in Settings.model_fields.items() if not info.description] == []


@pytest.mark.parametrize("made", list(PAGES))
def test_made_page_is_what_the_code_makes_now(made: str) -> None:
    """`make docs` after a change of errors, settings or rules."""
    path, make = PAGES[made]

    assert path.read_text("utf-8") == make()


def test_glossary_has_a_word_for_every_record() -> None:
    page = (ROOT / "docs/glossary.md").read_text("utf-8")
    known = set(re.findall(r"`([A-Za-z]+)`", page))
    classes = {
        node.name
        for path in modules("model/records")
        for node in tree_of(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }

    assert classes - known == set()
    assert {
        word for word in known if word[0].isupper() and hasattr(records, word)
    } - classes == set()


def test_every_link_between_our_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("labeled_notes/*.md")]
    dead = [
        f"{name(page)}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]

    assert dead == []


def test_decisions_are_numbered_without_a_hole() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/adr").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))
