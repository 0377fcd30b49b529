"""The token of a session, for this site only and out of reach of scripts.

The way to an identity provider and back has a cookie of its own, which lasts as long as that takes.
"""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request, Response

from service.people.oidc.passage import LASTS
from service.settings import Settings

NAME = "noteproof_session"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cookie:
    """A cookie for every page of this site.

    Attributes:
        name: Where pages are reached by HTTP; over HTTPS it gets a prefix.
        lasts: None for until the browser is closed.
    """

    name: str
    lasts: timedelta | None = None

    def set(self, response: Response, value: str, settings: Settings) -> None:
        response.set_cookie(
            self._sent_as(settings),
            value,
            max_age=None if self.lasts is None else int(self.lasts.total_seconds()),
            path="/",
            httponly=True,
            samesite="lax",
            secure=settings.is_https,
        )

    def clear(self, response: Response, settings: Settings) -> None:
        response.delete_cookie(
            self._sent_as(settings),
            path="/",
            httponly=True,
            samesite="lax",
            secure=settings.is_https,
        )

    def read(self, request: Request) -> str | None:
        settings: Settings = request.app.state.settings
        return request.cookies.get(self._sent_as(settings))

    def _sent_as(self, settings: Settings) -> str:
        """A browser takes ``__Host-`` over HTTPS only."""
        return f"__Host-{self.name}" if settings.is_https else self.name


_SESSION = _Cookie(name=NAME)
_PASSAGE = _Cookie(name="noteproof_passage", lasts=LASTS)


def set_token(response: Response, token: str, settings: Settings) -> None:
    """Give the browser its token; it is gone when the browser is closed."""
    _SESSION.set(response, token, settings)


def clear(response: Response, settings: Settings) -> None:
    """Take the token away."""
    _SESSION.clear(response, settings)


def token_of(request: Request) -> str | None:
    """The token the browser sent."""
    return _SESSION.read(request)


def set_passage(response: Response, sealed: str, settings: Settings) -> None:
    """Give the browser what it brings back from the identity provider."""
    _PASSAGE.set(response, sealed, settings)


def clear_passage(response: Response, settings: Settings) -> None:
    """Take that away: it is good once."""
    _PASSAGE.clear(response, settings)


def passage_of(request: Request) -> str | None:
    """What the browser brought back."""
    return _PASSAGE.read(request)
