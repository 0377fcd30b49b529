"""Where drafts go: a person's terminal, JSON lines on standard output, or a file."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import typer

from model.records.claim import ClaimDraft
from service.intake import STDIN
from service.outbox import OutputRefused, whole
from service.wire.objects import as_line

Sink = Callable[[ClaimDraft, str | None], None]


@contextmanager
def sink(out: Path | None, *, as_json: bool) -> Iterator[Sink]:
    """What is to be called with each draft and its note.

    Raises:
        typer.Exit: With 2, when ``out`` cannot be written.
    """
    if out is None:
        yield _lines(sys.stdout) if as_json else _for_people()
        return
    try:
        with whole(out) as file:
            yield _lines(file)
    except OutputRefused as error:
        typer.echo(f"--out {error}", err=True)
        raise typer.Exit(2) from None


def refuse_wrong_sources(sources: Sequence[str], out: Path | None) -> None:
    """Stop before anything is read: no input is overwritten, and stdin is read once."""
    if sources.count(STDIN) > 1:
        raise typer.BadParameter("- (standard input) can be named once")
    inputs = {Path(source).resolve() for source in sources if source != STDIN}
    if out is not None and out.resolve() in inputs:
        raise typer.BadParameter("--out is one of the files to be read")


def _lines(file: IO[str]) -> Sink:
    from service.wire import draft_json

    def write(draft: ClaimDraft, text: str | None) -> None:
        file.write(as_line(draft_json(draft, text)))
        file.flush()

    return write


def _for_people() -> Sink:
    from service.printing import print_draft, stdout

    console = stdout()

    def write(draft: ClaimDraft, text: str | None) -> None:
        print_draft(console, draft, text)

    return write
