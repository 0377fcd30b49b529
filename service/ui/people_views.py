"""What the pages of people are given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TickView:
    """Something to tick; ``does`` says what it opens."""

    value: str
    does: str
    is_ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """An account in the list.

    Attributes:
        state: Empty where there is nothing to say: it is open and has a password of its own.
        keys: How many of its keys still open something.
    """

    id: str
    name: str
    address: str
    roles: str
    state: str
    is_active: bool
    keys: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyView:
    """A key of a program: its prefix names it; the rest was shown once."""

    prefix: str
    label: str
    scopes: str
    made: str
    ends: str
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretView:
    """A password or a key, shown this one time."""

    says: str
    secret: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleView:
    """The list, and the form that adds somebody; ``refused`` says why nobody was added."""

    people: tuple[PersonView, ...]
    roles: tuple[TickView, ...]
    name: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePersonView:
    """One account with its keys, and the forms that change it.

    Attributes:
        is_self: It is that of who looks: nobody locks themselves out.
        done: What was done just before, in words.
        refused: Why it was not done.
    """

    person: PersonView
    roles: tuple[TickView, ...]
    keys: tuple[KeyView, ...]
    scopes: tuple[TickView, ...]
    is_self: bool
    most_days: int
    secret: SecretView | None = None
    done: str = ""
    refused: str = ""
