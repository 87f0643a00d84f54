"""Stories of a visitor with a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visitor import (
    answer,
    expect_ranking,
    heading,
    open_everything,
    option,
    press,
    question_on_screen,
    ranking,
    visit,
)

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}

# What is wider than the screen, unless it can be moved sideways in a box of its own. Charts take a
# moment to follow a new width, so it is looked for again until there is nothing, or for 5 seconds.
TOO_WIDE = """async () => {
  const screen = document.documentElement.clientWidth;
  const isInABox = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };
  const found = () => [...document.querySelectorAll("html, body *")]
    .filter((element) => element === document.documentElement
      ? element.scrollWidth > screen
      : element.checkVisibility() && element.getBoundingClientRect().right > screen + 1 &&
        !isInABox(element))
    .map((element) => `${element.tagName} ${element.textContent.slice(0, 60)}`);
  for (const until = performance.now() + 5000; performance.now() < until;) {
    if (!found().length) return [];
    await new Promise((done) => requestAnimationFrame(done));
  }
  return found();
}"""


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?use=api&admin=must&scope=open",
        "/?use=api&ui=must",
        "/result/",
        "/result/?use=api&admin=must&scope=open&async=decisive",
        "/result/?use=data-app",
        "/compare/",
        "/compare/?f=django,flask,fastapi,litestar,streamlit,ruby-on-rails",
        "/compare/?f=django-rest-framework,ruby-on-rails",
        "/frameworks/",
        "/frameworks/django/",
        "/frameworks/django-rest-framework/",
        "/frameworks/wordpress/",
        "/method/",
        "/evidence/?check=FastAPI+is+faster+than+Flask",
        "/evidence/?check=Django+is+more+popular+than+Flask&q=zebra",
        "/evidence/C069/",
        "/benchmarks/",
        "/benchmarks/?show=time&f=flask,django&sources=all&a=fastapi&b=flask",
        "/nowhere",
    ],
)
def test_nothing_is_wider_than_a_phone(new_visitor: Callable[..., Page], address: str) -> None:
    page = new_visitor(viewport=PHONE, has_touch=True, is_mobile=True)
    visit(page, address)
    for width in (390, 360):
        page.set_viewport_size({"width": width, "height": 780})
        assert page.evaluate(TOO_WIDE) == []

    open_everything(page)
    assert page.evaluate(TOO_WIDE) == []


def test_the_question_comes_first_and_the_leader_stays_in_sight(
    new_visitor: Callable[..., Page],
) -> None:
    page = new_visitor(viewport=PHONE, has_touch=True, is_mobile=True)
    visit(page, "/")
    presets = page.get_by_role("group", name="Start from an example")
    so_far = page.get_by_role("heading", name="Ranking so far")
    leader = page.get_by_role("link", name=re.compile("Ranking$"))

    expect(presets).to_be_in_viewport(ratio=1)
    expect(heading(page)).to_be_in_viewport(ratio=1)
    expect(option(page, "A JSON API")).to_be_in_viewport(ratio=1)
    expect(option(page, "A site with pages and accounts")).to_be_in_viewport(ratio=1)
    expect(so_far).not_to_be_in_viewport()
    expect(leader).to_be_in_viewport(ratio=1)
    expect(leader).to_contain_text("1 ")

    answer(page, "What are you building?", "A data app or internal tool")
    expect_ranking(page, use="data-app")
    expect(leader).to_contain_text(f"1 {ranking(page).first.inner_text()}")
    press(page, "Next")
    expect(heading(page)).not_to_have_text("What are you building?")
    expect(heading(page)).to_be_in_viewport(ratio=1)
    expect(presets).to_be_hidden()
    for choice in question_on_screen(page).options[:3]:
        expect(option(page, choice.label)).to_be_in_viewport(ratio=1)

    leader.tap()
    expect(so_far).to_be_in_viewport(ratio=1)
