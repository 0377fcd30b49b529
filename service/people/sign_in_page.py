"""The page to sign in with, and where one goes from it."""

from urllib.parse import urlencode, urlsplit

from fastapi import Request, Response, status
from fastapi.responses import HTMLResponse, RedirectResponse

from service.people import cookies
from service.people.oidc.provider import Provider
from service.settings import Settings
from service.ui.rendering import page

_HOME = "/"
_OIDC = "/sign-in/oidc"


def sign_in_page(
    request: Request,
    *,
    wanted: str,
    name: str = "",
    refused: str = "",
    code: int = status.HTTP_200_OK,
) -> HTMLResponse:
    """The form to sign in with, and the way to the identity provider where there is one."""
    provider: Provider | None = request.app.state.oidc
    way = f"{_OIDC}?{urlencode({'next': wanted})}" if wanted else _OIDC
    return page(
        "sign_in.html",
        status=code,
        next=wanted,
        name=name,
        refused=refused,
        elsewhere=provider.client.label if provider else "",
        way=way,
    )


def signed_in(token: str, wanted: str, settings: Settings) -> Response:
    """On to the page that was wanted, with the token of the session."""
    answer = RedirectResponse(wanted or _HOME, status.HTTP_303_SEE_OTHER)
    cookies.set_token(answer, token, settings)
    return answer


def ours(wanted: str) -> str:
    """``wanted`` if it is a page of this service; else nowhere in particular."""
    parts = urlsplit(wanted)
    is_path = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    is_plain = not parts.scheme and not parts.netloc and wanted.isprintable()
    return wanted if is_path and is_plain and "\\" not in wanted else ""
