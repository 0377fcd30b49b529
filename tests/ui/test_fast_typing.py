"""Whatever is typed, however fast: what the screen shows in the end is what was kept."""

from random import Random

import pytest
from playwright.sync_api import expect

from tests.support.site import Site
from tests.ui.conftest import SignIn

PRESSED = "j k a x 1 2 3 4 5 a x j j + - g Control+z Control+z w Escape n p r Escape e Escape c"
KEYS = (*PRESSED.split(), "Escape")
TYPED = 60


@pytest.mark.parametrize(
    ("chart", "seed"), [("ot-hand", 15), ("pt-knee", 16), ("ota-dressing", 10)]
)
def test_the_screen_agrees_with_what_was_kept(
    site: Site, sign_in: SignIn, chart: str, seed: int
) -> None:
    drawn = Random(seed)  # noqa: S311  (keys of a test, always the same)
    page = sign_in()
    page.goto(f"/charts/{chart}")
    expect(page.locator("[data-current]")).to_have_count(1)

    for _ in range(TYPED):
        page.keyboard.press(drawn.choice(KEYS))
    page.keyboard.press("Escape")
    expect(page.locator("#claim")).to_have_attribute("aria-busy", "false")

    state = site.chart(chart).state
    shown = page.evaluate(
        "[...document.querySelectorAll('[data-row]')].map(row => [row.dataset.key,"
        " row.dataset.verdict || 'proposed'])"
    )
    kept = [[entry.key, entry.verdict.value] for entry in state.review.entries]
    assert sorted(shown) == sorted(kept)
    assert state.version > 0
