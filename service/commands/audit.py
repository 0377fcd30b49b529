"""``audit``: a whole set of encounters, in parts that outlive a kill."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from model.errors import NoteproofError
from service.auditing.order import Order, Outcome, carry_out
from service.batch import DONE, NOTHING_RAN, SOME_REFUSED
from service.commands.progress import progress
from service.intake import STDIN


def audit(
    source: Annotated[Path, typer.Argument(metavar="IN", show_default=False)],
    out: Annotated[Path, typer.Argument(metavar="OUT", show_default=False)],
    workers: Annotated[
        int, typer.Option(min=1, max=256, help="Processes, each with models of its own.")
    ] = 1,
    rules_only: Annotated[
        bool, typer.Option("--rules-only", help="Load no model: judge what notes state.")
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Throw away what an earlier audit left.")
    ] = False,
    artifacts: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Read a whole set of notes and write a claim draft for each.

    IN and OUT are JSON lines, or Parquet where they end in .parquet. Work is kept in parts in the
    folder OUT.parts; after a kill the same command goes on where it was. OUT appears whole, at the
    end, and the folder goes.
    """
    _refuse_wrong_files(source, out)
    order = Order(
        source=source,
        out=out,
        rules_only=rules_only,
        artifacts=artifacts,
        workers=workers,
        restart=restart,
    )
    outcome = _carried_out(order)
    before = f"; parts done before: {outcome.parts_found}" if outcome.parts_found else ""
    refused = len(outcome.tally.refused)
    typer.echo(f"{out}: {outcome.tally.done} written, {refused} refused{before}", err=True)
    raise typer.Exit(SOME_REFUSED if refused else DONE)


def _refuse_wrong_files(source: Path, out: Path) -> None:
    if str(source) == STDIN or str(out) == STDIN:
        raise typer.BadParameter("name files; what is piped could not be gone on with")
    if source.resolve() == out.resolve():
        raise typer.BadParameter("OUT is the file to be read")


def _carried_out(order: Order) -> Outcome:
    """The outcome; the command ends where there is none."""
    try:
        return carry_out(order, _watch, _name)
    except NoteproofError as error:
        reason = f"{error.code}: {error}"
    except OSError as error:
        reason = f"{order.out}: {error.strerror or 'cannot be written'}"
    except KeyboardInterrupt:
        reason = f"stopped before {order.out} was written; the same command goes on from here"
    typer.echo(reason, err=True)
    raise typer.Exit(NOTHING_RAN)


def _watch(counts: Iterable[int]) -> Iterator[int]:
    return progress(counts, shown=True, notes=int)


def _name(refused: Sequence[str]) -> None:
    sys.stderr.writelines(f"{line}\n" for line in refused)
    sys.stderr.flush()
