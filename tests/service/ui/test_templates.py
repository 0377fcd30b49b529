"""What holds for every template, style and script of the screen, whichever page it is on."""

import re

import pytest

from service.ui.keymap import KEY_GROUPS
from service.ui.rendering import environment
from tests.support.tree import ROOT

UI = ROOT / "service" / "ui"
TEMPLATES = sorted((UI / "templates").glob("*.html"))
SCRIPTS = sorted((UI / "static").glob("*.js"))
STYLES = sorted((UI / "static").glob("*.css"))
FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "an inline style": re.compile(r"<style|\sstyle="),
    "a handler": re.compile(r"\son[a-z]+="),
    "something from elsewhere": re.compile(r"(src|href)=\"(https?:)?//"),
    "unescaped text": re.compile(r"\|\s*safe|autoescape"),
}
COMMANDS = {command.name for _, commands in KEY_GROUPS for command in commands}


def text_of(paths: list[object]) -> str:
    return "\n".join(path.read_text("utf-8") for path in paths)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_parses_and_needs_nothing_the_policy_forbids(path: object) -> None:
    written = text_of([path])

    environment().parse(written)

    assert {what for what, pattern in FORBIDDEN.items() if pattern.search(written)} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_changes_something_carries_the_token(path: object) -> None:
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", text_of([path]), re.DOTALL)

    unguarded = [f for f in forms if not re.search(r"hidden\(|csrf_field|action=\"/sign-in\"", f)]

    assert unguarded == []


def test_every_key_presses_a_control_of_a_page_or_has_work_of_its_own() -> None:
    pressed = set(re.findall(r'data-do="([a-z-]+)"', text_of([*TEMPLATES])))
    scripts = text_of([*SCRIPTS])
    own = set(re.findall(r'^  "?([a-z-]+)"?: ', scripts, re.MULTILINE))

    assert COMMANDS - pressed - own == set()
    assert set(re.findall(r'data-key="([a-z-]+)"', text_of([*TEMPLATES]))) <= COMMANDS


def test_no_two_commands_are_delivered_with_one_key() -> None:
    keys = [command.shown for _, commands in KEY_GROUPS for command in commands]

    assert len(keys) == len(set(keys))


def test_scripts_ask_only_this_service_and_run_no_text() -> None:
    written = text_of([*SCRIPTS])

    assert re.findall(r"https?://|\beval\(|new Function|document\.write", written) == []


def test_every_colour_stands_in_the_tokens() -> None:
    others = text_of([path for path in STYLES if path.name != "tokens.css"])

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", others) == []


def test_every_token_that_is_used_is_defined_and_the_other_way_round() -> None:
    styles = text_of([*STYLES])
    used = set(re.findall(r"var\((--[a-z-]+)\)", styles))
    defined = set(re.findall(r"^\s+(--[a-z-]+):", styles, re.MULTILINE))

    assert used ^ defined == set()


def test_text_on_every_ground_is_read_easily() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1, in both schemes."""
    tokens = _tokens()
    pairs = [
        *[("ink", ground) for ground in ("ground", "surface", "raised", "accent-ground")],
        *[("quiet", ground) for ground in ("ground", "surface", "raised", "accent-ground")],
        *[("ink", f"says-{kind}") for kind in ("service", "minutes", "diagnosis", "giver")],
        *[("ink", f"says-{kind}") for kind in ("stated", "finding")],
        *[(tone, f"{tone}-ground") for tone in ("green", "amber", "red")],
        ("on-accent", "accent"),
        ("accent", "surface"),
    ]

    weak = [
        (ink, ground, scheme)
        for ink, ground in pairs
        for scheme in (0, 1)
        if _contrast(tokens[ink][scheme], tokens[ground][scheme]) < 4.5
    ]

    assert weak == []


def _tokens() -> dict[str, tuple[str, str]]:
    written = (UI / "static" / "tokens.css").read_text("utf-8")
    found = re.findall(r"--([a-z-]+): light-dark\((#\w{6}), (#\w{6})\)", written)
    return {name: (light, dark) for name, light, dark in found}


def _contrast(one: str, other: str) -> float:
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
