"""An administrator manages people with plain forms: the same with scripts and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from service.people import passwords
from service.people.accounts import Accounts
from service.people.api_keys import ApiKeys
from service.people.records import Role, Scope
from tests.support.site import Site
from tests.ui.conftest import Shoot, SignIn


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(
        java_script_enabled=False, base_url=site.url, viewport={"width": 1366, "height": 768}
    )
    yield context
    context.close()


def test_a_person_is_added_and_the_password_shown_once(
    site: Site, enter: SignIn, shoot: Shoot
) -> None:
    page = enter("ada")
    expect(page).to_have_url(f"{site.url}/people")
    shoot(page, "people-light")
    page.get_by_label("Name to sign in with").fill("Vera")
    page.get_by_label("auditor").check()
    page.get_by_role("button", name="Add, and show a one-time password").click()

    password = page.locator(".secret code").inner_text()
    shoot(page, "person-added")
    page.get_by_role("link", name="People", exact=True).first.click()
    page.get_by_role("link", name="vera").click()
    assert password not in page.content()
    with site.storage.database.reading() as session:
        account = Accounts(session).named("vera")
        kept = Accounts(session).password_of("vera")
    assert account is not None
    assert (account.roles, account.must_change_password) == (
        frozenset({Role.CODER, Role.AUDITOR}),
        True,
    )
    assert passwords.is_right(password, kept)


def test_a_name_that_is_taken_is_said_beside_the_form(site: Site, enter: SignIn) -> None:
    page = enter("ada")
    page.get_by_label("Name to sign in with").fill("dana")
    page.get_by_role("button", name="Add, and show a one-time password").click()

    expect(page.get_by_role("alert")).to_contain_text("has a name that is taken")
    expect(page.get_by_label("Name to sign in with")).to_have_value("dana")


def test_roles_password_and_access_are_changed(site: Site, enter: SignIn) -> None:
    page = _person(enter("ada"), "lee")
    page.get_by_label("auditor").check()
    page.get_by_role("button", name="Change the roles").click()
    expect(page.get_by_role("status").first).to_contain_text("The roles are changed.")
    page.get_by_role("button", name="New one-time password").click()
    expect(page.locator(".secret")).to_contain_text("New one-time password")
    page.get_by_role("button", name="Close the account").click()
    expect(page.locator(".worklist-head .chip")).to_have_text("closed")

    with site.storage.database.reading() as session:
        closed = Accounts(session).named("lee")
    page.get_by_role("button", name="Open it again").click()
    expect(page.get_by_role("button", name="Close the account")).to_be_visible()

    assert closed is not None
    assert (closed.is_active, closed.roles) == (False, frozenset({Role.CODER, Role.AUDITOR}))


def test_a_key_is_made_shown_once_and_revoked(site: Site, enter: SignIn, shoot: Shoot) -> None:
    page = _person(enter("ada"), "lee")
    page.get_by_label("What it is for").fill("nightly import")
    page.get_by_label("Days it is good for").fill("30")
    page.get_by_label("draft").check()
    page.get_by_role("button", name="Make the key, and show it once").click()
    key = page.locator(".secret code").inner_text()
    shoot(page, "person-key")

    row = page.get_by_role("row", name=key.split("_")[1])
    expect(row).to_contain_text("nightly import")
    with site.storage.database.reading() as session:
        assert ApiKeys(session).person(key, site.clock()).scopes == frozenset({Scope.DRAFT})
    row.get_by_role("button", name="Revoke").click()

    expect(page.get_by_role("row", name=key.split("_")[1])).to_contain_text("revoked")
    assert key not in page.content()
    with site.storage.database.reading() as session:
        (found,) = ApiKeys(session).every()
    assert found.revoked_at == site.clock()


def test_nobody_is_offered_to_lock_themselves_out(enter: SignIn) -> None:
    page = _person(enter("ada"), "ada")

    expect(page.get_by_role("button", name="Close the account")).to_have_count(0)
    page.get_by_label("admin").uncheck()
    page.get_by_label("coder").check()
    page.get_by_role("button", name="Change the roles").click()
    expect(page.get_by_role("alert")).to_contain_text("another admin takes that role")


def test_people_are_no_business_of_a_coder(enter: SignIn) -> None:
    page = enter("dana")
    expect(page.get_by_role("link", name="People")).to_have_count(0)

    page.goto("/people")

    expect(page.get_by_role("heading", level=1)).to_have_text("This is not yours to do")


def _person(page: Page, name: str) -> Page:
    page.locator("main").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page
