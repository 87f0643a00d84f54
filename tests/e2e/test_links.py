"""Stories of links: they restore the answers, follow them, and do no harm when they are broken."""

import re
from collections.abc import Callable
from itertools import permutations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visitor import (
    answer,
    expect_answer,
    expect_answers,
    expect_ranking,
    go_to,
    heading,
    option,
    press,
    question_on_screen,
    refresh,
    visit,
)

pytestmark = pytest.mark.browser

RUBBISH = (
    "use=api&note=" + "y" * 10_000,
    "&".join(f"a{number}=1" for number in range(500)),
    "%00%FF%FE=%C0%80&use=%F0%9F%92&admin=%00",
    "use=api%00&__proto__=admin&constructor[prototype]=1&%5B%5D=%7B%22use%22%3A1%7D",
    "value.django.admin=NaN&value.=1&importance.=lot&importance.__class__=decisive",
    "use=<script>window.smuggled=1</script>&admin=';drop table answers",
    "=&==&&&?use=api?&%",
)


@pytest.mark.parametrize("address", ["/", "/result/"])
def test_a_link_restores_the_answers_in_every_order(page: Page, address: str) -> None:
    answers = {"use": "api", "admin": "must", "async": "decisive"}
    for pairs in permutations(answers.items()):
        visit(page, f"{address}?{'&'.join('='.join(pair) for pair in pairs)}")

        expect_ranking(page, **answers)
        page.evaluate("localStorage.clear(), sessionStorage.clear()")  # the next one is a stranger


def test_the_address_follows_the_answers_without_a_reload(page: Page) -> None:
    visit(page, "/")
    navigations: list[str] = []
    page.on(
        "request",
        lambda request: (
            navigations.append(request.url) if request.is_navigation_request() else None
        ),
    )
    entries = page.evaluate("window.stays = true, history.length")

    answer(page, "What are you building?", "A JSON API")
    expect_answers(page, {"use": "api"})
    option(page, "A small service").check()
    expect_answers(page, {"use": "service"})
    press(page, "Check your answers")
    page.get_by_label("Frameworks made for other jobs").click()
    expect_answers(page, {"use": "service", "others": "show"})
    page.get_by_label("Frameworks made for other jobs").click()
    expect_answers(page, {"use": "service"})
    page.get_by_role("link", name="See the result").first.click()
    expect(page).to_have_url(re.compile(r"/result/\?use=service$"))

    assert navigations == []
    assert page.evaluate("window.stays")
    assert page.evaluate("history.length") == entries + 1  # the result page, and nothing else


def test_defaults_and_old_names_become_the_shortest_link(page: Page) -> None:
    visit(page, "/?others=hide&strict=no&use=dashboard")
    expect_answer(page, "Kind of project", "A data app or internal tool")

    go_to(page, "What may be listed")
    option(page, "Python frameworks as they come").check()

    expect_answers(page, {"use": "data-app", "scope": "python"})


@pytest.mark.parametrize("address", ["/", "/result/"])
def test_unknown_names_and_values_are_named_and_the_rest_counts(page: Page, address: str) -> None:
    visit(page, f"{address}?colour=blue&use=api&async=very")

    expect(page.get_by_text("We have no question called “colour”")).to_be_visible()
    expect(
        page.get_by_text("“Async and live connections” has no answer called “very”")
    ).to_be_visible()
    expect_ranking(page, use="api")


@pytest.mark.parametrize("query", RUBBISH, ids=lambda query: str(query)[:12])
def test_a_broken_link_does_no_harm(page: Page, query: str) -> None:
    visit(page, f"/?{query}")

    expect(page.get_by_text(re.compile("left out|not read")).first).to_be_visible()
    assert page.evaluate("window.smuggled") is None
    visit(page, f"/result/?{query}")
    expect(page.get_by_text(re.compile("left out|not read")).first).to_be_visible()

    # It is not in the way of the next answer, nor of a good link.
    visit(page, "/?use=site")
    go_to(page, "Admin pages")
    option(page, "A lot").check()
    expect_ranking(page, use="site", admin="lot")
    expect_answers(page, {"use": "site", "admin": "lot"})


def test_a_link_replaces_own_answers_once_and_can_be_undone(page: Page) -> None:
    visit(page, "/?use=site&shape=box")
    go_to(page, "Admin pages")
    option(page, "A lot").check()
    expect_answers(page, {"use": "site", "admin": "lot", "shape": "box"})

    visit(page, "/result/?use=api")
    expect(page.get_by_text("The answers come from the link.")).to_be_visible()
    expect_ranking(page, use="api")
    press(page, "Undo")
    expect_ranking(page, use="site", admin="lot", shape="box")

    refresh(page)
    expect_ranking(page, use="site", admin="lot", shape="box")


def test_going_back_to_an_own_address_brings_back_no_older_answers(page: Page) -> None:
    visit(page, "/?use=site")
    page.get_by_role("link", name="See the result").first.click()
    expect(page).to_have_url(re.compile("/result/"))
    page.get_by_role("link", name="Answer the next question").click()
    expect(page.get_by_role("radio").first).to_be_visible()
    question = question_on_screen(page)
    option(page, question.options[0].label).check()
    given = {"use": "site", question.id: question.options[0].id}
    expect_answers(page, given)

    page.go_back()
    expect(page).to_have_url(re.compile("/result/"))
    expect_answers(page, given)
    expect_ranking(page, **given)
    page.go_back()
    expect(page).not_to_have_url(re.compile("/result/"))
    expect_answers(page, given)
    expect_ranking(page, **given)


def test_a_copied_link_shows_somebody_else_the_same_result(
    new_visitor: Callable[..., Page],
) -> None:
    page = new_visitor(permissions=["clipboard-read", "clipboard-write"])
    visit(page, "/result/?use=service&cost=decisive&admin=none")
    expect_ranking(page, use="service", admin="none", cost="decisive")
    verdict = heading(page).inner_text()

    press(page, "Copy a link to this result")
    expect(page.get_by_text("Link copied")).to_be_visible()

    other = new_visitor()
    visit(other, page.evaluate("navigator.clipboard.readText()"))
    expect(heading(other)).to_have_text(verdict)
    expect_ranking(other, use="service", admin="none", cost="decisive")
    assert other.url.startswith(page.url.split("?")[0])
