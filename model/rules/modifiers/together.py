"""Modifiers of which a line carries one at most."""

from collections.abc import Collection, Iterator

from model.records import Case, Flag
from model.rules.lines import joined


def together(case: Case, exclusive: Collection[str]) -> Iterator[Flag]:
    """A flag for each stated line that carries two or more of ``exclusive``."""
    for index, line in enumerate(case.stated):
        carried = {modifier for modifier in line.modifiers if modifier in exclusive}
        if len(carried) > 1:
            yield Flag(message=f"{line.code}: {joined(carried)} on one line", line=index)
