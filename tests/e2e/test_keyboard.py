"""Stories of a visitor who uses the keyboard alone."""

import re
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Locator, Page, expect

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.model import Option
from framework_picker.state.ranking import evaluation_of
from tests.e2e.visitor import expect_answers, heading, option, question_on_screen, visit

pytestmark = pytest.mark.browser

MOST_STOPS = 900

FOCUS = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const words = (focused.getAttribute("aria-label") || focused.textContent).trim().slice(0, 40);
  const here = { what: `${focused.tagName} ${focused.id} ${words}`, fault: "" };
  // A radio button's ring is drawn around its card.
  const ringed = [focused, focused.closest("label")].find((place) => {
    const { outlineStyle, outlineWidth, outlineColor } = place ? getComputedStyle(place) : {};
    return place && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 &&
      !/, 0\\)|transparent/.test(outlineColor);
  });
  if (!ringed) return { ...here, fault: "no ring" };
  const [box] = ringed.getClientRects();
  if (!box || box.width < 8 || box.height < 8) return { ...here, fault: "too small to be seen" };
  const x = Math.max(0, box.left) + Math.min(box.width, 12) / 2;
  // Of what is taller than the screen, a part is shown.
  const y = Math.max(0, box.top) + Math.min(box.height, 12) / 2;
  const shown = document.elementFromPoint(x, y);
  const isShown = shown && (ringed.contains(shown) || shown.contains(ringed));
  return isShown ? here : { ...here, fault: `not on the screen: ${Math.round(box.top)}` };
}"""


def tab(page: Page) -> None:
    """Go one stop further; wherever that is, it can be seen."""
    page.keyboard.press("Tab")
    found = page.evaluate(FOCUS)
    assert found is None or found["fault"] == "", f"{found['fault']}: {found['what']}"


def tab_to(page: Page, target: Locator) -> None:
    """Go on until this has the focus."""
    for _ in range(MOST_STOPS):
        tab(page)
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {target}")


def stops(page: Page) -> Iterator[str]:
    """What the Tab key comes to on a page, from its beginning to its end."""
    first = None
    for _ in range(MOST_STOPS):
        tab(page)
        found = page.evaluate(FOCUS)
        if found is None or found["what"] == first:
            return
        first = first or found["what"]
        yield found["what"]
    pytest.fail("the keyboard never leaves this page")


def expect_picked(page: Page, picked: Option, given: Mapping[str, str]) -> None:
    """The answer is marked, has the focus, and has reached the address with all the others."""
    expect(option(page, picked.label)).to_be_checked()
    expect(option(page, picked.label)).to_be_focused()
    expect_answers(page, given)


def test_a_whole_run_from_the_first_question_to_the_result(page: Page) -> None:
    visit(page, "/")

    tab(page)
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    question = question_on_screen(page)
    tab_to(page, option(page, question.options[0].label))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    given = {question.id: question.options[1].id}
    expect_picked(page, question.options[1], given)
    onward = page.get_by_role("button", name="Next")
    while onward.is_visible():
        tab_to(page, onward)
        page.keyboard.press("Enter")
        expect(heading(page)).not_to_have_text(question.text)
        question = question_on_screen(page)
        expect(heading(page)).to_be_focused()
        page.keyboard.press("3")
        given[question.id] = question.options[2].id
        expect_picked(page, question.options[2], given)
    assert len(given) > 3
    questions = page.get_by_role("region", name="Questions")
    tab_to(page, questions.get_by_role("link", name="See the result"))
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/result/"))
    winner = get_catalog().alternatives[evaluation_of(given).ranking[0].slug]
    expect(heading(page)).to_contain_text(winner.name)
    expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize(
    "address",
    [
        "/?use=api&admin=must&scope=open",
        "/result/?use=api&admin=must&scope=open",
        "/compare/?f=django,flask",
        "/frameworks/",
        "/frameworks/flask/",
        "/method/",
        "/evidence/?check=FastAPI+is+faster+than+Flask&q=async",
        "/evidence/C069/",
        "/benchmarks/",
    ],
)
def test_every_stop_of_the_keyboard_can_be_seen(page: Page, address: str) -> None:
    visit(page, address)
    expect(heading(page)).to_be_visible()  # a claim's page is drawn by its scripts

    passed = list(stops(page))

    assert "Skip to the content" in passed[0]
    assert "JSON API" in passed[-1]
    assert len(passed) > 10


@pytest.mark.parametrize(
    "address", ["/?nonsense=1", "/frameworks/?nonsense=1", "/compare/?f=nobody"]
)
def test_closing_a_notice_keeps_the_keyboard_on_the_page(page: Page, address: str) -> None:
    visit(page, address)
    close = page.get_by_role("status").get_by_role("button", name="Close")
    close.focus()
    page.keyboard.press("Enter")

    expect(close).to_have_count(0)
    expect(page.locator("#content")).to_be_focused()
