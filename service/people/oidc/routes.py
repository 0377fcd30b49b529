"""To the identity provider and back: two pages, both asked for with GET.

The way there is a link and no form: the policy of contents lets no form leave this host.
"""

import logging

from fastapi import APIRouter, HTTPException, Request, Response, status
from fastapi.responses import HTMLResponse, RedirectResponse

from service.deps import AppSettings, AppStorage, Now
from service.people import cookies
from service.people.access import public
from service.people.attempts import Attempts
from service.people.errors import OidcRefused, OidcUnavailable
from service.people.oidc import passage as passages
from service.people.oidc.provider import Provider
from service.people.oidc.workflow import sign_in_with
from service.people.sign_in_page import ours, sign_in_page, signed_in

logger = logging.getLogger(__name__)

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

START, BACK = "/sign-in/oidc", "/sign-in/oidc/callback"


@router.get(START, dependencies=[public()])
def leave(request: Request, storage: AppStorage, settings: AppSettings, now: Now) -> Response:
    """Send somebody to the provider; ``next`` is the page that was wanted."""
    provider = _provider(request)
    passage = passages.begin(ours(request.query_params.get("next", "")), now)
    try:
        address = provider.sign_in_address(passage, back_to=_back(request, settings))
    except OidcUnavailable as error:
        return _refused(request, error, passage.wanted)
    answer = RedirectResponse(address, status.HTTP_303_SEE_OTHER)
    cookies.set_passage(answer, passages.sealed(passage, storage.keyring), settings)
    return answer


@router.get(BACK, dependencies=[public()])
def come_back(request: Request, storage: AppStorage, settings: AppSettings, now: Now) -> Response:
    """Let somebody in who signed in at the provider."""
    provider = _provider(request)
    attempts: Attempts = request.app.state.attempts
    address = request.client.host if request.client else ""
    attempts.take(f"oidc from {address}", address)
    wanted = ""
    try:
        query = request.query_params
        cookie, state = cookies.passage_of(request) or "", query.get("state", "")
        passage = passages.opened(cookie, storage.keyring, state=state, now=now)
        wanted = passage.wanted
        token = sign_in_with(
            provider,
            storage.database,
            settings,
            passage,
            code=query.get("code", ""),
            back_to=_back(request, settings),
            now=now,
        )
    except (OidcRefused, OidcUnavailable) as error:
        return _refused(request, error, wanted)
    attempts.forgive(f"oidc from {address}", address)
    answer = signed_in(token, wanted, settings)
    cookies.clear_passage(answer, settings)
    return answer


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.state.oidc
    if provider is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND)
    return provider


def _back(request: Request, settings: AppSettings) -> str:
    """Where the provider sends people back to; the host is one of those allowed."""
    scheme = "https" if settings.is_https else "http"
    return f"{scheme}://{request.headers['host']}{BACK}"


def _refused(request: Request, error: OidcRefused | OidcUnavailable, wanted: str) -> Response:
    """The page to sign in with, and why it did not work; whatever was kept for it is over."""
    logger.warning("oidc sign-in refused code=%s reason=%s", error.code, error.reason)
    is_away = isinstance(error, OidcUnavailable)
    code = status.HTTP_503_SERVICE_UNAVAILABLE if is_away else status.HTTP_401_UNAUTHORIZED
    words = f"{str(error)[:1].upper()}{str(error)[1:]}."
    answer = sign_in_page(request, wanted=wanted, refused=words, code=code)
    cookies.clear_passage(answer, request.app.state.settings)
    return answer
