"""Stories of the Benchmarks page: choose, take along, share; what links must not do."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from house.server import AppServer
from tests.e2e.visitor import download, heading, refresh, visit

pytestmark = pytest.mark.browser

ADDRESS = "/benchmarks/"


def published(page: Page) -> Locator:
    """The panel of what others published."""
    return page.locator("#published")


def rows(panel: Locator) -> Locator:
    """The rows of a panel's chart."""
    return panel.locator("figure > ul > li")


def query(page: Page) -> dict[str, list[str]]:
    """The parameters of the address."""
    return parse_qs(urlsplit(page.url).query)


def test_a_published_chart_is_chosen_shared_and_found_again(page: Page) -> None:
    visit(page, ADDRESS)
    panel = published(page)
    panel.get_by_label("Which sources").select_option("Everything but grade D")
    expect(panel.get_by_role("option", name=re.compile("grade C")).first).to_be_attached()

    panel.get_by_label("Source and date").select_option("the-benchmarker-web-frameworks-2024-12-31")

    title = panel.get_by_role("heading", level=3)
    expect(title).to_contain_text("the-benchmarker, 2024-12-31")
    expect(panel.get_by_text("Connections kept open.")).to_be_visible()
    expect(page).to_have_url(re.compile("from=the-benchmarker-web-frameworks-2024-12-31"))
    assert query(page)["sources"] == ["all"]
    names = rows(panel).all_inner_texts()

    refresh(page)

    expect(title).to_contain_text("the-benchmarker, 2024-12-31")
    assert rows(panel).all_inner_texts() == names


def test_techempower_is_marked_as_history(page: Page) -> None:
    visit(page, f"{ADDRESS}?from=techempower-tfb-2019-12-11")

    expect(published(page).get_by_text(re.compile("2026-03-24")).first).to_be_attached()
    expect(published(page).get_by_text(re.compile("archived that day"))).to_be_visible()


def test_two_opposite_sources_are_explained_with_their_rows(page: Page) -> None:
    visit(page, ADDRESS)

    table = page.locator("#opposite").get_by_role("table", name="Published", exact=True)
    expect(table.get_by_role("row").nth(1)).to_contain_text("40.3×")
    expect(table.get_by_role("row").nth(2)).to_contain_text("0.993×")
    expect(table.get_by_role("row").nth(2)).to_contain_text("a new connection for every request")


def test_a_pair_is_counted_over_all_sources(page: Page) -> None:
    visit(page, ADDRESS)
    panel = page.locator("#pair")

    panel.get_by_label("Is this one").select_option("FastAPI")

    expect(panel.get_by_role("heading", name="Benchmarks: who is ahead")).to_have_text(
        "Benchmarks: who is ahead, FastAPI or Flask"
    )
    expect(page).to_have_url(re.compile(r"\?a=fastapi$"))
    line = panel.locator("details").first
    line.locator("summary").click()
    expect(line).to_contain_text("requests a second")


def test_the_articles_table_leads_to_the_claims(page: Page) -> None:
    visit(page, ADDRESS)

    line = page.locator("#articles").get_by_role("row").filter(has_text="JSON")
    expect(line).to_contain_text(re.compile(r"32\s000 / 45\s000"))
    expect(line).to_contain_text("None could be found")
    line.get_by_role("link", name="Claim C074").click()

    expect(page).to_have_url(re.compile("/evidence/C074/"))
    expect(heading(page)).to_contain_text("45,000")


def test_a_link_of_nonsense_shows_the_page_and_says_what_was_left_out(page: Page) -> None:
    visit(page, f"{ADDRESS}?from=nobody&peak=NaN&colour=<script>alert(1)</script>&scale=log")

    notice = page.get_by_role("status").filter(has_text="left out")
    expect(notice.get_by_role("listitem")).to_have_count(3)
    expect(published(page).get_by_text(re.compile("a logarithmic scale"))).to_be_visible()
    notice.get_by_role("button", name="Dismiss").click()
    expect(notice).to_have_count(0)


