"""Stories of assistive technology: axe-core finds nothing to complain about on any page."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.visitor import answer, open_everything, press, visit

pytestmark = pytest.mark.browser

TALL = 4_000
"""So that a bar that sticks to the foot of the screen covers nothing."""

RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def answer_first_question(page: Page) -> None:
    """A picked answer, with "not sure" pressed and a ranking that has moved."""
    answer(page, "What are you building?", "Several of these")
    press(page, "Not sure")
    expect(page.get_by_role("button", name="Not sure")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    ("address", "do"),
    [
        ("/", answer_first_question),
        ("/?use=api&admin=must&scope=open&colour=blue", open_everything),
        ("/?use=api&ui=must", open_everything),
        ("/result/", open_everything),
        ("/result/?use=api&admin=must&scope=open", open_everything),
        ("/compare/?f=django,flask,ruby-on-rails", open_everything),
        ("/frameworks/", open_everything),
        ("/frameworks/django/", open_everything),
        ("/frameworks/wordpress/", open_everything),
        ("/method/", open_everything),
        ("/evidence/?check=FastAPI+is+faster+than+Flask&q=async&page=9", open_everything),
        ("/evidence/?check=Django+is+more+popular+than+Flask&q=zebra", open_everything),
        ("/evidence/C069/", open_everything),
        ("/evidence/C999/", open_everything),
        ("/nowhere", open_everything),
    ],
)
def test_axe_finds_nothing(
    new_visitor: Callable[..., Page], address: str, do: Callable[[Page], None]
) -> None:
    page = new_visitor(viewport={"width": 1280, "height": 800}, color_scheme="light")
    visit(page, address)
    do(page)

    papers = set()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": TALL})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            results = Axe().run(page, options=RULES)

            assert results.violations_count == 0, results.generate_report()
            assert "color-contrast" in {rule["id"] for rule in results.response["passes"]}
            papers.add(
                page.evaluate(
                    "getComputedStyle(document.querySelector('main').parentElement).backgroundColor"
                )
            )
    assert len(papers) == 2  # it was dark, indeed
