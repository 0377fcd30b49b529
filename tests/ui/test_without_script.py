"""Every action is a form: the same work with scripts switched off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from model.records.review import OverrideReason
from tests.support.site import PASSWORD, Site
from tests.ui.conftest import Shoot


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(
        java_script_enabled=False, base_url=site.url, viewport={"width": 1366, "height": 768}
    )
    yield context
    context.close()


@pytest.fixture
def chart(page: Page, plain_sign_in: None) -> Page:
    page.get_by_role("link", name="ot-hand").click()
    return page


@pytest.fixture
def plain_sign_in(page: Page) -> None:
    page.goto("/worklist")
    page.get_by_label("Name").fill("dana")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_lines_are_accepted_rejected_and_the_claim_made_final(
    site: Site, chart: Page, shoot: Shoot
) -> None:
    chart.locator("#line-1").get_by_role("button", name="Accept").click()
    chart.locator("#line-2").get_by_role("button", name="Reject").click()
    expect(chart.get_by_role("heading", name="Reject 97140: why?")).to_be_visible()
    shoot(chart, "review-without-script")
    chart.get_by_role("button", name="It was not performed on this day").click()
    chart.locator("#line-3").get_by_role("button", name="Accept").click()
    chart.locator("#line-d1").get_by_role("button", name="Accept").click()
    chart.get_by_role("button", name="Finalize and next").click()

    expect(chart).to_have_url(f"{site.url}/charts/ot-stroke-daily?done=ot-hand&at=1.5")
    review = site.chart("ot-hand").state.review
    assert review.is_final
    assert [line.reason for line in review.lines] == [None, OverrideReason.NOT_PERFORMED, None]


def test_a_final_claim_is_taken_back(site: Site, chart: Page) -> None:
    for key in ("1", "2", "3", "d1"):
        chart.locator(f"#line-{key}").get_by_role("button", name="Accept").click()
    chart.get_by_role("button", name="Finalize and next").click()

    chart.get_by_role("button", name="Undo").click()

    expect(chart).to_have_url(f"{site.url}/charts/ot-hand")
    assert not site.chart("ot-hand").state.review.is_final


def test_an_edited_line_is_checked_before_it_is_saved(site: Site, chart: Page) -> None:
    chart.locator("#line-3").get_by_role("button", name="Edit").click()
    chart.get_by_role("textbox", name="Units").fill("4")
    chart.get_by_role("button", name="Check").click()
    expect(chart.locator("#drawer .finding").first).to_be_visible()

    chart.locator("#line-3").get_by_role("button", name="Edit").click()
    chart.get_by_role("textbox", name="Units").fill("2")
    chart.get_by_role("button", name="Save").click()

    expect(chart.locator("#line-3")).to_contain_text("proposed 1 units")
    assert site.chart("ot-hand").state.review.lines[2].units == 2


def test_a_line_is_added_with_words_of_the_note(site: Site, chart: Page) -> None:
    chart.get_by_role("button", name="Add a line").click()
    chart.get_by_label("Words of the note").fill("Needed verbal cues not to hike the shoulder")
    chart.get_by_role("textbox", name="Code").fill("97112")
    chart.get_by_role("textbox", name="Units").fill("1")
    chart.get_by_role("button", name="Add", exact=True).click()

    expect(chart.locator("#line-a1")).to_contain_text("added by hand")
    text = site.chart("ot-hand").reading.encounter.text or ""
    (found,) = site.chart("ot-hand").state.review.lines[3].evidence
    assert found.span.of(text) == "Needed verbal cues not to hike the shoulder"


def test_codes_are_found_and_a_leading_query_is_not_sent(site: Site, chart: Page) -> None:
    chart.get_by_role("button", name="Codes").click()
    chart.get_by_label("Code or words").fill("gait")
    chart.get_by_role("button", name="Search").click()
    expect(chart.locator("#drawer")).to_contain_text("97116")

    chart.get_by_role("button", name="Query").click()
    chart.get_by_label("Question").fill("You must have spent 30 minutes so that it is paid, right?")
    chart.get_by_role("button", name="Send the query").click()

    expect(chart.locator("#drawer")).to_contain_text("mentions payment")
    assert site.chart("ot-hand").state.review.queries == ()
