"""Stories of a visitor who compares frameworks and reads their profiles."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from house.server import AppServer

pytestmark = pytest.mark.browser

Visit = Callable[[Page, str], None]


def test_only_the_differences_are_left_and_the_address_says_so(page: Page, visit: Visit) -> None:
    visit(page, "/compare/?f=django,flask")
    rows = page.get_by_role("region", name="Comparison").locator("tbody th[scope=row]")
    before = rows.count()

    page.get_by_label("Only differences").check()

    expect(rows).not_to_have_count(before)
    kept = rows.count()
    assert 0 < kept < before
    expect(page.get_by_text(f"{kept} of {before} rows, those in which")).to_be_visible()
    expect(page).to_have_url(re.compile(r"f=django,flask&only=differences$"))


def test_a_framework_is_added_and_taken_out_by_keyboard_alone(page: Page, visit: Visit) -> None:
    visit(page, routes.link(routes.COMPARE))

    page.get_by_label("Add a framework").focus()
    page.keyboard.type("litestar")
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Litestar")).to_be_visible()
    expect(page).to_have_url(re.compile("litestar"))

    page.get_by_role("button", name="Remove Litestar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Litestar")).to_have_count(0)
    expect(page.get_by_label("Add a framework")).to_be_focused()


def test_a_cell_opens_to_its_source_and_date(page: Page, visit: Visit) -> None:
    visit(page, "/compare/?f=django,flask")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Installed size"))

    cell = row.get_by_role("button").first
    cell.focus()
    page.keyboard.press("Enter")

    receipt = page.locator("#receipt")
    expect(receipt).to_contain_text("Installed size, Django")
    expect(receipt).to_contain_text("measured for this catalog")
    expect(receipt).to_contain_text(re.compile(r"As of\s*\d{4}-\d\d-\d\d"))
    expect(cell).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(receipt).to_have_count(0)


def test_unknown_names_in_the_link_are_named(page: Page, visit: Visit) -> None:
    visit(page, "/compare/?f=django,zope,flask")

    expect(page.get_by_text("No framework here is called “zope”")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Flask").first).to_be_visible()


def test_the_selection_survives_a_killed_server(
    app: AppServer, new_visitor: Callable[..., Page], visit: Visit
) -> None:
    page = new_visitor()  # whose console may complain: the server is gone for a while
    visit(page, "/compare/?f=flask,sanic")
    page.get_by_role("button", name="Remove Sanic").click()
    expect(page).to_have_url(re.compile("f=flask$"))

    app.kill()
    app.start()
    page.get_by_label("Add a framework").fill("quart")
    page.get_by_role("button", name="Add", exact=True).click()

    expect(page.get_by_role("columnheader", name="Quart").first).to_be_visible(timeout=30_000)
    expect(page).to_have_url(re.compile("f=flask,quart$"))


def test_a_pair_says_what_replaces_what_in_both_directions(page: Page, visit: Visit) -> None:
    visit(page, routes.comparison(["flask", "django"]))
    expect(page).to_have_title(re.compile("^Flask or Django?"))
    page.get_by_role("link", name="Moving between Flask and Django").click()

    moving = page.locator("#moving")
    expect(moving.get_by_role("heading", name="Moving from Flask to Django")).to_be_in_viewport()
    expect(moving.get_by_role("heading", name="Moving from Django to Flask")).to_be_visible()
    migrations = moving.get_by_role("row").filter(has_text="Database migrations")
    expect(migrations).to_contain_text("Flask-Migrate")
    expect(migrations).to_contain_text("built in")
    migrations.get_by_role("button", name="Flask-Migrate").click()
    expect(page.get_by_role("dialog")).to_contain_text("Database migrations, Flask")
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(r"As of\s*\d{4}-\d\d-\d\d"))
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Remove Flask").click()
    expect(moving).to_have_count(0)
    expect(page).to_have_title(re.compile("^Compare Python web frameworks"))


def test_a_pair_is_named_before_scripts_run(new_visitor: Callable[..., Page]) -> None:
    page = new_visitor(java_script_enabled=False)

    page.goto(routes.comparison(["reflex", "streamlit"]))

    expect(page).to_have_title(re.compile("^Reflex or Streamlit?"))
    description = page.locator("meta[name=description]")
    expect(description).to_have_attribute("content", re.compile("^Reflex and Streamlit side by"))
    assert "Moving from Streamlit to Reflex" in page.content()


def test_the_charts_are_drawn_and_have_their_table(page: Page, visit: Visit) -> None:
    visit(page, routes.framework("django"))

    expect(page.locator(".chart .scatterlayer .js-line").first).to_be_visible(timeout=30_000)
    assert page.locator(".chart").count() == 3
    page.get_by_text("The same numbers as a table").click()
    expect(page.get_by_role("region", name="Readings by month")).to_be_visible()


def test_the_profile_can_be_read_without_scripts(new_visitor: Callable[..., Page]) -> None:
    page = new_visitor(java_script_enabled=False)

    page.goto(routes.framework("flask"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Flask")
    line = page.get_by_role("group").filter(has_text=re.compile("^Installed size"))
    line.click()
    expect(line).to_contain_text("measured for this catalog")
    expect(line.get_by_text("As of")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chart_lines_take_the_colours_of_the_theme(
    new_visitor: Callable[..., Page], visit: Visit, scheme: str
) -> None:
    page = new_visitor(color_scheme=scheme)
    visit(page, routes.framework("flask"))
    line = page.locator(".chart .js-line").first
    expect(line).to_be_visible(timeout=30_000)

    stroke, accent = page.evaluate(
        """() => {
          const probe = document.createElement("i");
          probe.style.color = "var(--accent)";
          document.body.append(probe);
          const line = document.querySelector(".chart .js-line");
          return [getComputedStyle(line).stroke, getComputedStyle(probe).color];
        }"""
    )

    assert stroke == accent


def test_an_unknown_address_leads_onward(new_visitor: Callable[..., Page]) -> None:
    page = new_visitor()

    answer = page.goto("/no/such/page")

    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page at this address.")
    page.get_by_role("link", name="Compare frameworks").click()
    expect(page).to_have_url(re.compile(r"/compare/$"))


def test_every_profile_has_a_title_of_its_own(page: Page) -> None:
    titles = set()
    for slug in get_catalog().alternatives:
        page.goto(routes.framework(slug), wait_until="commit")
        titles.add(page.title())

    assert len(titles) == len(get_catalog().alternatives)
