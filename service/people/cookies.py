"""The token of a session, for this site only and out of reach of scripts.

The way to an identity provider and back has a cookie of its own, which lasts as long as that takes.
"""

from fastapi import Request, Response

from service.people.oidc.passage import LASTS
from service.settings import Settings

NAME, PASSAGE = "noteproof_session", "noteproof_passage"
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


def set_passage(response: Response, sealed: str, settings: Settings) -> None:
    """Give the browser what it brings back from the identity provider."""
    response.set_cookie(
        _passage(settings),
        sealed,
        max_age=int(LASTS.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.is_https,
    )


def clear_passage(response: Response, settings: Settings) -> None:
    """Take that away: it is good once."""
    response.delete_cookie(
        _passage(settings), path="/", httponly=True, samesite="lax", secure=settings.is_https
    )


def passage_of(request: Request) -> str | None:
    """What the browser brought back."""
    settings: Settings = request.app.state.settings
    return request.cookies.get(_passage(settings))


def _name(settings: Settings) -> str:
    return _SECURE_NAME if settings.is_https else NAME


def _passage(settings: Settings) -> str:
    return f"__Host-{PASSAGE}" if settings.is_https else PASSAGE
