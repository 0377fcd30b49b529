"""What must fit does, and what is no one's business is nowhere."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.site import Site
from tests.support.twice import coded_twice
from tests.ui.conftest import Shoot, SignIn

PAGES = ("/worklist", "/charts/ot-hand", "/charts/pt-knee?panel=edit&key=2", "/keys")


@pytest.mark.parametrize(
    ("width", "height", "zoom"),
    [(1366, 768, "100"), (683, 384, "200"), (1920, 1080, "1080p"), (320, 640, "400")],
)
def test_no_page_scrolls_sideways(
    sign_in: SignIn, shoot: Shoot, width: int, height: int, zoom: str
) -> None:
    """Half the width is what a page has at 200% zoom; 320 pixels are 400% (WCAG 1.4.10)."""
    page = sign_in()
    page.set_viewport_size({"width": width, "height": height})

    beyond = {}
    for number, path in enumerate(PAGES):
        page.goto(path)
        if number == 1:
            shoot(page, f"review-at-{zoom}")
        beyond[path] = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    assert {path: by for path, by in beyond.items() if by > 0} == {}


@pytest.mark.parametrize(
    ("width", "height", "zoom"), [(683, 384, "200"), (320, 640, "400"), (1920, 1080, "1080p")]
)
def test_no_page_of_people_or_double_coding_scrolls_sideways(
    site: Site, enter: SignIn, shoot: Shoot, width: int, height: int, zoom: str
) -> None:
    coded_twice(site)
    page, beyond = enter("ruth"), {}
    page.set_viewport_size({"width": width, "height": height})
    for path in ("/double", "/compare/ot-hand", "/people", f"/people/{site.id_of('lee')}"):
        if path == "/people":
            page.get_by_role("button", name="Sign out").click()
            enter("ada")
        page.goto(path)
        shoot(page, f"{path.split('/')[1]}{path.count('/')}-at-{zoom}")
        beyond[path] = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    assert {path: by for path, by in beyond.items() if by > 0} == {}


def test_nothing_moves_when_a_line_is_decided(sign_in: SignIn) -> None:
    page = sign_in()
    page.goto("/charts/ot-stroke-daily")
    expect(page.locator("[data-current]")).to_have_count(1)
    before = [page.locator(place).bounding_box() for place in ("#line-1", "#line-2", "#note-text")]

    page.keyboard.press("a")

    expect(page.locator("#claim")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#line-1")).to_have_attribute("data-verdict", "accepted")
    after = [page.locator(place).bounding_box() for place in ("#line-1", "#line-2", "#note-text")]
    assert after == before


def test_evidence_is_told_apart_without_colour(sign_in: SignIn, page: Page, shoot: Shoot) -> None:
    page.emulate_media(forced_colors="active")
    sign_in()
    page.goto("/charts/ot-stroke-daily")
    shoot(page, "review-forced-colors")

    style = "mark => getComputedStyle(mark).outlineStyle"
    kinds = {
        kind: page.locator(f'#note-text mark[data-kind="{kind}"]').last.evaluate(style)
        for kind in ("service", "minutes", "diagnosis")
    }

    assert kinds == {"service": "solid", "minutes": "dotted", "diagnosis": "double"}


def test_no_page_shows_money_or_puts_words_of_a_note_into_an_address(sign_in: SignIn) -> None:
    page = sign_in()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto("/charts/ot-hand")
    expect(page.locator("[data-current]")).to_have_count(1)
    for key in ("w", "Escape", "c"):
        page.keyboard.press(key)
    page.keyboard.type("Needed verbal cues")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#chart-actions")).to_contain_text("Undo")

    assert "$" not in page.locator("body").inner_text()
    assert [url for url in seen if "cues" in url or "paraffin" in url] == []
    assert page.evaluate("Object.keys(localStorage)") == []
