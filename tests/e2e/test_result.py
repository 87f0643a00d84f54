"""Stories of a visitor who wants to know how sure the result is."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.domain.outlook_rows import Outlook
from framework_picker.state.outlook import outlook_of
from tests.e2e.visitor import heading

pytestmark = pytest.mark.browser

Visit = Callable[[Page, str], None]

FEW = {"use": "api", "async": "decisive"}
LINK = routes.with_answers(routes.RESULT, FEW)
SPLIT = routes.with_answers(routes.RESULT, get_catalog().presets["microservices"].answers)


def name(slug: str) -> str:
    return get_catalog().alternatives[slug].name


def picture(page: Page, title: str) -> Locator:
    """The section with this heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True))


def look() -> Outlook:
    return outlook_of(FEW)


def test_the_smallest_change_is_tried_and_undone(page: Page, visit: Visit) -> None:
    visit(page, LINK)
    leader, smallest = name(look().leader), look().flips[0]
    expect(heading(page)).to_have_text(re.compile(f"^{leader} leads so far"))
    changes = picture(page, "The smallest changes")
    expect(changes.get_by_role("listitem").first).to_contain_text(smallest.sentence)

    changes.get_by_role("button", name=re.compile("^try")).first.click()

    expect(heading(page)).to_have_text(re.compile(f"^{name(smallest.leaders[0])} "))
    notice = f"{smallest.sentence} Before, {leader} did."
    expect(page.get_by_role("status").filter(has_text=notice)).to_be_visible()
    expect(changes).to_contain_text(notice)
    changed = FEW | dict(smallest.answers)
    expect(page).to_have_url(re.compile(re.escape(routes.answer_query(changed).split("&")[-1])))

    changes.get_by_role("button", name="Undo this change").click()

    expect(heading(page)).to_have_text(re.compile(f"^{leader} leads so far"))
    expect(page).to_have_url(re.compile(re.escape(LINK) + "$"))
    expect(changes).not_to_contain_text("Before, ")


def test_a_change_is_tried_by_keyboard(page: Page, visit: Visit) -> None:
    visit(page, LINK)
    button = page.get_by_role("button", name=f"try {look().flips[1].sentence}")
    button.focus()
    page.keyboard.press("Enter")

    expect(heading(page)).to_have_text(re.compile(f"^{name(look().flips[1].leaders[0])} "))


def test_every_picture_has_a_twin_in_words(page: Page, visit: Visit) -> None:
    visit(page, LINK)
    dots = picture(page, "In 100 plausible versions of you")
    image = dots.get_by_role("img")
    label = image.get_attribute("aria-label") or ""
    expect(image.locator("span")).to_have_count(100)
    for group in label.split(", "):
        expect(dots.get_by_role("listitem").filter(has_text=group)).to_be_visible()
    dots.get_by_text("As a table: how often on which place").click()
    expect(dots.get_by_role("row")).to_have_count(9)
    first = next(iter(look().standings.values()))
    expect(dots.get_by_role("row").nth(1)).to_contain_text(
        f"{name(first.slug)}{round(100 * first.first_share)} %"
    )

    ranges = picture(page, "What would change the winner")
    rows = ranges.get_by_role("list", name="Ranges of answers").get_by_role("listitem")
    ranges.get_by_text("As a table", exact=True).click()
    expect(ranges.get_by_role("row")).to_have_count(rows.count() + 1)

    against = page.locator("section").filter(has=page.get_by_label("Hold it against"))
    expect(against.get_by_label("Hold it against")).to_have_value(look().nearest_rival)
    expect(against).to_contain_text("every importance would have to be off at once")

    asking = picture(page, "Worth asking next")
    expect(asking.get_by_role("row")).to_have_count(1 + len(look().next_questions))


def test_a_question_worth_asking_opens_on_the_pick_page(page: Page, visit: Visit) -> None:
    visit(page, LINK)
    first = get_catalog().questions[look().next_question]

    picture(page, "Worth asking next").get_by_role("link", name=first.short, exact=True).click()

    expect(heading(page)).to_have_text(first.text)


def test_where_two_are_best_both_are_in_the_first_sentence(page: Page, visit: Visit) -> None:
    visit(page, SPLIT)
    found = outlook_of(dict(get_catalog().presets["microservices"].answers))

    expect(heading(page)).to_have_text(
        f"{name(found.leader)} is best for your answers as given, {name(found.split_with)} across "
        "what you might mean."
    )
    for title in (
        "Who should choose something else",
        "Unknowns worth checking first",
        "What other methods say",
    ):
        assert picture(page, title).get_by_role("listitem").count() >= 2
    expect(picture(page, "Worth asking next")).to_have_count(0)
