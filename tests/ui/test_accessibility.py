"""axe finds nothing on any page, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from service.reviews.workflow import open_chart
from tests.support.site import Site
from tests.support.twice import coded_twice
from tests.ui.conftest import Shoot, SignIn

PANELS = {
    "why": "?panel=why&key=1",
    "rule": "?panel=rule&rule=needs-59-or-x",
    "edit": "?panel=edit&key=1",
    "reject": "?panel=reject&key=1",
    "query": "?panel=query",
    "codes": "?panel=codes&q=gait",
    "flag": "?panel=flag",
    "comment": "?panel=comment",
    "park": "?panel=park",
    "add": "?panel=add",
    "attest": "?panel=attest",
    "finalize": "?panel=finalize",
    "amend": "?panel=amend",
}


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, page: Page) -> str:
    page.emulate_media(color_scheme=request.param)
    return str(request.param)


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


def test_signing_in(page: Page, scheme: str, shoot: Shoot) -> None:
    page.goto("/sign-in")
    if scheme == "light":
        shoot(page, "sign-in")
    assert faults(page) == []

    page.get_by_label("Name").fill("dana")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []


def test_the_worklist_full_and_empty(sign_in: SignIn, scheme: str, shoot: Shoot) -> None:
    page = sign_in()
    shoot(page, f"worklist-{scheme}")
    assert faults(page) == []

    page.goto("/worklist?status=flagged&discipline=SLP")
    expect(page.get_by_text("No chart waits here.")).to_be_visible()
    if scheme == "light":
        shoot(page, "worklist-empty")

    assert faults(page) == []


@pytest.mark.parametrize("chart", ["ot-hand", "pt-knee", "ota-dressing"])
def test_a_chart(sign_in: SignIn, scheme: str, shoot: Shoot, chart: str) -> None:
    page = sign_in()
    page.goto(f"/charts/{chart}")
    expect(page.locator("[data-current]")).to_have_count(1)

    shoot(page, f"review-{chart}-{scheme}")

    assert faults(page) == []


def test_every_panel_and_the_keys(sign_in: SignIn, scheme: str, shoot: Shoot) -> None:
    page = sign_in()
    found: dict[str, list[str]] = {}
    for name, query in PANELS.items():
        page.goto(f"/charts/ot-hand{query}")
        expect(page.locator("#drawer h3").first).to_be_visible()
        if scheme == "light":
            shoot(page, f"panel-{name}")
        found[name] = faults(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("dialog#help")).to_be_visible()
    if scheme == "light":
        shoot(page, "keys")
    found["help"] = faults(page)
    page.goto("/keys")
    found["keys"] = faults(page)

    assert {name: each for name, each in found.items() if each} == {}


def test_two_claims_and_what_waits(site: Site, enter: SignIn, scheme: str, shoot: Shoot) -> None:
    coded_twice(site)
    page = enter("ruth")
    found = {}
    for name, path in {"double": "/double", "compare": "/compare/ot-hand"}.items():
        page.goto(path)
        shoot(page, f"{name}-{scheme}")
        found[name] = faults(page)

    assert {name: each for name, each in found.items() if each} == {}


def test_people_and_one_person(site: Site, enter: SignIn, scheme: str, shoot: Shoot) -> None:
    page = enter("ada")
    found = {"people": faults(page)}
    shoot(page, f"people-{scheme}")
    page.get_by_role("link", name="lee").click()
    page.get_by_role("checkbox", name="read encounters").check()
    page.get_by_role("button", name="Make the key, and show it once").click()
    expect(page.locator(".secret")).to_be_visible()
    found["key"] = faults(page)
    page.get_by_role("link", name="People", exact=True).first.click()
    page.get_by_role("link", name="lee").click()
    expect(page.get_by_role("button", name="Close the account")).to_be_visible()
    shoot(page, f"person-{scheme}")
    found["person"] = faults(page)

    assert {name: each for name, each in found.items() if each} == {}


def test_a_chart_somebody_else_has(site: Site, sign_in: SignIn, scheme: str) -> None:
    with site.desk() as desk:
        open_chart(desk, "ot-hand", by=site.id_of("lee"))
    page = sign_in()
    page.goto("/charts/ot-hand")
    expect(page.get_by_role("button", name="Take over from lee")).to_be_visible()

    assert faults(page) == []


def test_an_error_is_a_page_too(sign_in: SignIn, page: Page, scheme: str) -> None:
    sign_in()
    page.route("**/charts/nobody", lambda route: route.continue_())
    page.goto("/worklist?after=nonsense")

    expect(page.get_by_role("heading", level=1)).to_be_visible()

    assert faults(page) == []
