"""Stories of a visitor who fine-tunes the result."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from framework_picker.catalog.current import get_catalog
from framework_picker.state.ranking import evaluation_of
from house.server import AppServer

pytestmark = pytest.mark.browser

Visit = Callable[[Page, str], None]

RESULT = "/result/?use=site&learning=little"
OWN = "value.django.learning=80~our%20team%20knows%20Django"


def panel(page: Page) -> Locator:
    """The panel, opened."""
    found = page.locator("#fine-tune")
    if found.get_attribute("open") is None:
        found.locator("summary").first.click()
    return found


def slider(page: Page, criterion: str) -> Locator:
    return page.get_by_role("slider", name=f"Importance of {criterion}", exact=True)


def row(page: Page, criterion: str) -> Locator:
    return panel(page).get_by_role("listitem").filter(has=slider(page, criterion))


def expect_in_address(page: Page, part: str) -> None:
    expect(page).to_have_url(re.compile(rf"[?&]{re.escape(part)}(&|$)"))


def expect_score(page: Page, slug: str, **answers: str) -> None:
    """The ranking shows what the engine computes for these answers."""
    ranked = next(r for r in evaluation_of(answers).ranking if r.slug == slug)
    line = page.get_by_role("list", name="Ranking", exact=True).locator(f"[data-slug='{slug}']")
    expect(line).to_contain_text(f"{round(ranked.score)} points")


def test_an_importance_is_set_by_keyboard_and_taken_back(page: Page, visit: Visit) -> None:
    visit(page, RESULT)
    learning = row(page, "Learning curve")
    expect(learning).to_contain_text("A littlefrom your answers")

    slider(page, "Learning curve").focus()
    page.keyboard.press("End")

    expect(learning).to_contain_text("Decisiveset here")
    expect_in_address(page, "importance.learning=decisive")
    expect(slider(page, "Learning curve")).to_be_focused()
    expect(slider(page, "Learning curve")).to_have_attribute("aria-valuetext", "Decisive, set here")
    answers = {"use": "site", "learning": "little", "importance.learning": "decisive"}
    first = get_catalog().alternatives[evaluation_of(answers).winner or ""].name
    expect(page.locator("#fine-tune-news")).to_contain_text(first)
    expect_score(page, "flask", **answers)

    page.get_by_role("button", name="Reset Learning curve").click()

    expect(learning).to_contain_text("A littlefrom your answers")
    expect(slider(page, "Learning curve")).to_have_value("1")
    expect(slider(page, "Learning curve")).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?use=site&learning=little$"))


def test_not_sure_keeps_the_level_and_an_open_one_becomes_dont_know(
    page: Page, visit: Visit
) -> None:
    visit(page, RESULT)
    panel(page)

    page.get_by_role("button", name="Not sure about Learning curve").click()
    expect_in_address(page, "importance.learning=little-unsure")
    expect(row(page, "Learning curve")).to_contain_text("A little, not sure")
    page.get_by_role("button", name="Not sure about Hiring").click()
    expect_in_address(page, "importance.hiring=dont-know")

    page.get_by_role("button", name="Reset every importance to my answers").click()
    expect(page).to_have_url(re.compile(r"\?use=site&learning=little$"))
    page.get_by_role("button", name="Undo", exact=True).click()
    expect_in_address(page, "importance.hiring=dont-know")


def test_a_drag_ends_where_the_hand_lets_go(page: Page, visit: Visit) -> None:
    visit(page, RESULT)
    hiring = slider(page, "Hiring")
    panel(page)
    hiring.scroll_into_view_if_needed()
    box = hiring.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    for step in [*range(50, 100, 3), *range(100, 20, -3), *range(20, 78, 2)]:
        page.mouse.move(box["x"] + box["width"] * step / 100, middle)
    page.mouse.up()

    expect_in_address(page, "importance.hiring=lot")
    expect(row(page, "Hiring")).to_contain_text("A lotset here")
    page.wait_for_timeout(500)
    expect(hiring).to_have_value("3")


def test_two_sliders_moved_at_once_are_both_kept(page: Page, visit: Visit) -> None:
    visit(page, RESULT)
    panel(page)

    slider(page, "Hiring").focus()
    page.keyboard.press("End")
    slider(page, "Throughput").focus()
    page.keyboard.press("Home")
    slider(page, "Deployment").focus()
    page.keyboard.press("ArrowLeft")

    expect_in_address(page, "importance.hiring=decisive")
    expect_in_address(page, "importance.throughput=none")
    expect_in_address(page, "importance.deployment=little")


def test_a_value_of_ones_own_begins_at_the_row_and_is_marked_everywhere(
    page: Page, visit: Visit
) -> None:
    visit(page, "/result/?use=site&admin=must")
    facts = page.locator("summary").filter(has_text="Learning curve: the facts behind it")
    facts.click()
    page.get_by_role("button", name="Use another value for Learning curve").click()

    value = page.get_by_label("Your value, 0 to 100")
    expect(value).to_be_focused()
    expect(page.get_by_role("combobox", name="Framework", exact=True)).to_have_value("django")
    expect(page.get_by_role("combobox", name="Criterion", exact=True)).to_have_value("learning")
    page.keyboard.type("80")
    page.get_by_label("Why (optional)").fill("our team knows Django")
    page.keyboard.press("Enter")

    expect_in_address(page, OWN)
    listed = panel(page).get_by_role("listitem").filter(has_text="Django, Learning curve")
    expect(listed).to_contain_text("Your value 80 in place of ours")
    expect(listed).to_contain_text(": our team knows Django")
    expect(page.get_by_text("One value is your own, not ours")).to_be_visible()
    ranking = page.get_by_role("list", name="Ranking", exact=True)
    expect(ranking).to_contain_text("With a value of your own: Learning curve 80 (ours ")
    expect(facts).to_contain_text("your value")
    answers = {"use": "site", "admin": "must", "value.django.learning": "80"}
    expect_score(page, "django", **answers)

    page.get_by_role("button", name="Take back Django, Learning curve").click()

    expect(page).to_have_url(re.compile(r"\?use=site&admin=must$"))
    expect(page.get_by_text("Every value is ours.")).to_be_visible()
    expect(page.locator("#own-values")).to_be_focused()
    expect(value).to_have_value("")


def test_what_is_no_value_is_refused_in_words_and_stays_in_the_form(
    page: Page, visit: Visit
) -> None:
    visit(page, RESULT)
    panel(page)
    value = page.get_by_label("Your value, 0 to 100")
    # What the browser itself would refuse must not get through another one either.
    page.locator("#own-value").evaluate("form => form.noValidate = true")

    value.fill("101")
    page.get_by_role("button", name="Use my value").click()

    expect(page.get_by_role("alert").filter(has_text="whole number from 0 to 100")).to_be_visible()
    expect(value).to_have_attribute("aria-invalid", "true")
    expect(value).to_have_value("101")
    expect(page).to_have_url(re.compile(r"\?use=site&learning=little$"))

    value.fill("40")
    page.get_by_role("button", name="Use my value").click()
    expect(value).to_have_attribute("aria-invalid", "false")
    expect(page).to_have_url(re.compile(r"value\.\w+\.\w+=40$"))


def test_all_of_it_survives_a_refresh_another_tab_and_a_killed_server(
    app: AppServer, new_visitor: Callable[..., Page], visit: Visit
) -> None:
    page = new_visitor()  # whose console may complain: the server is gone for a while
    visit(page, f"/result/?use=site&importance.hiring=lot-unsure&{OWN}")
    expect(row(page, "Hiring")).to_contain_text("A lot, not sure")
    page.reload()
    expect(row(page, "Hiring")).to_contain_text("A lot, not sure")

    app.kill()
    app.start()
    slider(page, "Throughput").focus()
    page.keyboard.press("End")

    expect_in_address(page, "importance.throughput=decisive")
    expect_in_address(page, "importance.hiring=lot-unsure")
    expect_in_address(page, OWN)
    other = page.context.new_page()
    visit(other, "/result/")
    expect(other.get_by_text("One value is your own, not ours")).to_be_visible()
    expect(row(other, "Throughput")).to_contain_text("Decisiveset here")


def test_what_the_link_gets_wrong_is_named_and_the_rest_counts(page: Page, visit: Visit) -> None:
    visit(page, f"/result/?use=site&{OWN}&value.django.hiring=many&importance.beauty=lot")

    expect(page.get_by_text("“Django, Hiring”: The value has to be a whole number")).to_be_visible()
    expect(page.get_by_text("importance.beauty")).to_be_visible()
    expect(page.get_by_text("One value is your own, not ours")).to_be_visible()


def test_the_list_of_answers_takes_them_back(page: Page, visit: Visit) -> None:
    visit(page, f"/?use=site&importance.hiring=lot&{OWN}")

    page.get_by_role("button", name="take back Importance of Hiring").click()
    expect(page).to_have_url(re.compile(rf"\?use=site&{re.escape(OWN)}$"))
    page.get_by_role("button", name="take back Django, Learning curve").click()
    expect(page).to_have_url(re.compile(r"\?use=site$"))
    expect(page.get_by_text("Set directly")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_panel_fits_and_every_control_has_a_name_and_room(
    new_visitor: Callable[..., Page], visit: Visit, width: int
) -> None:
    page = new_visitor(viewport={"width": width, "height": 800})
    visit(page, f"/result/?use=site&importance.hiring=lot&{OWN}")
    opened = panel(page)
    expect(slider(page, "Hiring")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.get_by_role("slider").count() == len(get_catalog().criteria)
    for control in opened.locator("button, input, select, summary").all():
        if control.is_visible():
            box = control.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24, control.evaluate("e => e.outerHTML")
