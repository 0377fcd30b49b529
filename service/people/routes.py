"""Signing in and out, and choosing a password: plain forms, answered with pages."""

from typing import Annotated

from fastapi import APIRouter, Request, Response, status
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse

from service.deps import AppDatabase, AppSettings, Now
from service.people import cookies
from service.people.access import needs, public
from service.people.attempts import Attempts
from service.people.errors import PasswordWeak, SignInRefused
from service.people.records import Person, Role
from service.people.sign_in_page import ours, sign_in_page, signed_in
from service.people.workflow import change_password, sign_in, sign_out
from service.ui.forms import form_of
from service.ui.rendering import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Anyone = Annotated[Person, needs(*(set(Role) - {Role.PLUGIN}), is_for_newcomers=True)]
_HOME = "/"
_WRONG = "The present password is another one."
_REFUSED = "This name and this password do not belong together."


@router.get("/sign-in", dependencies=[public()])
def show_sign_in(request: Request) -> HTMLResponse:
    """The form to sign in with; ``next`` is the page that was wanted."""
    wanted = request.query_params.get("next", "")
    return sign_in_page(request, wanted=ours(wanted))


@router.post("/sign-in", dependencies=[public()])
async def do_sign_in(
    request: Request, database: AppDatabase, settings: AppSettings, now: Now
) -> Response:
    """Sign in and go where one wanted to go."""
    form = await form_of(request)
    name, wanted = form.one("name").lower(), ours(form.one("next"))
    attempts: Attempts = request.app.state.attempts
    address = request.client.host if request.client else ""
    attempts.take(name, address)
    try:
        token = await run_in_threadpool(
            sign_in, database, settings, name=name, password=form.one("password"), now=now
        )
    except SignInRefused:
        code = status.HTTP_401_UNAUTHORIZED
        return sign_in_page(request, wanted=wanted, name=name, refused=_REFUSED, code=code)
    attempts.forgive(name, address)
    return signed_in(token, wanted, settings)


@router.post("/sign-out")
def do_sign_out(
    request: Request, person: Anyone, database: AppDatabase, settings: AppSettings, now: Now
) -> Response:
    """End this session."""
    token = cookies.token_of(request)
    if token:
        sign_out(database, settings, person, token, now)
    answer = RedirectResponse("/sign-in", status.HTTP_303_SEE_OTHER)
    cookies.clear(answer, settings)
    return answer


@router.get("/password")
def show_password(person: Anyone) -> HTMLResponse:
    """The form to choose a password with."""
    return page("change_password.html", person=person, reason="")


@router.post("/password")
async def do_change_password(
    request: Request, person: Anyone, database: AppDatabase, settings: AppSettings, now: Now
) -> Response:
    """Choose a password of one's own."""
    form = await form_of(request)
    reason = "" if form.one("password") == form.one("again") else "The two new ones differ."
    if not reason:
        request.app.state.attempts.take(person.name, f"password of {person.account_id}")
        try:
            token = await run_in_threadpool(
                change_password,
                database,
                settings,
                person,
                current=form.one("current"),
                password=form.one("password"),
                now=now,
            )
            return signed_in(token, _HOME, settings)
        except SignInRefused:
            reason = _WRONG
        except PasswordWeak as error:
            reason = f"The new password {error.reason}."
    code = status.HTTP_422_UNPROCESSABLE_CONTENT
    return page("change_password.html", person=person, status=code, reason=reason)
