"""A person at a browser, as far as the service can tell: cookies, tokens of forms, redirects."""

import re
from urllib.parse import urlencode

from httpx2 import Response
from starlette.testclient import TestClient

from tests.support.storage import PASSWORD

FORM = {"content-type": "application/x-www-form-urlencoded"}


def post(client: TestClient, path: str, **fields: str) -> Response:
    """Send a form, and stay where the answer is."""
    return client.post(path, content=urlencode(fields), headers=FORM, follow_redirects=False)


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> Response:
    """Sign in by the form; the client keeps the cookie."""
    return post(client, "/sign-in", name=name, password=password)


def token_of(client: TestClient, path: str = "/password") -> str:
    """The token in the forms of a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found.group(1)
