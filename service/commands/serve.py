"""``serve`` and the hidden ``schemas``."""

from pathlib import Path
from typing import Annotated, Any

import typer


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
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, access_log=False)


def schemas(folder: Path) -> None:
    """Write the JSON Schemas of the wire into FOLDER."""
    from service.wire.schemas import write

    for path in write(folder):
        typer.echo(path)
