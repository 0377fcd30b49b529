"""What the service needs to be told about a provider; wrong settings stop the start."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from service.app import create_app
from service.people.errors import OidcMisconfigured
from tests.support.drafts import FixedCopilot
from tests.support.identity import CLIENT, SECRET
from tests.support.running import serving
from tests.support.storage import settings_for


def test_without_a_provider_there_is_no_such_page(url: str) -> None:
    with serving(url) as found:
        answers = [
            found.program.get(path, follow_redirects=False).status_code
            for path in ("/sign-in/oidc", "/sign-in/oidc/callback?state=x&code=y")
        ]
        page = found.program.get("/sign-in").text

    assert answers == [404, 404]
    assert "/sign-in/oidc" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"oidc_issuer": "http://idp.example"},
        {"oidc_issuer": "idp.example"},
        {"oidc_client_id": ""},
        {"oidc_scopes": "email"},
        {"oidc_makes_accounts": True},
        {"oidc_roles": "coders=owner"},
        {"oidc_roles": "coders=plugin"},
        {"oidc_roles": "=coder"},
        {"oidc_client_secret": None, "oidc_client_secret_file": "/nowhere/secret"},
    ],
    ids=str,
)
def test_settings_that_do_not_hold_stop_the_start(wrong: dict[str, Any]) -> None:
    told: dict[str, Any] = {
        "oidc_issuer": "https://idp.example",
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SecretStr(SECRET),
        **wrong,
    }

    with pytest.raises(OidcMisconfigured):
        create_app(settings_for("sqlite:///unused.db", **told), load=FixedCopilot)


def test_the_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n")
    told = {
        "oidc_issuer": "https://idp.example",
        "oidc_client_id": CLIENT,
        "oidc_client_secret_file": path,
    }

    app = create_app(settings_for("sqlite:///unused.db", **told), load=FixedCopilot)

    assert app.state.oidc.client.secret == SECRET
