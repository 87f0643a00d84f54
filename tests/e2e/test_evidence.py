"""Stories of a visitor who has read an article and wants to know whether it is true."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from framework_picker import routes
from framework_picker.catalog.current import get_ledger
from framework_picker.domain.claims import ClaimFilter, found_claims, headline
from house.server import AppServer
from tests.e2e.visitor import heading, press, refresh, visit

pytestmark = pytest.mark.browser

EVIDENCE = routes.link(routes.EVIDENCE)


def claims(page: Page) -> list[str]:
    """The numbers of the claims on the screen."""
    return [
        number
        for fold in page.locator("#claims ~ div details").all()
        if (number := fold.get_attribute("id"))
    ]


def field(page: Page, name: str) -> Locator:
    """A field to choose from."""
    return page.get_by_role("combobox", name=name, exact=True)


def test_a_reader_of_an_article_finds_what_is_wrong_with_it_and_passes_it_on(
    new_visitor: Callable[..., Page], page: Page
) -> None:
    visit(page, "/")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Evidence").click()
    expect(heading(page)).to_have_text(headline(get_ledger()))

    # Narrow the list: what a known article says about Flask and is contradicted.
    field(page, "Framework").last.select_option("flask")
    field(page, "Article").select_option("tech-insider")
    wanted = ClaimFilter(
        framework="flask", source="001_597d124d9f775a91.txt", verdict="contradicted"
    )
    expected = found_claims(get_ledger(), wanted)
    press(page, f"contradicted {len(expected)}")
    expect(page.get_by_text(f"{len(expected)} of 259 claims")).to_be_visible()
    expect(page).to_have_url(
        re.compile(r"framework=flask&source=tech-insider&verdict=contradicted$")
    )

    # Open a claim by keyboard; its evidence and the related claims are there.
    fold = page.locator("#C069")
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold).to_contain_text("async views since 2.0 on top of WSGI; no ASGI application")
    expect(
        fold.get_by_role("link", name="flask.palletsprojects.com/en/stable/async-await")
    ).to_have_attribute("href", "https://flask.palletsprojects.com/en/stable/async-await/")

    # The narrowed list survives a refresh, and reaches a friend.
    refresh(page)
    expect(field(page, "Article")).to_have_value("tech-insider")
    assert claims(page) == [claim.id for claim in expected][: len(claims(page))]
    friend = new_visitor()
    visit(friend, page.url)
    expect(friend.locator("#C069")).to_be_visible()

    # The claim has a page of its own, and from there to a related one and back.
    page.locator("#C069 summary").click()
    page.get_by_role("link", name="C069: a page of its own").click()
    expect(page).to_have_url(re.compile(r"/evidence/C069/$"))
    expect(heading(page)).to_have_text("“Flask 3.1 has native asynchronous support.”")
    expect(page).to_have_title(re.compile("native asynchronous support"))
    page.get_by_role("link", name="FastAPI has async support and validation").click()
    expect(heading(page)).to_contain_text("FastAPI has async support")
    page.go_back()
    expect(heading(page)).to_contain_text("native asynchronous support")
    page.get_by_role("link", name="All claims").click()
    expect(heading(page)).to_have_text(headline(get_ledger()))


def test_a_claim_heard_somewhere_is_checked_with_every_row(page: Page) -> None:
    visit(page, EVIDENCE)

    page.get_by_label("A comparison of two frameworks").fill("FastAPI is 3x faster then Flask")
    page.keyboard.press("Enter")

    answer = page.locator("#answer")
    expect(answer.get_by_role("heading", name="Only for some")).to_be_visible()
    expect(answer).to_be_focused()
    expect(answer).to_contain_text("Read as: FastAPI has 3 times Flask’s requests a second.")
    expect(page).to_have_url(re.compile(r"check=FastAPI\+is\+3x\+faster\+then\+Flask$"))
    setting = answer.locator("details").filter(has_text="TechEmpower 2019").first
    setting.locator("summary").click()
    row = setting.get_by_role("row").filter(has_text="2019-12-11")
    for words in ("json", "175", "62", "2.8", "TechEmpower/tfb-status"):
        expect(row).to_contain_text(words)

    # The link restores the answer; a prepared claim replaces it.
    refresh(page)
    expect(answer.get_by_role("heading", name="Only for some")).to_be_visible()
    press(page, "Django uses more memory than Flask")
    expect(answer.get_by_role("heading", name="Supported")).to_be_visible()
    expect(answer.get_by_role("row", name=re.compile("Memory at rest"))).to_contain_text("MB")

    # What is not understood says so, and the form does the rest.
    page.get_by_label("A comparison of two frameworks").fill("Flask is not slower than Django")
    page.keyboard.press("Enter")
    expect(answer).to_contain_text("Not understood")
    expect(answer).to_contain_text("turn the meaning around")
    page.get_by_text("Put it together from parts").click()
    field(page, "Framework").first.select_option("Flask")
    field(page, "Other framework").select_option("Django")
    page.get_by_label("By how much").fill("40")
    field(page, "Unit").select_option("%")
    field(page, "At (speed only)").select_option("JSON")
    page.get_by_role("button", name="Check", exact=True).last.click()
    expect(answer).to_contain_text("Flask is 40 % faster than Django at JSON")
    expect(answer.get_by_role("heading", name="Contradicted")).to_be_visible()


def test_a_search_for_nothing_offers_a_way_back(page: Page) -> None:
    visit(page, EVIDENCE)

    page.get_by_label("Search").fill("zebra")
    expect(page.get_by_text("No claim fits.")).to_be_visible()
    expect(page.get_by_text("None of 259 claims")).to_be_visible()

    page.get_by_role("button", name="show all claims", exact=True).click()
    expect(page.get_by_text("1 to 20 of 259 claims")).to_be_visible()
    expect(page.get_by_label("Search")).to_have_value("")


def test_pages_are_turned_by_keyboard(page: Page) -> None:
    visit(page, EVIDENCE)
    first = claims(page)

    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("21 to 40 of 259 claims")).to_be_visible()
    expect(page.get_by_role("heading", name="All claims")).to_be_focused()
    assert not set(first) & set(claims(page))
    expect(page).to_have_url(re.compile("page=2$"))


def test_an_unknown_claim_says_which_there_are(
    app: AppServer, new_visitor: Callable[..., Page]
) -> None:
    page = new_visitor()
    answers = []
    page.on("response", lambda response: answers.append(response.status))
    visit(page, routes.claim("C999"))

    assert answers[0] == 404
    expect(heading(page)).to_have_text("No claim is called “C999”.")
    expect(page.get_by_role("main")).to_contain_text("They run from C001 to C259.")


def test_a_claims_page_can_be_read_without_scripts(new_visitor: Callable[..., Page]) -> None:
    page = new_visitor(java_script_enabled=False)
    page.goto(routes.claim("C069"))

    expect(page).to_have_title(re.compile("native asynchronous support. Contradicted"))
    # With scripts switched off from outside, this browser still draws no <noscript>.
    assert "async views since 2.0 on top of WSGI" in page.content()


def test_the_header_fits_on_the_smallest_phone(new_visitor: Callable[..., Page]) -> None:
    page = new_visitor(viewport={"width": 360, "height": 740})
    visit(page, EVIDENCE)

    links = page.get_by_role("navigation", name="Pages").get_by_role("link").all()
    tops = {round(box["y"]) for link in links if (box := link.bounding_box())}
    assert len(links) >= 5
    assert len(tops) == 1  # one line
