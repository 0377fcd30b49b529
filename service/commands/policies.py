"""``policies``: take published tables in, list what is in use, and see what a change would do."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from model.errors import NoteproofError
from service.batch import NOTHING_RAN, Batch
from service.intake import received
from service.wire.objects import as_line

if TYPE_CHECKING:
    from model.importing import Hints

policies = typer.Typer(no_args_is_help=True, help="Published tables: import, list, compare.")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


@policies.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    apply: Annotated[bool, typer.Option("--apply", help="Take them; else only show.")] = False,
    every: Annotated[bool, typer.Option("--all", help="List every change.")] = False,
    release: Annotated[
        str | None, typer.Option(help="2026Q3, 2027 or a first day, where a file does not say.")
    ] = None,
    table: Annotated[
        str | None, typer.Option(help="ncci_practitioner or ncci_outpatient, likewise.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a published table as it was downloaded and show what it would change.

    Told by content: NCCI code pairs and unit limits, ICD-10-CM (tabular list, order file), the
    relative value file, the therapy code list, HCPCS, and a licensee's CPT descriptors. A damaged
    file is refused whole. Nothing is written without --apply, and then only into the folder that
    NOTEPROOF_POLICIES names.
    """
    from model.importing import Hints
    from model.policy_folder import VARIABLE, folder

    if apply and folder() is None:
        raise typer.BadParameter(f"set {VARIABLE} to a folder of yours; --apply writes into it")
    hints = Hints(release=release, table=table)
    try:
        answer, words = _taken(file, hints, apply=apply, every=every)
    except (NoteproofError, OSError) as error:
        typer.echo(_why(error), err=True)
        raise typer.Exit(NOTHING_RAN) from None
    typer.echo(as_line(answer) if as_json else "\n".join((*words, "")), nl=False)


@policies.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the tables in use: how far each reaches, and where it came from."""
    from model.codes import releases
    from model.policy_folder import imported

    try:
        own = imported()
        found = releases()
    except NoteproofError as error:
        typer.echo(_why(error), err=True)
        raise typer.Exit(NOTHING_RAN) from None
    for name in sorted({*found, *own}):
        release = found.get(name)
        answer = {
            "table": name,
            "title": release.title if release else name.replace("_", " "),
            "covers": [str(release.covers_from), str(release.covers_to)] if release else None,
            "source": release.source.locator if release else None,
            "imported": name in own,
        }
        where = "imported" if name in own else "packaged"
        reach = f", to {release.covers_to} ({release.source.locator})" if release else ""
        typer.echo(
            as_line(answer) if as_json else f"{name}: {where}{reach}",
            nl=not as_json,
        )


@policies.command()
def diff(
    a: Annotated[str, typer.Argument(metavar="A", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", show_default=False)],
    claims: Annotated[Path, typer.Option(help="Claims as check takes them (.jsonl).")],
    without: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Do not compare this rule; repeat.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List exactly the claims whose findings differ from policy A to policy B, and why.

    A and B are each a day (policy as it stood), a folder of imported tables, or "packaged".
    """
    from service.policies.impact import changed_claims
    from service.policies.sides import SideFailed, UnknownSide, side
    from service.policies.wording import impact_json, impact_lines, refused_side
    from service.wire import claim

    try:
        sides = side(a), side(b)
    except UnknownSide as error:
        raise typer.BadParameter(refused_side(str(error))) from None
    batch = Batch(claim)
    given = list(batch.answers(received([str(claims)], sys.stdin.buffer)))
    if batch.exit_code == NOTHING_RAN:
        raise typer.Exit(NOTHING_RAN)
    try:
        changed = changed_claims(*sides, given, without=without or ())
    except SideFailed as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOTHING_RAN) from None
    for found in changed:
        if as_json:
            typer.echo(as_line(impact_json(found)), nl=False)
        else:
            typer.echo("\n".join(impact_lines(found)))
    typer.echo(f"{len(changed)} of {len(given)} claims change from {a} to {b}", err=True)
    raise typer.Exit(batch.exit_code)


def _taken(
    path: Path, hints: "Hints", *, apply: bool, every: bool
) -> tuple[dict[str, Any], list[str]]:
    """Read, compare and, if asked, take one file; the answer as JSON and in words."""
    from model.importing import apply as land
    from model.importing import changes_nothing, planned, read, was_imported
    from model.policy_folder import folder
    from service.policies.wording import SHOWN, plan_json, plan_lines

    target = folder()
    source, published = read(path, hints)
    answer = {"file": path.name, "sha256": source.sha256}
    if was_imported(target, source):
        words = f"{path.name}: no change (this very file was imported before)"
        return {**answer, "state": "no change"}, [words]
    plan = planned(published)
    if changes_nothing(plan):
        words = f"{path.name}: no change (the table in use says the same)"
        return {**answer, "state": "no change"}, [words]
    state, outcome = "shown", "nothing was written; --apply takes it"
    if apply and target is not None:
        land(plan, source, target, on=datetime.now().astimezone().date())
        state, outcome = "applied", f"taken into {target}"
    shown = None if every else SHOWN
    lines = [*plan_lines(plan, shown=shown), f"  {outcome}"]
    return {**answer, "state": state, **plan_json(plan, shown=shown)}, lines


def _why(error: NoteproofError | OSError) -> str:
    if isinstance(error, NoteproofError):
        return f"{error.code}: {error}"
    return f"cannot write: {error.strerror}"
