"""Stories of a visitor who answers questions and reads the result."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.answers import parse_answers
from framework_picker.state.ranking import evaluation_of
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
    ranking,
    refresh,
    visit,
)

pytestmark = pytest.mark.browser

FIRST = "What are you building?"


def test_from_the_first_question_to_the_result(page: Page) -> None:
    visit(page, "/")
    expect_ranking(page)

    answer(page, FIRST, "A JSON API")
    given = {"use": "api"}
    expect_ranking(page, **given)
    for _ in range(2):
        before = question_on_screen(page)
        press(page, "Next")
        expect(heading(page)).not_to_have_text(before.text)
        question = question_on_screen(page)
        option(page, question.options[-2].label).check()
        given[question.id] = question.options[-2].id
        expect_answers(page, given)
        expect_ranking(page, **given)
    page.get_by_role("link", name="See the result").first.click()

    winner = get_catalog().alternatives[evaluation_of(given).ranking[0].slug]
    expect(heading(page)).to_contain_text(winner.name)
    expect(page).to_have_title(re.compile("^Result"))
    expect_ranking(page, **given)
    expect(page.get_by_role("heading", name=f"First steps with {winner.name}")).to_be_visible()
    install = str(winner.facts["install_command"].value).splitlines()[0]
    expect(page.get_by_text(install).first).to_be_visible()


def test_the_parts_shown_add_up_to_the_total_shown(page: Page) -> None:
    visit(page, "/?use=site&admin=lot&security=decisive&cost=little-unsure")

    page.get_by_text("As a table", exact=True).click()
    table = page.get_by_role("region", name="Ranking as a table")
    columns = table.get_by_role("columnheader").all_inner_texts()
    rows = table.get_by_role("row").filter(has=page.get_by_role("cell")).all()

    assert len(rows) == ranking(page).count() > 5
    for row in rows:
        shown = dict(
            zip(
                columns,
                row.get_by_role("cell").or_(row.get_by_role("rowheader")).all_inner_texts(),
                strict=True,
            )
        )
        groups = (group.name for group in get_catalog().groups.values())
        assert sum(Decimal(shown[name]) for name in groups) == Decimal(shown["Total"])


def test_a_preset_answers_everything_and_can_be_changed(page: Page) -> None:
    catalog = get_catalog()
    answers, _ = parse_answers(catalog, catalog.presets["live"].answers)
    visit(page, "/")

    page.get_by_text("more…").click()
    page.get_by_role("button", name="Live updates").click()

    expect(heading(page)).to_have_text("Check your answers")
    expect(page.get_by_text("16 of 16 answered")).to_be_visible()
    expect(page.get_by_role("button", name="Live updates")).to_be_hidden()
    expect_ranking(page, **answers)

    go_to(page, "Async and live connections")
    option(page, "Doesn't matter").check()

    expect_ranking(page, **(answers | {"async": "none"}))
    expect(page).to_have_url(re.compile("async=none"))


def test_back_browser_back_and_refresh_keep_the_answers(page: Page) -> None:
    visit(page, "/")
    answer(page, FIRST, "A small service")
    expect_answers(page, {"use": "service"})
    press(page, "Next")
    expect(heading(page)).not_to_have_text(FIRST)
    second = question_on_screen(page)
    option(page, second.options[1].label).check()
    given = {"use": "service", second.id: second.options[1].id}

    press(page, "Back")
    expect(heading(page)).to_have_text(FIRST)
    expect(option(page, "A small service")).to_be_checked()

    go_to(page, second.short)
    page.get_by_role("link", name="See the result").first.click()
    expect(page).to_have_url(re.compile("/result/"))
    expect_answers(page, given)
    page.go_back()
    expect(heading(page)).to_have_text(second.text)
    expect(option(page, second.options[1].label)).to_be_checked()
    expect_answers(page, given)

    refresh(page)
    expect(heading(page)).to_have_text(second.text)
    expect(option(page, second.options[1].label)).to_be_checked()
    expect_ranking(page, **given)


def test_answers_are_checked_cleared_and_brought_back(page: Page) -> None:
    visit(page, "/?use=site&admin=lot&shape=box")
    expect_answer(page, "Kind of project", "A site with pages and accounts")
    expect_answer(page, "Admin pages", "A lot")
    expect_answer(page, "Complete or free", "Everything in the box")
    expect_answer(page, "Learning curve", "not answered")

    press(page, "Clear all answers")
    expect(page.get_by_text("All answers are cleared.")).to_be_visible()
    expect(page.get_by_text("Nothing answered yet")).to_be_visible()
    expect_ranking(page)
    expect_answers(page, {})

    press(page, "Undo")
    expect(page.get_by_text("Your answers are as they were.")).to_be_visible()
    expect_answer(page, "Admin pages", "A lot")
    expect_ranking(page, use="site", admin="lot", shape="box")
    expect_answers(page, {"use": "site", "admin": "lot", "shape": "box"})


def test_doesnt_matter_not_sure_and_skip_are_three_things(page: Page) -> None:
    visit(page, "/?use=api&api=lot")

    go_to(page, "Admin pages")
    option(page, "Doesn't matter").check()
    go_to(page, "User accounts")
    press(page, "Not sure")
    expect(page.get_by_text("every level counts as possible")).to_be_visible()
    go_to(page, "Database and ORM")
    option(page, "A lot").check()
    press(page, "Not sure")
    expect(page.get_by_text("its neighbours count as possible")).to_be_visible()
    expect(option(page, "A lot")).to_be_checked()
    go_to(page, "API tooling")
    expect(option(page, "A lot")).to_be_checked()
    press(page, "Skip")
    expect(heading(page)).not_to_contain_text("API")
    press(page, "Check your answers")

    expect_answer(page, "Admin pages", "Doesn't matter")
    expect_answer(page, "User accounts", "not sure")
    expect_answer(page, "Database and ORM", "A lot, not sure")
    expect_answer(page, "API tooling", "not answered")
    expect(page.get_by_text("4 of 16 answered")).to_be_visible()
    given = {"use": "api", "admin": "none", "accounts": "dont-know", "database": "lot-unsure"}
    expect_answers(page, given)
    expect_ranking(page, **given)


def test_a_must_have_rules_out_and_is_relaxed(page: Page) -> None:
    visit(page, "/?use=api")
    expect(ranking(page).filter(has_text="Bottle")).to_have_count(1)

    go_to(page, "Admin pages")
    option(page, "It is a must").check()

    expect_ranking(page, use="api", admin="must")
    expect(ranking(page).filter(has_text="Bottle")).to_have_count(0)
    ruled_out = page.get_by_role("listitem").filter(has_text=re.compile("Bottle.*No maintained"))
    expect(ruled_out).to_contain_text("you answered “It is a must” to “Admin pages”")

    ruled_out.get_by_role("button", name="relax").click()

    expect(
        page.get_by_text("Admin pages: “Decisive” instead of “It is a must”.", exact=True)
    ).to_be_visible()
    expect_ranking(page, use="api", admin="decisive")
    press(page, "Undo")
    expect_ranking(page, use="api", admin="must")


@pytest.mark.parametrize("address", ["/", "/result/"])
def test_when_nobody_is_left_the_smallest_ways_out_are_named(page: Page, address: str) -> None:
    visit(page, f"{address}?use=api&ui=must")

    expect(page.get_by_text("No framework meets all your must-haves").first).to_be_visible()
    expect(ranking(page)).to_have_count(0)
    ways_out = page.get_by_role("listitem").filter(has_text="Without the must-have")
    expect(ways_out).to_have_count(len(evaluation_of({"use": "api", "ui": "must"}).relaxations))

    ways_out.filter(has_text="in Python alone").get_by_role("button", name="give up").click()

    said = "Pages without JavaScript: “Decisive” instead of “It is a must”."
    expect(page.get_by_text(said, exact=True)).to_be_visible()
    expect_ranking(page, use="api", ui="decisive")
    expect_answers(page, {"use": "api", "ui": "decisive"})


def test_add_ons_and_other_languages_come_when_they_are_wanted(page: Page) -> None:
    visit(page, "/?use=api")
    go_to(page, "What may be listed")
    outside = page.get_by_role("heading", name="Outside Python, not ranked")

    option(page, "Python frameworks as they come").check()
    expect_ranking(page, use="api", scope="python")
    expect(ranking(page).filter(has_text="Django Ninja")).to_have_count(0)

    option(page, "Python frameworks and Django add-ons").check()
    expect_ranking(page, use="api", scope="addons")
    expect(ranking(page).filter(has_text="Django Ninja")).to_have_count(1)
    expect(outside).to_have_count(0)

    option(page, "Python is not settled").check()
    expect(outside).to_be_visible()
    others = page.get_by_role("listitem").filter(has_text=re.compile("Built in:|microframework"))
    expect(others.filter(has_text="Ruby on Rails")).to_be_visible()
    expect_ranking(page, use="api", scope="open")
    expect(ranking(page).filter(has_text="Rails")).to_have_count(0)


@pytest.mark.parametrize(("motion", "glides"), [("no-preference", True), ("reduce", False)])
def test_rows_glide_only_for_those_who_like_motion(
    new_visitor: Callable[..., Page], motion: str, glides: bool
) -> None:
    page = new_visitor(reduced_motion=motion)
    visit(page, "/")
    page.evaluate(
        """() => {
          const animate = Element.prototype.animate;
          window.glides = 0;
          Element.prototype.animate = function (...how) {
            window.glides += 1;
            return animate.apply(this, how);
          };
        }"""
    )

    answer(page, FIRST, "A data app or internal tool")
    expect_ranking(page, use="data-app")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")

    assert (page.evaluate("window.glides") > 0) is glides
