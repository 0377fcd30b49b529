"""``units``: minutes to units, one day on the command line or many from a file."""

import sys
from typing import Annotated, Any

import typer

from model.errors import EncounterInvalid, NoteproofError
from service.batch import SOME_REFUSED, Batch
from service.intake import received
from service.unit_days import answer
from service.wire.objects import as_line
from service.wire.units import UnitDayOut, unit_day

_HERE = "command line"


def units(
    source: Annotated[
        str | None, typer.Argument(metavar="[FILE.jsonl]", show_default=False)
    ] = None,
    line: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE:MIN[:assistant]", help="Repeat for each service."),
    ] = None,
    rule: Annotated[str | None, typer.Option(help="cms_8_minute or ama_midpoint.")] = None,
    on: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Date of service.")] = None,
    discipline: Annotated[str | None, typer.Option(help="PT, OT or SLP.")] = None,
    payer: Annotated[str | None, typer.Option(help="Whose policy; medicare_part_b.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Count units, decide modifiers, and show the certificate.

    Either --line for each service of one day, or FILE.jsonl (or -) with one day a line, answered
    line by line.
    """
    if (source is None) == (not line):
        raise typer.BadParameter("give either --line CODE:MIN, or a file")
    options = {"rule": rule, "on": on, "discipline": discipline, "payer": payer}
    given = {name: value for name, value in options.items() if value is not None}
    if source is None:
        _one({"id": _HERE, **given, "lines": [_line(text) for text in line or ()]}, as_json)
    else:
        _many(source, given)


def _one(body: dict[str, Any], as_json: bool) -> None:
    """One day of the command line: what is wrong with it is wrong usage."""
    try:
        day = answer(unit_day(body))
    except EncounterInvalid as error:
        raise typer.BadParameter(f"{error.field}: {error.reason}") from None
    except NoteproofError as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(SOME_REFUSED) from None
    if as_json:
        typer.echo(as_line(day.model_dump(mode="json")), nl=False)
        return
    from service.printing import print_units, stdout

    print_units(stdout(), day)


def _many(source: str, defaults: dict[str, str]) -> None:
    """One answer a line; options stand in for what a line does not say."""

    def count(body: Any) -> UnitDayOut:
        whole = {**defaults, **body} if isinstance(body, dict) else body
        return answer(unit_day(whole))

    batch = Batch(count)
    for day in batch.answers(received([source], sys.stdin.buffer)):
        sys.stdout.write(as_line(day.model_dump(mode="json")))
        sys.stdout.flush()
    raise typer.Exit(batch.exit_code)


def _line(text: str) -> dict[str, Any]:
    """``97140:7:assistant`` as a line; minutes may be left out of an untimed code."""
    code, minutes, by, *more = [*text.split(":"), "", ""]
    if any(more) or not (minutes == "" or (minutes.isascii() and minutes.isdigit())):
        raise typer.BadParameter(f"--line wants CODE:MIN or CODE:MIN:assistant, not {text!r}")
    given: dict[str, Any] = {"code": code.upper()}
    if minutes:
        given["minutes"] = int(minutes)
    return {**given, "performed_by": by} if by else given
