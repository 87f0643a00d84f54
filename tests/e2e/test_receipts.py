"""Nothing on any page without source and date: a walk over every number that can be seen.

A number is backed when it stands

- in something that opens its receipt (``data-receipt``, or a cell that opens one below its row),
  or in the same row of a table or list as such a value;
- in a receipt itself (``data-receipt-body``), which must name a date, or say that nothing is
  verified; or in the line that opens one;
- in a part of the page that says where its numbers come from (``data-origin``): a place on the
  same page that holds receipts or names files and a date, or a section of the method page, to
  which the page then has a link.

Headings of columns, labels of fields, code and ``data-label`` (names, counts of what stands right
there, marks of a scale) are no values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from house.server import AppServer
from tests.e2e import visitor

pytestmark = pytest.mark.browser

Visit = Callable[[Page, str], None]

ANSWERS = "use=site&admin=must&people=lot&learning=somewhat"
PAGES = (
    "/",
    f"/?{ANSWERS}",
    "/result/",
    f"/result/?{ANSWERS}",
    "/result/?use=api&async=decisive",
    routes.link(routes.COMPARE),
    routes.comparison(("flask", "django")),
    routes.comparison(("fastapi", "litestar")),
    routes.link(routes.FRAMEWORKS),
    routes.link(routes.BENCHMARKS),
    routes.link(routes.DECISIONS),
    *(routes.framework(slug) for slug in get_catalog().alternatives),
    routes.link(routes.EVIDENCE),
    f"{routes.link(routes.EVIDENCE)}?check=FastAPI+is+3+times+as+fast+as+Flask",
    routes.claim("C069"),
    routes.link(routes.METHOD),
    "/no/such/page",
)
"""Every page. A new page is added here; what programs get is in ``tests/audit/documents.py``."""

WITHOUT_NUMBERS = ("/result/", routes.link(routes.DECISIONS), "/no/such/page")
"""Before anybody has answered or saved anything, and where there is no page."""

NUMBERS_WITHOUT_RECEIPT = """
() => {
  const main = document.querySelector("main");
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const LABELS = "script, style, noscript, pre, code, kbd, option, label, legend, thead th," +
    "th[scope=col], th[scope=rowgroup], [role=status]:not(td *), [data-label], nav, .chart";
  const OPENS = "[data-receipt], [aria-controls^=receipt]";
  const seen = new Set(), bare = [];
  let backed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!/\\d/.test(node.textContent)) continue;
    const element = node.parentElement;
    if (element.closest(LABELS) && !element.closest("[data-receipt-body]")) continue;
    const fold = element.closest("summary")?.parentElement;
    const isBacked =
      element.closest(`${OPENS}, [data-origin], [data-receipt-body]`) ||
      element.closest("tr, li, dd")?.querySelector(OPENS) ||
      fold?.querySelector("[data-receipt-body]");
    if (isBacked) backed += 1;
    else bare.push(node.textContent.trim().slice(0, 120));
  }
  const DATE = /(19|20)\\d\\d|not verified|No source checked/i;
  for (const body of main.querySelectorAll("[data-receipt-body]"))
    if (!DATE.test(body.textContent))
      bare.push(`a receipt without a date: ${body.textContent.slice(0, 120)}`);
  for (const part of main.querySelectorAll("[data-origin]")) {
    const address = part.dataset.origin;
    if (seen.has(address) || !/\\d/.test(part.textContent)) continue;
    seen.add(address);
    if (address.startsWith("#")) {
      const place = document.getElementById(address.slice(1));
      const says = place?.querySelector(`${OPENS}, [data-receipt-body]`) ||
        /data\\/|docs\\//.test(place?.textContent ?? "") && DATE.test(place.textContent);
      if (!says) bare.push(`nothing behind the origin ${address}`);
    } else if (![...main.querySelectorAll("a")].some((a) => a.getAttribute("href") === address)) {
      bare.push(`no link to the origin ${address}`);
    }
  }
  const ids = [...main.querySelectorAll("[data-receipt]")].map((one) => one.dataset.receipt);
  return { backed, bare, ids: [...new Set(ids)], origins: [...seen] };
}
"""


def numbers(page: Page) -> dict[str, Any]:
    """What the walk finds on the page as it is: numbers backed and bare, ids, origins."""
    found: dict[str, Any] = page.evaluate(NUMBERS_WITHOUT_RECEIPT)
    return found


@pytest.fixture(scope="module")
def anchors_of_method(app: AppServer, browser: Any) -> Iterator[set[str]]:
    """Every place of the method page that can be linked to."""
    page = browser.new_page(base_url=app.url)
    page.goto(routes.link(routes.METHOD))
    yield set(page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)"))
    page.close()


@pytest.mark.parametrize("address", PAGES)
def test_no_number_stands_on_a_page_without_source_and_date(
    page: Page, visit: Visit, anchors_of_method: set[str], address: str
) -> None:
    visit(page, address)
    visitor.open_everything(page)
    # What comes only when it is opened has come.
    expect(page.get_by_text(re.compile("^Looking up"))).to_have_count(0)

    expect(page.locator("main")).to_be_visible()
    found = numbers(page)

    assert found["bare"] == []
    if address not in WITHOUT_NUMBERS:
        assert found["backed"] > 10
    for origin in found["origins"]:
        place, _, anchor = origin.partition("#")
        assert not place or (place == routes.link(routes.METHOD) and anchor in anchors_of_method)


def test_the_walk_finds_a_number_that_has_no_receipt(page: Page, visit: Visit) -> None:
    visit(page, routes.framework("flask"))
    visitor.open_everything(page)
    assert numbers(page)["bare"] == []

    page.evaluate(
        """() => {
            const stray = document.createElement("p");
            stray.textContent = "Flask has 72014 stars.";
            document.querySelector("#facts").append(stray);
        }"""
    )
    assert numbers(page)["bare"] == ["Flask has 72014 stars."]

    page.evaluate("document.querySelector('#facts').dataset.origin = '/method/#no-such-place'")
    assert numbers(page)["bare"] == ["no link to the origin /method/#no-such-place"]

    page.evaluate(
        """() => {
            delete document.querySelector("#facts").dataset.origin;
            document.querySelector("#facts > p:last-child").remove();
            document.querySelector("#facts [data-receipt-body]").replaceChildren("43.5 MB");
        }"""
    )
    assert numbers(page)["bare"] == ["a receipt without a date: 43.5 MB"]


def test_one_key_opens_the_receipt_and_escape_gives_the_focus_back(
    page: Page, visit: Visit
) -> None:
    visit(page, "/")
    score = page.get_by_role("list", name="Ranking", exact=True).get_by_role("button").first

    score.focus()
    page.keyboard.press("Enter")

    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", level=2)).to_have_text(re.compile(r"^Score, "))
    expect(sheet).to_contain_text("Computed from your answers")
    expect(sheet).to_contain_text(re.compile(r"Data as of \d{4}-\d\d-\d\d"))
    sheet.get_by_role("button", name="Learning curve: what stands behind it").click()
    expect(sheet.get_by_role("heading", level=2)).to_have_text(re.compile(r"^Learning curve, "))
    expect(sheet).to_contain_text("our judgement")
    sheet.get_by_role("button", name="Back").click()
    expect(sheet.get_by_role("heading", level=2)).to_have_text(re.compile(r"^Score, "))

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(score).to_be_focused()


def test_a_correction_is_ready_to_copy_and_leads_nowhere_without_a_tracker(
    page: Page, visit: Visit
) -> None:
    visit(page, routes.framework("flask"))
    line = page.get_by_role("group").filter(has_text=re.compile("^GitHub stars"))
    line.locator("summary").first.click()

    line.get_by_role("button", name="Suggest a correction").click()

    sheet = page.get_by_role("dialog")
    text = sheet.get_by_role("region", name="Text of the correction")
    expect(text).to_contain_text("Framework: Flask")
    expect(text).to_contain_text("Field: GitHub stars (fact:stars:flask)")
    expect(text).to_contain_text(re.compile(r"Our value: .* stars \(as of \d{4}-\d\d-\d\d\)"))
    expect(text).to_contain_text("Our source: ")
    expect(text).to_contain_text(f"Data version: {get_catalog().data_version[:7]}")
    expect(sheet.get_by_text("Send it to whoever runs this site.")).to_be_visible()
    expect(sheet.get_by_role("link", name="Where corrections are taken")).to_have_count(0)


def test_a_point_of_a_chart_opens_its_receipt(page: Page, visit: Visit) -> None:
    visit(page, routes.framework("django"))
    line = page.locator(".chart .js-line").first
    expect(line).to_be_visible(timeout=30_000)
    area = page.locator(".chart .nsewdrag").first

    area.hover()
    expect(page.locator(".chart").first.locator(".hoverlayer .legend")).to_be_visible()
    area.click()

    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", level=2)).to_have_text("GitHub stars, Django")
    expect(sheet).to_contain_text(re.compile(r"As of\s*\d{4}-\d\d-\d\d"))


def test_signs_of_a_pair_open_to_their_figures(page: Page, visit: Visit) -> None:
    visit(page, routes.comparison(("flask", "django")))
    signs = page.locator("#signs")
    expect(signs.get_by_role("heading", level=2)).to_contain_text("Flask or Django")

    first = signs.locator("details").filter(has_text="TechEmpower 2019").first
    first.locator("summary").click()

    expect(first).to_contain_text("requests a second")
    expect(first).to_contain_text(re.compile(r"As of \d{4}-\d\d-\d\d"))
    expect(first.get_by_role("link").first).to_have_attribute("href", re.compile("^https://"))


def test_stale_readings_say_how_old_they_are(page: Page, visit: Visit) -> None:
    visit(page, routes.framework("flask"))

    marks = page.locator("[data-stale]")
    expect(marks.first).to_have_text(re.compile(r"^stale, \d+ (months|years) old$"))
    assert marks.locator("svg").count() == marks.count()


def test_data_that_nobody_refreshes_say_how_old_they_are(
    new_visitor: Callable[..., Page], visit: Visit
) -> None:
    page = new_visitor()
    visit(page, routes.link(routes.METHOD))
    expect(page.locator("#data-age")).to_have_text("")

    later = new_visitor()
    later.clock.set_fixed_time(datetime.combine(get_catalog().as_of, time()) + timedelta(days=460))
    visit(later, routes.link(routes.METHOD))

    expect(later.locator("#data-age")).to_have_text("(stale: 15 months old, ask for fresh data)")
