"""``code`` and ``check``: bodies in, drafts out, whatever is bad named."""

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from model.errors import ArtifactError
from model.records.claim import ClaimDraft
from service.batch import NOTHING_RAN, Batch
from service.commands.progress import progress
from service.commands.sinks import refuse_wrong_sources, sink
from service.copilot import Drafter, judged, load_copilot
from service.intake import received
from service.wire import claim, encounter

Answer = tuple[ClaimDraft, str | None]
DATE_OF_SERVICE, TODAY = "dos", "today"

Sources = Annotated[list[str], typer.Argument(metavar="FILE...", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a note, one a line.")]
Out = Annotated[
    Path | None,
    typer.Option(help="Write JSON lines to this file, whole or not at all.", show_default=False),
]


def code(
    sources: Sources,
    as_json: AsJson = False,
    out: Out = None,
    rules_only: Annotated[
        bool, typer.Option("--rules-only", help="Load no model: judge what notes state.")
    ] = False,
    artifacts: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Read notes and print the claim each supports, its proof, and what is missing.

    FILE is a note (.txt), encounters (.jsonl, one JSON object a line), or - for standard input.
    """

    @cache
    def copilot() -> Drafter:
        return load_copilot(artifacts, rules_only=rules_only)

    def draft(body: Any) -> Answer:
        given = encounter(body)
        return copilot().draft(given), given.text

    _run(sources, draft, out=out, as_json=as_json)


def check(
    sources: Sources,
    as_json: AsJson = False,
    out: Out = None,
    as_of: Annotated[
        str, typer.Option(metavar="dos|today|YYYY-MM-DD", help="The day whose policy judges.")
    ] = DATE_OF_SERVICE,
) -> None:
    """Judge claims that are coded already by the rules alone; no model, and no note needed.

    FILE holds encounters with their "lines" and "diagnoses" (.jsonl), or - for standard input.
    Each claim is judged by the policy of its date of service; --as-of judges the same claims by
    the policy of another day, and each draft then says so in its versions.
    """
    day = _day(as_of)

    def judge(body: Any) -> Answer:
        given = claim(body)
        return judged(given, as_of=day), given.encounter.text

    _run(sources, judge, out=out, as_json=as_json)


def _day(written: str) -> date | None:
    """The day ``--as-of`` names; None for each claim's own."""
    if written == DATE_OF_SERVICE:
        return None
    if written == TODAY:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(
            f"--as-of wants dos, today or YYYY-MM-DD, not {written!r}"
        ) from None


def _run(
    sources: Sequence[str], work: Callable[[Any], Answer], *, out: Path | None, as_json: bool
) -> None:
    refuse_wrong_sources(sources, out)
    batch = Batch(work)
    free = out is not None or not sys.stdout.isatty()
    try:
        with sink(out, as_json=as_json) as write:
            for draft, text in progress(
                batch.answers(received(sources, sys.stdin.buffer)), shown=free
            ):
                write(draft, text)
            _stop_if_nothing_ran(batch)
    except ArtifactError as error:
        typer.echo(f"{error.code}: {error}; --rules-only works without models", err=True)
        raise typer.Exit(NOTHING_RAN) from None
    if out is not None:
        typer.echo(f"{out}: {batch.done} written, {batch.refused} refused", err=True)
    raise typer.Exit(batch.exit_code)


def _stop_if_nothing_ran(batch: Batch[Answer]) -> None:
    """Leave no file behind when no source could even be opened."""
    if batch.exit_code == NOTHING_RAN:
        raise typer.Exit(NOTHING_RAN)
