"""``serve`` and the hidden ``schemas``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from model.errors import ArtifactError, PolicyError
from model.policy_folder import imported
from service.batch import NOTHING_RAN

_GRACE_SECONDS = 60
"""So long requests that are under way may go on after the service was asked to stop."""

if TYPE_CHECKING:
    from service.drafters import Drafters
    from service.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address; 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port; 8000.")] = None,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Load no model.")] = False,
    demo: Annotated[
        bool, typer.Option("--demo", help="With the sample notes, until it is stopped.")
    ] = False,
) -> None:
    """Serve HTTP on this machine until it is stopped."""
    from service.settings import Settings

    given: dict[str, Any] = {"host": host, "port": port, "rules_only": rules_only or None}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    if demo:
        _demonstrate(settings)
        return
    _greet(settings)
    with _drafters(settings) as drafters:
        _run(settings, drafters)


@contextmanager
def _drafters(settings: "Settings") -> Iterator["Drafters"]:
    """Who reads notes; the command ends where an artifact or a policy file is wrong."""
    from service.drafters import drafters_of
    from service.remote import DrafterLost

    drafters = drafters_of(settings)
    try:
        imported()
        drafters.open()
    except ArtifactError as error:
        typer.echo(f"{error.code}: {error}; --rules-only serves without models", err=True)
        raise typer.Exit(NOTHING_RAN) from None
    except (PolicyError, DrafterLost) as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(NOTHING_RAN) from None
    try:
        yield drafters
    finally:
        drafters.close()


def _run(settings: "Settings", drafters: "Drafters") -> None:
    import uvicorn

    from service.app import create_app
    from service.remote import settle

    app = create_app(settings, drafters=drafters)
    settle()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        access_log=False,
        limit_concurrency=settings.max_connections,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


def _demonstrate(settings: "Settings") -> None:
    """Serve the sample notes from a database that is removed at the end."""
    from service.clock import utc_now
    from service.commands.stored import storage_of
    from service.demo import CODERS, OTHERS, demo_settings, fill

    with _drafters(settings) as drafters, demo_settings(settings) as staged:
        with storage_of(staged) as storage:
            password = fill(storage, staged, drafters, utc_now())
        address = f"http://{staged.host}:{staged.port}"
        typer.echo(f"{address}: sign in as {' or '.join(CODERS)} with {password}", err=True)
        others = ", ".join(f"{name} ({role})" for name, role in OTHERS.items())
        typer.echo(f"and, with the same password, as {others}", err=True)
        _run(staged, drafters)


def _greet(settings: "Settings") -> None:
    """Bring the database up; on the first start, make the first account and tell its password."""
    from service.clock import utc_now
    from service.commands.stored import storage_of
    from service.people.workflow import FIRST_ADMIN, first_admin

    with storage_of(settings) as storage:
        password = first_admin(storage.database, utc_now())
    if password:
        typer.echo(f"first start: sign in as {FIRST_ADMIN} with {password} (good once)", err=True)
    if settings.needs_keys and settings.api_access == "open":
        typer.echo("programs need an API key: the address is not of this machine alone", err=True)


def schemas(folder: Path) -> None:
    """Write the JSON Schemas of the wire into FOLDER."""
    from service.wire.schemas import write

    for path in write(folder):
        typer.echo(path)
