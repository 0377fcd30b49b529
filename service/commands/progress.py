"""How far along a long run is: on stderr, on a terminal, from the second note on."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from service.printing.console import stderr

Item = TypeVar("Item")


def _one(_item: object) -> int:
    return 1


def progress(
    items: Iterable[Item], *, shown: bool, notes: Callable[[Item], int] = _one
) -> Iterator[Item]:
    """``items``, counted as they pass.

    Args:
        items: What is worked through; how many there will be is not known.
        shown: Whether the terminal is free for it, that is, no drafts are printed there.
        notes: How many notes an item stands for.
    """
    if not shown or not sys.stderr.isatty():
        yield from items
        return
    columns = (SpinnerColumn(), TextColumn("{task.completed} done"), TimeElapsedColumn())
    with Progress(*columns, console=stderr(), transient=True, disable=False) as bar:
        task = bar.add_task("notes", total=None, visible=False)
        count = 0
        for item in items:
            count += notes(item)
            bar.update(task, completed=count, visible=count > 1)
            yield item
