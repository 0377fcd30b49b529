"""A browser, a service of its own for each test, and what must hold on every page."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from tests.support.site import PASSWORD, Site, running_site

CHROMIUM = shutil.which("chromium")
SCREENS = os.environ.get("SCREENS_TO", "")
"""A folder to write pictures of the screens into; none are written where it is not given."""

_REFUSED = re.compile(
    r"Failed to load resource: (.* status of (400|401|403|409|422) |net::ERR_FAILED)"
)
"""What a browser reports of answers that tests ask for on purpose."""

SignIn = Callable[..., Page]
Shoot = Callable[[Page, str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM is None:
        for item in items:
            if "tests/ui" in str(item.path):
                item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running_site(tmp_path) as site:
        yield site


@pytest.fixture
def browser_context_args(site: Site) -> dict[str, Any]:
    return {"viewport": {"width": 1366, "height": 768}, "base_url": site.url, "locale": "en-US"}


@pytest.fixture(autouse=True)
def clean(context: BrowserContext, site: Site) -> Iterator[None]:
    """No request leaves the host, no script fails, and the policy of contents is never broken."""
    hosts: set[str] = set()
    errors: list[str] = []
    policies: set[bool] = set()

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _REFUSED.match(message.text):
            errors.append(message.text)

    context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    context.on("console", heard)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on(
        "response",
        lambda answer: policies.add("content-security-policy" in answer.headers),
    )
    yield
    assert hosts <= {urlsplit(site.url).netloc}
    assert policies <= {True}
    assert errors == []


@pytest.fixture
def sign_in(page: Page) -> SignIn:
    """Sign in with the keyboard, and wait for the worklist."""

    def signed_in(name: str = "dana", on: Page | None = None) -> Page:
        here = on or page
        here.goto("/worklist")
        here.get_by_label("Name").fill(name)
        here.get_by_label("Password").fill(PASSWORD)
        here.keyboard.press("Enter")
        expect(here.locator("tr[data-current]")).to_have_count(1)
        return here

    return signed_in


@pytest.fixture
def enter(page: Page) -> SignIn:
    """Sign in as anybody, and stay where that leads."""

    def entered(name: str, on: Page | None = None) -> Page:
        here = on or page
        here.goto("/sign-in")
        here.get_by_label("Name").fill(name)
        here.get_by_label("Password").fill(PASSWORD)
        here.keyboard.press("Enter")
        expect(here.get_by_role("button", name="Sign out")).to_be_visible()
        return here

    return entered


@pytest.fixture
def shoot() -> Shoot:
    """Write a picture of the page, where pictures are wanted."""

    def shot(page: Page, name: str) -> None:
        if SCREENS:
            page.screenshot(path=Path(SCREENS) / f"{name}.png", animations="disabled")

    return shot
