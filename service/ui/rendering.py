"""Templates to HTML. Everything is escaped; a name that nobody gave a template is an error."""

from functools import cache
from typing import Any, Protocol

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from service.people.records import Role
from service.ui.keymap import KEY_GROUPS

_REVIEWERS = frozenset({Role.CODER, Role.AUDITOR})
_NAV = (
    ("Worklist", "/worklist", _REVIEWERS),
    ("Double coding", "/double", _REVIEWERS),
    ("People", "/people", frozenset({Role.ADMIN})),
)


class Viewer(Protocol):
    """Whoever looks at a page."""

    @property
    def name(self) -> str:
        """As it stands on the page."""

    @property
    def csrf_token(self) -> str:
        """What each form sends back."""

    @property
    def roles(self) -> frozenset[Role]:
        """What they are here for: it decides where they may go."""


def page(
    template: str, *, person: Viewer | None = None, status: int = 200, **context: Any
) -> HTMLResponse:
    """A whole page, or a fragment of one, for ``person``."""
    return HTMLResponse(rendered(template, person=person, **context), status)


def rendered(template: str, *, person: Viewer | None = None, **context: Any) -> str:
    """``template`` with what all pages need: who looks, where they may go, the keys."""
    token = person.csrf_token if person else ""
    common = {
        "person": person,
        "nav": _nav(person),
        "section": "",
        "csrf_field": hidden_fields(csrf=token) if token else Markup(""),
        "key_groups": KEY_GROUPS,
    }
    return render(template, **{**common, **context})


def _nav(person: Viewer | None) -> tuple[tuple[str, str], ...]:
    roles = person.roles if person else frozenset()
    return tuple((label, address) for label, address, whose in _NAV if roles & whose)


def render(template: str, **context: Any) -> str:
    """``template`` filled with ``context``."""
    return environment().get_template(template).render(**context)


@cache
def environment() -> Environment:
    """The one environment; templates are read once."""
    return Environment(
        loader=PackageLoader("service.ui", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def hidden_fields(**fields: object) -> Markup:
    """Hidden fields of a form."""
    return Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, escape(value))
        for name, value in fields.items()
    )
