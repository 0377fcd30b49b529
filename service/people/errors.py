"""Why somebody is not let in, or not let through."""

from model.errors import NoteproofError


class PeopleError(NoteproofError):
    """Somebody cannot do what they ask for."""

    code = "people"


class SignInNeeded(PeopleError):
    """Nobody is signed in, the session has ended, or no key was shown where one is needed."""

    code = "people.sign_in_needed"

    def __init__(self) -> None:
        super().__init__("sign in, or show an API key, first")


class SignInRefused(PeopleError):
    """Name and password do not belong together; which of them is wrong is not said."""

    code = "people.sign_in_refused"

    def __init__(self) -> None:
        super().__init__("this name and this password do not belong together")


class PasswordChangeNeeded(PeopleError):
    """The one-time password must be replaced before anything else is done."""

    code = "people.password_change_needed"

    def __init__(self) -> None:
        super().__init__("choose a password of your own first")


class PasswordWeak(PeopleError):
    """A password is too short, too long, the account's name, or the one it replaces."""

    code = "people.password_weak"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the password {reason}")


class RoleNeeded(PeopleError):
    """What was asked for is the work of another role, or outside the scopes of the key."""

    code = "people.role_needed"

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        super().__init__(f"this needs {wanted}")


class ApiKeyInvalid(PeopleError):
    """An API key is unknown, revoked or past its end."""

    code = "people.api_key_invalid"

    def __init__(self) -> None:
        super().__init__("the API key is unknown, revoked or past its end")


class OidcRefused(PeopleError):
    """Somebody came back from the identity provider, and is not let in.

    Attributes:
        reason: Why, in words that tell nothing of who it is.
    """

    code = "people.oidc_refused"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the sign-in at your organisation {reason}")


class OidcUnavailable(PeopleError):
    """The identity provider cannot be asked, or answers what no provider answers.

    Attributes:
        status: The HTTP status it answered with, where that is what was wrong.
    """

    code = "people.oidc_unavailable"

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        self.reason, self.status = reason, status
        super().__init__(f"the identity provider {reason}")


class OidcMisconfigured(PeopleError):
    """A setting of signing in at the identity provider is missing or malformed."""

    code = "people.oidc_settings"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class AccountInvalid(PeopleError):
    """An account cannot be made or changed as asked."""

    code = "people.account_invalid"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the account {reason}")
