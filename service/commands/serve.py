"""``serve`` and the hidden ``schemas``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from model.errors import ArtifactError
from service.batch import NOTHING_RAN
from service.copilot import load_copilot


def serve(
    host: Annotated[str | None, typer.Option(help="Address; 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port; 8000.")] = None,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Load no model.")] = False,
) -> None:
    """Serve HTTP on this machine until it is stopped."""
    import uvicorn

    from service.app import create_app
    from service.settings import Settings

    given: dict[str, Any] = {"host": host, "port": port, "rules_only": rules_only or None}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    try:
        copilot = load_copilot(settings.artifacts, rules_only=settings.rules_only)
    except ArtifactError as error:
        typer.echo(f"{error.code}: {error}; --rules-only serves without models", err=True)
        raise typer.Exit(NOTHING_RAN) from None
    app = create_app(settings, load=lambda: copilot)
    uvicorn.run(app, host=settings.host, port=settings.port, access_log=False)


def schemas(folder: Path) -> None:
    """Write the JSON Schemas of the wire into FOLDER."""
    from service.wire.schemas import write

    for path in write(folder):
        typer.echo(path)
