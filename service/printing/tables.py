"""Tables that fit 80 columns: what says nothing takes no room."""

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

Cell = str | Text
_WRAPS = {"service", "diagnosis", "to ask", "asks that", "modifiers"}
_NUMBERS = {"units", "min"}


def table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """``rows`` under ``columns``; a column of empty cells only is left out."""
    kept = [place for place in range(len(columns)) if any(len(row[place]) for row in rows)]
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="dim")
    for place in kept:
        name = columns[place]
        shown.add_column(
            name,
            justify="right" if name in _NUMBERS else "left",
            no_wrap=name not in _WRAPS,
            overflow="fold",
        )
    for row in rows:
        shown.add_row(*(row[place] for place in kept))
    return shown
