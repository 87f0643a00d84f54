"""Stories of a visitor whose browser runs no scripts, such as a crawler."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from framework_picker.catalog.current import get_catalog
from tests.e2e.visitor import expect_ranking, heading

pytestmark = pytest.mark.browser


def test_the_first_page_says_what_it_is_asks_and_ranks(new_visitor: Callable[..., Page]) -> None:
    page = new_visitor(java_script_enabled=False)
    page.goto("/")

    expect(page).to_have_title(re.compile("which Python web framework fits your project"))
    expect(
        page.get_by_text("Find the Python web framework that fits your project.")
    ).to_be_visible()
    # With scripts switched off from outside, this browser still draws no <noscript>.
    assert "To answer, this page needs JavaScript." in page.content()
    question = next(iter(get_catalog().questions.values()))
    expect(heading(page)).to_have_text(question.text)
    for option in question.options:
        expect(page.get_by_text(option.meaning, exact=True)).to_be_visible()
    expect_ranking(page)
    expect(page.get_by_text(re.compile("Data as of .*, version"))).to_be_visible()


@pytest.mark.parametrize(
    ("address", "title", "headline", "text"),
    [
        ("/result/", "Result", "Your result starts with your first answer.", "takes its score"),
        ("/compare/", "Compare", "", "Django"),
        ("/frameworks/", "All frameworks", "", "Ruby on Rails"),
        ("/frameworks/litestar/", "Litestar", "Litestar", "Installed size"),
        ("/evidence/", "Claims", "checkable claims", "Where sources contradict each other"),
        ("/benchmarks/", "Benchmarks", "", "Why are these two sources opposite?"),
        ("/method/", "Method", "", "swing points"),
    ],
)
def test_every_other_page_has_its_text(
    new_visitor: Callable[..., Page], address: str, title: str, headline: str, text: str
) -> None:
    page = new_visitor(java_script_enabled=False)
    page.goto(address)

    expect(page).to_have_title(re.compile(title))
    expect(heading(page)).to_have_count(1)
    expect(heading(page)).to_contain_text(headline)
    expect(heading(page)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(text)
    expect(page.get_by_role("navigation", name="Pages").get_by_role("link")).not_to_have_count(0)
