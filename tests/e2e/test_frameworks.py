"""Stories of a visitor who looks through all frameworks."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from framework_picker import routes
from framework_picker.catalog.current import get_catalog

pytestmark = pytest.mark.browser

Visit = Callable[[Page, str], None]

LIST = routes.link(routes.FRAMEWORKS)


def names(page: Page) -> Locator:
    """The names of the frameworks, in the order of the list."""
    return page.locator("th[scope=row] > a")


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("columnheader", name=name)


def field(page: Page, name: str) -> Locator:
    """A field to choose from."""
    return page.get_by_role("combobox", name=name, exact=True)


def test_a_column_sorts_turns_around_and_survives_a_reload(page: Page, visit: Visit) -> None:
    visit(page, LIST)
    stars = heading(page, "GitHub stars")
    expect(stars).to_have_attribute("aria-sort", "none")

    stars.get_by_role("button").focus()
    page.keyboard.press("Enter")

    expect(stars).to_have_attribute("aria-sort", "descending")
    expect(names(page).first).to_have_text("FastAPI")
    expect(page).to_have_url(re.compile(r"\?sort=stars$"))
    page.keyboard.press("Enter")
    expect(stars).to_have_attribute("aria-sort", "ascending")
    expect(names(page).last).to_have_text("Solara")  # not verified: last in either direction

    visit(page, page.url)
    expect(stars).to_have_attribute("aria-sort", "ascending")
    expect(names(page).last).to_have_text("Solara")


def test_the_list_is_narrowed_and_every_value_opens_to_its_source(page: Page, visit: Visit) -> None:
    visit(page, LIST)
    field(page, "Made for").select_option("sites")
    field(page, "Licence").select_option("BSD")

    expect(names(page)).to_have_text(["Django", "Flask"])
    expect(page).to_have_url(re.compile("made=sites&licence=BSD$"))
    expect(page.get_by_text("2 of 29 frameworks")).to_be_visible()

    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Flask"))
    row.get_by_role("button", name="2026-02-19").click()
    receipt = page.get_by_role("dialog")
    expect(receipt).to_contain_text("Date of the newest release, Flask")
    expect(receipt).to_contain_text("Python package index")
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Show all, as at first").click()
    expect(names(page)).to_have_count(len(get_catalog().alternatives))
    expect(page).to_have_url(re.compile(f"{LIST}$"))
    expect(field(page, "Made for")).to_have_value("")


def test_on_a_phone_the_list_is_sorted_by_a_field_and_fits(
    new_visitor: Callable[..., Page], visit: Visit
) -> None:
    page = new_visitor(viewport={"width": 360, "height": 740})
    visit(page, LIST)

    field(page, "Order").select_option("name")
    expect(names(page).first).to_have_text("aiohttp")
    page.get_by_role("button", name="Other end first").click()
    expect(names(page).first).to_have_text("WordPress")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_the_list_is_a_table_to_read(new_visitor: Callable[..., Page]) -> None:
    page = new_visitor(java_script_enabled=False)

    page.goto(LIST)

    expect(names(page)).to_have_count(len(get_catalog().alternatives))
    row = page.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name="Django full-stack")
    )
    for words in ("6.1.3", "2026-11-03", "31 releases", "3.12 to 3.15", "17 months", "foundation"):
        expect(row).to_contain_text(words)


def test_on_paper_the_values_stand_and_the_fields_are_gone(page: Page, visit: Visit) -> None:
    visit(page, LIST)
    page.emulate_media(media="print")

    django = page.get_by_role("row").filter(has=page.get_by_role("link", name="Django", exact=True))
    expect(django.get_by_text("2026-11-03")).to_be_visible()
    expect(heading(page, "GitHub stars").get_by_role("button")).to_be_visible()
    expect(field(page, "Made for")).to_be_hidden()


def test_the_profile_says_what_articles_say_and_leads_to_the_claims(
    page: Page, visit: Visit
) -> None:
    visit(page, routes.framework("flask"))
    section = page.locator("#claims")
    expect(section.get_by_role("heading", level=3)).to_contain_text("checkable claims about Flask")

    section.get_by_role("link", name=re.compile(r"^contradicted \d+$")).click()

    expect(page).to_have_url(re.compile("framework=flask&verdict=contradicted"))
    expect(page.get_by_role("heading", name="All claims")).to_be_visible()
    expect(field(page, "Framework").last).to_have_value("flask")
