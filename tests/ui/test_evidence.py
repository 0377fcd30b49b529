"""The note and the claim point at each other, whatever characters the note has."""

from playwright.sync_api import Page, expect

from model.records import Encounter
from tests.support.site import Site
from tests.ui.conftest import SignIn


def test_words_light_up_with_their_line_and_lines_with_their_words(sign_in: SignIn) -> None:
    page = sign_in()
    page.goto("/charts/ot-stroke-daily")
    expect(page.locator("[data-current]")).to_have_count(1)

    page.locator("#line-2 .line-caption").hover()
    expect(page.locator('mark[data-owners~="line-2"][data-linked]').first).to_be_visible()
    expect(page.locator('mark[data-owners~="line-1"][data-linked]')).to_have_count(0)

    page.locator('mark[data-owners~="dx-d1"]').first.hover()
    expect(page.locator("#line-d1[data-linked]")).to_have_count(1)


def test_next_words_come_into_view_and_are_said(sign_in: SignIn) -> None:
    page = sign_in()
    page.goto("/charts/ot-hand")
    expect(page.locator("[data-current]")).to_have_count(1)

    page.keyboard.press("n")
    page.keyboard.press("n")

    expect(page.locator("#said")).to_have_text("minutes: 10")
    expect(page.locator("mark[data-shown]")).to_be_in_viewport()
    expect(page.locator("#line-1[data-current]")).to_have_count(1)


def test_selected_words_are_kept_to_the_character(site: Site, sign_in: SignIn) -> None:
    text = "\n🧠 Café\r\nDressing with 🪡 reacher, 23 min\r\n\r\nSigned\r\n"
    site.take_in(Encounter(id="odd characters/1", text=text))
    page = sign_in()
    page.goto("/charts/odd%20characters%2F1")
    expect(page.get_by_text("The note supports no line.")).to_be_visible()

    _select(page, "with 🪡 reacher")
    page.get_by_role("button", name="Add a line").click()
    page.get_by_role("textbox", name="Code").fill("97535")
    page.get_by_role("textbox", name="Units").fill("2")
    page.keyboard.press("Enter")

    expect(page.locator("#line-a1")).to_contain_text("added by hand")
    (found,) = site.chart("odd characters/1").state.review.lines[0].evidence
    assert found.span.of(text) == "with 🪡 reacher"
    expect(page.locator('mark[data-owners="line-a1"]')).to_have_text("with 🪡 reacher")


def test_a_note_of_fifty_thousand_characters_is_shown_whole(site: Site, sign_in: SignIn) -> None:
    text = "".join(f"{number:05d} reached to the shelf, four of five\n" for number in range(1250))
    site.take_in(Encounter(id="long", text=text))
    page = sign_in()

    page.goto("/charts/long")

    shown = page.locator("#note-text")
    expect(shown).to_contain_text("01249 reached")
    assert shown.evaluate("note => note.textContent") == text


def _select(page: Page, words: str) -> None:
    page.evaluate(
        """words => {
            const note = document.getElementById("note-text").firstChild;
            const start = note.data.indexOf(words);
            document.getSelection().setBaseAndExtent(note, start, note, start + words.length);
        }""",
        words,
    )
