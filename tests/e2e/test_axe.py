"""Stories of assistive technology: axe-core finds nothing to complain about on any page."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.visitor import answer, heading, open_everything, press, visit

pytestmark = pytest.mark.browser

TALL = 4_000
"""So that a bar that sticks to the foot of the screen covers nothing."""

PAPER = "getComputedStyle(document.querySelector('main').parentElement).backgroundColor"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def test_axe_finds_nothing_on_an_answered_question(new_visitor: Callable[..., Page]) -> None:
    page = new_visitor()
    visit(page, "/")
    answer(page, "What are you building?", "Several of these")
    press(page, "Not sure")
    expect(page.get_by_role("button", name="Not sure")).to_have_attribute("aria-pressed", "true")

    expect_no_violation(page, 390)
    expect_no_violation(page, 1280)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?use=api&admin=must&scope=open&colour=blue",
        "/?use=api&ui=must",
        "/result/",
        "/result/?use=api&admin=must&scope=open",
        "/compare/?f=django,flask,ruby-on-rails",
        "/compare/?f=flask,django",
        "/frameworks/",
        "/frameworks/?q=python&sort=stars&colour=blue",
        "/frameworks/django/",
        "/frameworks/wordpress/",
        "/evidence/?check=FastAPI+is+faster+than+Flask&q=async&page=9",
        "/evidence/?check=Django+is+more+popular+than+Flask&q=zebra",
        "/evidence/C069/",
        "/evidence/C999/",
        "/benchmarks/",
        "/benchmarks/?show=time&scale=log&f=flask,django&a=flask&b=fastapi&sources=all&colour=red",
        "/method/",
        "/nowhere",
    ],
)
def test_axe_finds_nothing(new_visitor: Callable[..., Page], address: str) -> None:
    page = new_visitor()
    visit(page, address)
    expect(heading(page)).to_be_visible()

    expect_no_violation(page, 390)
    open_everything(page)
    expect_no_violation(page, 1280)


def expect_no_violation(page: Page, width: int) -> None:
    """At this width nothing is wrong, in the light or in the dark."""
    page.set_viewport_size({"width": width, "height": TALL})
    papers = set()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page, options=RULES)

        assert results.violations_count == 0, results.generate_report()
        assert "color-contrast" in {rule["id"] for rule in results.response["passes"]}
        papers.add(page.evaluate(PAPER))
    assert len(papers) == 2  # it was dark, indeed
