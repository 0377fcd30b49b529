"""Two people at one chart: each sees the other, and chooses what happens."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from model.records.review import Accept, Verdict
from service.people.accounts import Accounts
from service.reviews.deps import desk_of
from service.reviews.records import Track
from service.reviews.takeovers import take_over
from service.reviews.workflow import decide
from tests.support.site import Site
from tests.ui.conftest import Shoot, SignIn


@pytest.fixture
def lee(browser: Browser, site: Site, sign_in: SignIn) -> Iterator[Page]:
    """Another coder, in a browser of their own."""
    context = browser.new_context(base_url=site.url, viewport={"width": 1366, "height": 768})
    yield sign_in("lee", on=context.new_page())
    context.close()


def test_a_chart_somebody_has_open_says_who_and_is_read_only(
    site: Site, sign_in: SignIn, lee: Page, shoot: Shoot
) -> None:
    lee.goto("/charts/ot-hand")
    page = sign_in()

    page.goto("/charts/ot-hand")

    banner = page.get_by_role("region", name="Held by another coder")
    expect(banner).to_contain_text("lee holds this chart for 10 more minutes, until 08:10 UTC")
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)
    shoot(page, "review-held")
    banner.get_by_role("link", name="Review the next chart").click()
    expect(page.locator("main")).to_have_attribute("data-chart", "/charts/ot-stroke-daily")


def test_a_chart_is_free_as_soon_as_its_coder_goes_on(
    site: Site, sign_in: SignIn, lee: Page
) -> None:
    lee.goto("/charts/ot-hand")
    expect(lee.locator("[data-current]")).to_have_count(1)
    page = sign_in()
    page.goto("/charts/ot-hand")
    expect(page.get_by_role("region", name="Held by another coder")).to_be_visible()

    lee.keyboard.press("Shift+J")
    expect(lee.locator("main")).to_have_attribute("data-chart", "/charts/ot-stroke-daily")
    expect(lee.locator("#claim")).to_have_attribute("aria-busy", "false")
    page.get_by_role("link", name="Look again").click()

    expect(page.get_by_role("button", name="Accept 97018")).to_be_visible()


def test_a_lease_that_ended_is_noticed_with_the_next_decision(
    site: Site, sign_in: SignIn, lee: Page
) -> None:
    lee.goto("/charts/ot-hand")
    expect(lee.locator("[data-current]")).to_have_count(1)
    site.clock.forward(timedelta(minutes=15))
    page = sign_in()
    page.goto("/charts/ot-hand")
    expect(page.get_by_role("button", name="Accept 97018")).to_be_visible()

    lee.keyboard.press("a")

    expect(lee.get_by_role("region", name="Held by another coder")).to_contain_text("dana")
    expect(lee.locator("#line-1")).to_have_attribute("data-verdict", "")
    assert len(site.chart("ot-hand").state.review.undecided) == 4


def test_a_chart_is_taken_over_and_its_coder_is_told_with_a_choice(
    site: Site, sign_in: SignIn, lee: Page, shoot: Shoot
) -> None:
    lee.goto("/charts/ot-hand")
    expect(lee.locator("[data-current]")).to_have_count(1)
    site.clock.forward(timedelta(minutes=6))
    page = sign_in()
    page.goto("/charts/ot-hand")
    held = page.get_by_role("region", name="Held by another coder")
    expect(held).to_contain_text("lee holds this chart for 4 more minutes")

    held.get_by_role("button", name="Take over from lee").click()
    expect(page.get_by_role("button", name="Accept 97018")).to_be_visible()
    lee.keyboard.press("a")

    choice = lee.get_by_role("alert")
    expect(choice).to_contain_text("dana took this chart over from you at 08:06 UTC")
    expect(lee.locator("#line-1")).to_have_attribute("data-verdict", "")
    shoot(lee, "review-taken-over")
    assert site.chart("ot-hand").state.version == 0
    choice.get_by_role("button", name="Take it back; they will be told").click()
    expect(lee.get_by_role("button", name="Accept 97018")).to_be_visible()
    page.reload()
    expect(page.get_by_role("region", name="Held by another coder")).to_contain_text(
        "lee took this chart over from you"
    )


def test_a_chart_left_by_who_took_it_is_decided_on_all_the_same(
    site: Site, sign_in: SignIn, lee: Page
) -> None:
    lee.goto("/charts/ot-hand")
    expect(lee.locator("[data-current]")).to_have_count(1)
    with site.desk() as desk:
        take_over(desk, "ot-hand", by=site.id_of("dana"), track=Track.FIRST)
        desk.leases.release("ot-hand", Track.FIRST, site.id_of("dana"))

    lee.keyboard.press("a")
    choice = lee.get_by_role("alert")
    expect(choice).to_contain_text("Nothing was decided on it since.")
    choice.get_by_role("button", name="Do mine all the same").click()

    expect(lee.locator("#line-1")).to_have_attribute("data-verdict", "accepted")
    expect(lee.get_by_role("alert")).to_have_count(0)


def test_a_decision_on_what_has_changed_meanwhile_is_a_choice(
    site: Site, sign_in: SignIn, shoot: Shoot
) -> None:
    page = sign_in()
    page.goto("/charts/ot-hand")
    expect(page.locator("[data-current]")).to_have_count(1)
    _lee_accepts(site, "2")

    page.keyboard.press("x")
    page.keyboard.press("2")

    choice = page.get_by_role("alert")
    expect(choice).to_contain_text("lee accepted 97140 at 08:15 UTC")
    expect(page.locator("#line-1")).to_have_attribute("data-verdict", "")
    expect(page.locator("#line-2")).to_have_attribute("data-verdict", "accepted")
    shoot(page, "review-stale")
    choice.get_by_role("button", name="Do mine all the same").click()
    expect(page.locator("#line-1")).to_have_attribute("data-verdict", "rejected")
    expect(page.get_by_role("alert")).to_have_count(0)
    verdicts = [line.verdict for line in site.chart("ot-hand").state.review.lines]
    assert verdicts == [Verdict.REJECTED, Verdict.ACCEPTED, Verdict.PROPOSED]


def _lee_accepts(site: Site, key: str) -> None:
    """Dana's lease ends, and somebody else decides before she does."""
    site.clock.forward(timedelta(minutes=15))
    with site.storage.database.writing() as session:
        lee = Accounts(session).named("lee")
        assert lee is not None
        desk = desk_of(session, site.storage.keyring, site.clock(), site.settings)
        decide(desk, "ot-hand", Accept(keys=(key,)), by=lee.id, expected=None)
    site.clock.forward(timedelta(minutes=15))
