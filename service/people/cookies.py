"""The one cookie: the token of a session, for this site only and out of reach of scripts."""

from fastapi import Request, Response

from service.settings import Settings

NAME = "noteproof_session"
_SECURE_NAME = "__Host-noteproof_session"  # a browser takes it over HTTPS only


def set_token(response: Response, token: str, settings: Settings) -> None:
    """Give the browser its token; it is gone when the browser is closed."""
    response.set_cookie(
        _name(settings),
        token,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.is_https,
    )


def clear(response: Response, settings: Settings) -> None:
    """Take the token away."""
    response.delete_cookie(
        _name(settings), path="/", httponly=True, samesite="lax", secure=settings.is_https
    )


def token_of(request: Request) -> str | None:
    """The token the browser sent."""
    settings: Settings = request.app.state.settings
    return request.cookies.get(_name(settings))


def _name(settings: Settings) -> str:
    return _SECURE_NAME if settings.is_https else NAME
