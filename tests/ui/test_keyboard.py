"""The whole work by keyboard, typed without a pause."""

import pytest
from playwright.sync_api import Page, expect

from model.records.review import OverrideReason, Verdict
from tests.support.site import Site
from tests.ui.conftest import Shoot, SignIn


def typed(page: Page, keys: str) -> None:
    """Press keys one after the other as fast as they are taken."""
    for key in keys.split():
        page.keyboard.press(key)


def opened(page: Page, encounter_id: str) -> None:
    """Wait for a chart to be shown."""
    expect(page.locator("main[data-chart]")).to_have_attribute(
        "data-chart", f"/charts/{encounter_id}"
    )
    expect(page.locator("[data-current]")).to_have_count(1)


def verdicts(site: Site, encounter_id: str) -> list[str]:
    return [entry.verdict.value for entry in site.chart(encounter_id).state.review.entries]


def test_five_notes_are_reviewed_and_made_final_without_a_mouse(
    site: Site, sign_in: SignIn, shoot: Shoot
) -> None:
    page = sign_in()

    page.keyboard.press("Enter")
    opened(page, "pt-eval")
    typed(page, "a a a Control+Enter")
    opened(page, "ot-hand")
    typed(page, "a x 5 a a Control+Enter")
    opened(page, "ot-stroke-daily")
    typed(page, "g Control+Enter")
    opened(page, "ota-dressing")
    typed(page, "m")
    page.keyboard.type("GO CO")
    typed(page, "Enter j a a a Control+Enter")
    opened(page, "pt-knee")
    typed(page, "a x 4 a a Control+Enter")
    opened(page, "slp-aphasia")

    shoot(page, "review-next")
    finals = ("pt-eval", "ot-hand", "ot-stroke-daily", "ota-dressing", "pt-knee")
    assert [site.chart(name).state.review.is_final for name in finals] == [True] * 5
    assert verdicts(site, "pt-eval") == ["accepted"] * 3
    assert verdicts(site, "ot-hand") == ["accepted", "rejected", "accepted", "accepted"]
    assert verdicts(site, "ota-dressing") == ["changed", "accepted", "accepted", "accepted"]
    assert verdicts(site, "pt-knee") == ["accepted", "rejected", "accepted", "accepted"]


def test_keys_typed_fast_act_on_the_row_they_were_meant_for(site: Site, sign_in: SignIn) -> None:
    page = sign_in()
    page.goto("/charts/ot-hand")
    expect(page.locator("[data-current]")).to_have_attribute("data-key", "1")

    typed(page, "j j x 2")

    third = page.locator("#line-3")
    expect(third).to_have_attribute("data-verdict", "rejected")
    expect(page.locator("#claim")).to_contain_text("Rejected: It was not performed on this day")
    expect(page.locator("#claim")).to_have_attribute("aria-busy", "false")
    state = site.chart("ot-hand").state.review
    assert [line.verdict for line in state.lines] == [
        Verdict.PROPOSED,
        Verdict.PROPOSED,
        Verdict.REJECTED,
    ]
    assert state.lines[2].reason is OverrideReason.NOT_PERFORMED


def test_units_typed_up_and_down_end_where_they_were_shown(site: Site, sign_in: SignIn) -> None:
    page = sign_in()
    page.goto("/charts/ot-stroke-daily")
    units = page.locator("#line-1 [data-units]")
    expect(units).to_have_text("2")

    typed(page, "+ + + -")

    expect(units).to_have_text("4")
    expect(page.locator("#line-1")).to_contain_text("proposed 2 units")
    expect(page.locator("#line-1 .finding")).not_to_have_count(0)
    assert site.chart("ot-stroke-daily").state.review.lines[0].units == 4


def test_a_final_claim_is_taken_back_from_the_next_chart(site: Site, sign_in: SignIn) -> None:
    page = sign_in()
    page.goto("/charts/ot-stroke-daily")
    expect(page.locator("[data-current]")).to_have_count(1)
    typed(page, "g Control+Enter")
    opened(page, "ota-dressing")

    page.keyboard.press("Control+z")

    opened(page, "ot-stroke-daily")
    expect(page.locator("#claim-head .chip")).to_have_text("Being amended")
    assert not site.chart("ot-stroke-daily").state.review.is_final


def test_what_is_open_is_named_and_a_reason_passes_over_it(site: Site, sign_in: SignIn) -> None:
    page = sign_in()
    page.goto("/charts/ot-stroke-daily")
    expect(page.locator("[data-current]")).to_have_count(1)

    typed(page, "a Control+Enter")
    expect(page.get_by_role("heading", name="Not all is decided")).to_be_visible()
    typed(page, "1")

    opened(page, "ota-dressing")
    assert verdicts(site, "ot-stroke-daily") == ["accepted", "rejected", "rejected"]


def test_a_decision_that_cannot_be_kept_is_said_and_keys_rest(site: Site, sign_in: SignIn) -> None:
    page = sign_in()
    page.goto("/charts/ot-hand")
    expect(page.locator("[data-current]")).to_have_count(1)
    page.route("**/accept", lambda route: route.abort())

    typed(page, "a")
    expect(page.get_by_role("alert")).to_contain_text("Not saved: the service cannot be reached.")
    typed(page, "x 2")
    page.get_by_role("link", name="Load the chart again").click()

    expect(page.locator("#line-1")).to_have_attribute("data-verdict", "")
    assert len(site.chart("ot-hand").state.review.undecided) == 4


def test_keys_rest_while_somebody_types(site: Site, sign_in: SignIn) -> None:
    page = sign_in()
    page.goto("/charts/ot-hand")
    expect(page.locator("[data-current]")).to_have_count(1)

    typed(page, "c")
    page.keyboard.type("a jax kept her awake 1 2 3")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#chart-actions")).to_contain_text("Undo")
    review = site.chart("ot-hand").state.review
    assert [remark.text for remark in review.comments] == ["a jax kept her awake 1 2 3"]
    assert len(review.undecided) == 4


@pytest.mark.parametrize("through", ["switch", "another key"])
def test_single_letters_can_be_switched_off_or_changed(
    site: Site, sign_in: SignIn, through: str
) -> None:
    page = sign_in()
    page.goto("/charts/ot-hand")
    expect(page.locator("[data-current]")).to_have_count(1)
    page.keyboard.press("?")
    if through == "switch":
        page.get_by_label("Use single-letter keys").uncheck()
    else:
        page.get_by_role("button", name="Change the key for: Accept, and on").click()
        page.keyboard.press("y")
        expect(page.locator("[data-keys-said]")).to_have_text("The key is now Y.")
    page.keyboard.press("Escape")

    page.keyboard.press("a")
    page.keyboard.press("y")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", name="Not all is decided")).to_be_visible()
    decided = 0 if through == "switch" else 1
    assert len(site.chart("ot-hand").state.review.undecided) == 4 - decided
