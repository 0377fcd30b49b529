"""The two consoles. ``rich`` honours NO_COLOR and COLUMNS, and shows no colour off a terminal."""

import sys

from rich.console import Console
from rich.theme import Theme

THEME = Theme(
    {
        "code": "bold cyan",
        "quiet": "dim",
        "service": "black on green",
        "minutes": "black on yellow",
        "giver": "white on blue",
        "diagnosis": "white on magenta",
        "blocks": "bold red",
        "warns": "bold yellow",
        "informs": "bold blue",
        "ask": "italic",
    }
)


def stdout() -> Console:
    """Where answers go."""
    return Console(file=sys.stdout, theme=THEME, highlight=False, emoji=False, markup=False)


def stderr() -> Console:
    """Where progress and remarks go."""
    return Console(file=sys.stderr, theme=THEME, highlight=False, emoji=False, markup=False)


def shows_colour(console: Console) -> bool:
    """Whether styles are seen; where not, marks are written out in characters."""
    return console.is_terminal and not console.no_color
