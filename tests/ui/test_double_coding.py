"""Two people code a chart blind, a third settles what differs: with a browser."""

from playwright.sync_api import Page, expect

from service.reviews.records import Track
from tests.support.site import Site
from tests.support.twice import CHART, REMARK, code_first, coded_twice
from tests.ui.conftest import Shoot, SignIn


def test_the_second_coder_finds_it_and_sees_nothing_of_the_first(
    site: Site, sign_in: SignIn, shoot: Shoot
) -> None:
    site.give_second(CHART, "lee")
    code_first(site)
    page = sign_in("lee")
    expect(page.locator("main")).to_contain_text("1 to code a second time, blind")
    expect(page.get_by_role("link", name=CHART, exact=True)).to_have_count(0)
    shoot(page, "worklist-twice")

    page.get_by_role("link", name="Show them").click()
    page.get_by_role("link", name=f"Code it {CHART}").click()

    expect(page.locator("main")).to_have_attribute("data-chart", f"/second/{CHART}")
    expect(page.locator("[data-verdict-words]").first).to_have_text("not decided")
    html = page.content()
    assert [word for word in ("dana", REMARK, "History", "proposed 1 units") if word in html] == []
    shoot(page, "second-coding")


def test_the_second_coder_decides_by_keys_and_comes_back_to_the_list(
    site: Site, sign_in: SignIn
) -> None:
    site.give_second(CHART, "lee")
    code_first(site)
    page = sign_in("lee")
    page.goto(f"/second/{CHART}")
    expect(page.locator("[data-current]")).to_have_count(1)

    for _ in range(4):
        page.keyboard.press("a")
    expect(page.locator("#claim")).to_have_attribute("aria-busy", "false")
    page.keyboard.press("Control+Enter")

    expect(page).to_have_url(f"{site.url}/double")
    expect(page.locator("main")).to_contain_text("Nobody asked you to code")
    review = site.chart(CHART, Track.SECOND).state.review
    assert (review.is_final, [line.units for line in review.lines]) == (True, [1, 1, 1])
    assert [line.units for line in site.chart(CHART).state.review.lines] == [1, 1, 2]


def test_a_third_sees_both_claims_and_settles_each_difference(
    site: Site, enter: SignIn, shoot: Shoot
) -> None:
    coded_twice(site)
    page = enter("ruth")
    expect(page.locator("main")).to_contain_text("1 coded twice and to be settled")
    page.goto("/double")
    page.get_by_role("link", name=f"Compare {CHART}").click()
    shoot(page, "compare-light")

    expect(page.locator("#claims-title + .chip")).to_have_text("3 differences")
    expect(page.locator(".pair[data-differs]")).to_have_count(3)
    expect(page.locator(".unlike")).to_have_text(
        ["Rejected: It needed no therapist's skill", "2 units", "1 unit", "GO", "59 GO"],
        use_inner_text=True,
    )
    assert [name for name in ("dana", "lee") if name in page.locator("main").inner_text()] == []
    _choose(page, "Is 97018 on the claim?", "Second coder: not on the claim")
    _choose(page, "Units of 97110", "First coder: 2")
    _choose(page, "Modifiers of 97140", "First coder: GO")
    page.get_by_label("Why it is settled this way").fill("paraffin is bundled on this day")
    shoot(page, "compare-chosen")
    page.get_by_role("button", name="Settle and make final").click()
    expect(page.get_by_role("alert")).to_contain_text("open points")
    shoot(page, "compare-open-points")
    for asked, chosen in (("Units of 97110", "First coder: 2"), ("Modifiers of 97140", "GO")):
        group = page.get_by_role("group", name=asked)
        expect(group.get_by_role("radio", name=chosen).first).to_be_checked()
    page.get_by_label("Make it final all the same").check()
    page.get_by_role("button", name="Settle and make final").click()

    expect(page.get_by_role("status").first).to_contain_text(f"{CHART} is settled")
    review = site.chart(CHART, Track.ADJUDICATION).state.review
    lines = {line.code: (line.units, line.modifiers) for line in review.claim_lines()}
    assert lines == {"97140": (1, ("GO",)), "97110": (2, ("GO",))}


def test_words_that_prove_a_side_are_shown_in_the_note(site: Site, enter: SignIn) -> None:
    coded_twice(site)
    page = enter("ruth")
    page.goto(f"/compare/{CHART}")

    page.locator(".side .words").first.click()

    expect(page.locator("mark:target, span:target + mark").first).to_be_in_viewport()


def test_where_neither_is_right_it_is_settled_in_the_review_screen(
    site: Site, enter: SignIn
) -> None:
    coded_twice(site)
    page = enter("ruth")
    page.goto(f"/compare/{CHART}")

    page.get_by_role("link", name="Neither: settle it in the review screen").click()

    expect(page.locator("main")).to_have_attribute("data-chart", f"/settle/{CHART}")
    expect(page.get_by_role("button", name="Accept 97018")).to_be_visible()


def test_an_auditor_gives_a_drawn_sample_out(site: Site, enter: SignIn, shoot: Shoot) -> None:
    page = enter("ruth")
    page.goto("/double")
    page.get_by_label("By whom").select_option(label="lee")
    page.get_by_label("Charts").fill("3")
    page.get_by_label("Seed of the draw").fill("may")
    page.get_by_role("button", name="Draw").click()

    expect(page.get_by_role("status").first).to_contain_text("3 charts given out")
    lee = enter("lee", on=page.context.browser.new_page(base_url=site.url))  # type: ignore[union-attr]
    lee.goto("/double")
    expect(lee.get_by_role("link", name="Code it")).to_have_count(3)
    shoot(lee, "double")
    lee.close()


def _choose(page: Page, asked: str, chosen: str) -> None:
    group = page.get_by_role("group", name=asked)
    group.get_by_role("radio", name=chosen).check()
