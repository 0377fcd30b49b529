"""The units of one day, for a person."""

from rich.console import Console
from rich.text import Text

from service.printing.certificate import in_words
from service.printing.claim import by, caption, count
from service.printing.tables import table
from service.wire.units import UnitDayOut


def print_units(console: Console, day: UnitDayOut) -> None:
    """Print the lines, the certificate in words, and what was assumed."""
    rows = [
        (
            Text(line.code, "code"),
            caption(line.code),
            count(line.units),
            count(line.minutes),
            " ".join(line.modifiers),
            by(line.performed_by),
        )
        for line in day.lines
    ]
    if rows:
        console.print(table(("code", "service", "units", "min", "modifiers", "by"), rows))
    for sentence in filter(None, in_words(day.certificate)):
        console.print(sentence)
    if day.discipline is None:
        console.print(Text("No discipline given: no GP, GO, GN, CQ or CO.", "quiet"))
    console.print(Text(_basis(day), "quiet"))


def _basis(day: UnitDayOut) -> str:
    """The day and the payer whose numbers were used, and whether anybody said so."""
    when = f"policy of {day.payer} on {day.on.isoformat()}"
    if "on" in day.assumed:
        when += ", the last day our code table covers (--on says another)"
    for table_ in day.stale:
        when += f"; the table {table_.table} ends {table_.last_date.isoformat()}"
    return f"By the {when}."
