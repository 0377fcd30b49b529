"""Scripts, styles and the icon: asked for again each time, sent again only when they changed."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles


class Revalidated(StaticFiles):
    """Static files that no browser uses past an upgrade."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, to be asked about before it is used again."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


def static_files() -> Revalidated:
    """Everything below ``static``."""
    return Revalidated(directory=Path(str(files("service.ui") / "static")))