@pytest.mark.parametrize("kind", ["CSV", "SVG", "PNG"])
def test_a_chart_is_taken_along_with_its_source_inside(
    page: Page, app: AppServer, kind: str
) -> None:
    visit(page, f"{ADDRESS}?from=techempower-tfb-2019-12-11&f=flask,django")
    saved = download(published(page).get_by_role("link", name=kind, exact=True))
    content = saved.path().read_bytes()

    assert saved.suggested_filename == f"benchmark-published-2019-12-11.{kind.lower()}"
    if kind == "PNG":
        assert content.startswith(b"\x89PNG")
        return
    text = content.decode()
    assert "TechEmpower 2019" in text
    assert "2019-12-11" in text
    assert f"{app.url}{ADDRESS}?" in text.replace("&amp;", "&")
    if kind == "CSV":
        assert {row["slug"] for row in csv.DictReader(io.StringIO(text))} <= {"flask", "django"}


def test_the_five_links_of_the_header_fit_on_one_line_of_a_small_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    visit(page, ADDRESS)

    links = page.get_by_role("navigation", name="Pages").get_by_role("link")
    assert links.all_inner_texts() == ["Pick", "Compare", "Benchmarks", "Evidence", "Method"]
    tops = {round(box["y"]) for link in links.all() if (box := link.bounding_box())}
    assert len(tops) == 1
    expect(links.nth(2)).to_have_attribute("aria-current", "page")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_measured_chart_is_chosen_narrowed_shared_and_found_again(page: Page) -> None:
    visit(page, ADDRESS)
    panel = page.locator("#measured")

    panel.get_by_label(re.compile("^Measure")).select_option("Microseconds per request")
    panel.get_by_label(re.compile("^Server")).select_option("the same for all")
    panel.locator("summary", has_text="Frameworks: all").click()
    panel.get_by_role("button", name="Flask", exact=True).click()
    panel.get_by_role("button", name="FastAPI", exact=True).click()

    title = panel.get_by_role("heading", level=3)
    expect(title).to_have_text("Microseconds per request: JSON")
    shown = panel.get_by_role("list", name="Microseconds per request: JSON")
    expect(shown.get_by_role("link", name="FastAPI")).to_be_visible()
    expect(shown.get_by_role("link", name="Django")).to_have_count(0)
    expect(shown.get_by_text("µs").first).to_be_visible()
    expect(page).to_have_url(re.compile("f=flask,fastapi"))
    assert query(page) == {"show": ["time"], "server": ["same"], "f": ["flask,fastapi"]}
    rows_before = shown.get_by_role("listitem").all_inner_texts()

    refresh(page)

    expect(title).to_have_text("Microseconds per request: JSON")
    assert shown.get_by_role("listitem").all_inner_texts() == rows_before
    panel.locator("summary", has_text="The same numbers as a table").click()
    table = panel.get_by_role("region", name="Microseconds per request: JSON")
    expect(table.get_by_role("row").filter(has_text="Flask")).to_contain_text("µs")
    panel.get_by_role("button", name="Start over").click()
    expect(title).to_have_text("Requests per second: JSON")
    expect(page).to_have_url(re.compile(r"/benchmarks/$"))


def test_the_planner_answers_while_one_types(page: Page) -> None:
    visit(page, ADDRESS)
    panel = page.locator("#planner")
    cores = panel.locator("dl")

    panel.get_by_label("Requests per second at the peak").fill("20000")
    panel.get_by_label("Your price for a core and month").fill("10")
    expect(cores).to_contain_text("a month")
    expect(page).to_have_url(re.compile("peak=20000"))
    panel.get_by_label("Of these, pages from a database (%)").fill("many")

    expect(panel.get_by_role("alert")).to_have_text("“many” is no number from 0 to 100.")
    expect(panel.get_by_text("The database usually decides.")).to_be_visible()


def test_a_profile_and_a_result_lead_to_the_figures_behind_them(page: Page) -> None:
    visit(page, "/frameworks/flask/")
    page.locator("#speed").get_by_role("link", name="JSON", exact=True).click()
    expect(page).to_have_url(re.compile(r"/benchmarks/\?test=json&server=\w+&f=flask#measured"))
    expect(page.locator("#measured").get_by_role("list", name=re.compile("JSON"))).to_contain_text(
        "Flask"
    )

    visit(page, "/result/?use=api&load=lot")
    section = page.locator("#performance")
    expect(section.get_by_role("row").nth(1)).to_contain_text("µs")
    expect(section).to_contain_text("The database usually decides")
    section.get_by_role("link", name="All tests, with every round").click()
    expect(page).to_have_url(re.compile(r"/benchmarks/\?show=time"))
