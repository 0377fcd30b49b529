import io

import pytest
from rich.console import Console

from service.printing import print_draft
from service.printing.console import THEME
from service.printing.note import marked, marks, safe
from tests.support.drafts import NOTE, a_draft


def printed(*, width: int = 80, terminal: bool = False) -> str:
    file = io.StringIO()
    console = Console(file=file, theme=THEME, width=width, force_terminal=terminal, highlight=False)
    print_draft(console, a_draft(), NOTE)
    return file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert [row for row in printed(width=width).splitlines() if len(row) > width] == []


def test_off_a_terminal_there_is_no_escape_and_evidence_stands_in_brackets() -> None:
    text = printed()

    assert "\x1b" not in text
    assert "[Dressing retraining]¹ [23 min]¹" in text
    assert "[Left hemiplegia, right-handed]ᵃ" in text


def test_on_a_terminal_evidence_is_coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")

    text = printed(terminal=True)

    assert "\x1b[" in text
    assert "[Dressing" not in text


def test_no_color_is_honoured_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    text = printed(terminal=True)

    assert ";30;" not in text
    assert "\x1b[30" not in text
    assert "[Dressing retraining]" in text.replace("\x1b[1m", "").replace("\x1b[0m", "")


@pytest.mark.parametrize(
    "said",
    [
        "97530",
        "62%",
        "I69.354",
        "no total treatment minutes",
        "the claim: total treatment minutes",
        "stated 97167; supported 97166",
        "4 (short)",
        "Medicare Benefit Policy Manual",
        "How many minutes did the whole treatment take?",
        "units of 97535: no minutes stated",
        "97035, 4 min: no unit earned",
        "97112 is supported, and the note does not bill it",
        "42 timed minutes earn 3 units",
    ],
)
def test_a_coder_finds_everything(said: str) -> None:
    assert said in " ".join(printed(width=200).split())


def test_confidence_that_changes_nothing_is_not_shown() -> None:
    assert "97%" not in printed()


def test_marking_adds_to_the_note_and_takes_nothing_away() -> None:
    shown = marked(NOTE, marks(a_draft()), in_colour=True).plain

    assert shown.translate(dict.fromkeys(map(ord, "¹²ᵃ"))) == NOTE.replace("\r\n", "\n")


def test_a_note_cannot_command_the_terminal() -> None:
    assert safe("a\x1b[2Jb\x07\r\nc\u202ed") == "a␛[2Jb␇\nc\ufffdd"
