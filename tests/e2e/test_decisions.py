"""Stories of saved decisions: saved, shared, renamed, deleted; and of a database that fails."""

import json
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from framework_picker import routes
from framework_picker.persistence.database import Database
from framework_picker.persistence.repository import save_decision
from framework_picker.state.outlook import document_of
from house.server import AppServer
from tests.e2e.test_axe import expect_no_violation
from tests.e2e.test_phone import TOO_WIDE
from tests.e2e.visitor import expect_ranking, heading, open_everything, press, refresh, visit
from tests.persistence.documents import MIGRATIONS

pytestmark = pytest.mark.browser

ANSWERS = {"use": "api", "admin": "lot", "async": "decisive"}
RESULT = f"/result/?{routes.answer_query(ANSWERS)}"
TITLE = "Orders <b>API</b> & more"
NOTE = "Because of the admin pages.\nAda and Bob agreed."
NOBODY = "22222222222222"


def save(page: Page, title: str = TITLE, note: str = NOTE) -> str:
    """Save the result on the screen; the address it gets."""
    page.get_by_label("Title, if you like").fill(title)
    page.get_by_label("Note: what else").fill(note)
    press(page, "Save decision")
    link = page.get_by_role("link", name="/d/")
    expect(link).to_be_visible()
    return str(link.get_attribute("href"))


def figures(table: Locator) -> list[list[str]]:
    """The cells of a table's body, row by row."""
    return [
        [cell.strip() for cell in row.locator("th, td").all_inner_texts()]
        for row in table.locator("tbody tr").all()
    ]


def answer_of(app: AppServer, path: str) -> tuple[int, str]:
    """Status and text of what the server answers."""
    try:
        with urllib.request.urlopen(app.url + path, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def becomes_ready(app: AppServer, status: int) -> str:
    """What /readyz says, once it has this status: a finding is given again for a second."""
    for _ in range(20):
        found, text = answer_of(app, "/readyz")
        if found == status:
            return text
        time.sleep(0.2)
    raise AssertionError(f"/readyz stays at {found}: {text}")


def database_file(app: AppServer) -> Path:
    return app.folder / "var" / "picker.db"


def test_a_result_is_saved_shared_renamed_and_deleted(
    app: AppServer, page: Page, new_visitor: Callable[..., Page]
) -> None:
    visit(page, RESULT)
    expect_ranking(page, **ANSWERS)
    open_everything(page)
    live = figures(page.get_by_role("table").filter(has_text="First in").first)
    address = save(page)

    reader = new_visitor()
    visit(reader, address)
    expect(heading(reader)).to_have_text(TITLE)
    expect(reader).to_have_title(f"{TITLE} · Framework Picker")
    expect(reader.get_by_text("Ada and Bob agreed.")).to_be_visible()
    expect(reader.get_by_text("The winner still holds:")).to_be_visible()
    open_everything(reader)
    frozen = reader.get_by_role("table").filter(has_text="as they were saved")
    assert figures(frozen) == live
    assert reader.locator("main b").count() == 0
    expect(reader.get_by_text("Rename, or change the note")).to_have_count(0)

    page.get_by_role("link", name="/d/").click()
    expect(heading(page)).to_have_text(TITLE)
    page.get_by_text("Rename, or change the note").click()
    page.get_by_label("Title, if you like").fill("Orders, 2027")
    press(page, "Save the change")
    expect(heading(page)).to_have_text("Orders, 2027")
    refresh(reader)
    expect(heading(reader)).to_have_text("Orders, 2027")

    page.get_by_role("link", name="My decisions").first.click()
    line = page.get_by_role("list", name="My decisions").get_by_role("listitem")
    expect(line).to_contain_text("still holds")
    line.locator("summary").click()
    line.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    refresh(reader)
    expect(heading(reader)).to_have_text("This decision was deleted.")
    assert answer_of(app, address)[0] == 410


def test_an_unknown_address_is_404_with_a_way_on(app: AppServer, page: Page) -> None:
    status, text = answer_of(app, f"/d/{NOBODY}/")
    assert (status, "There is no decision at this address" in text) == (404, True)

    visit(page, f"/d/{NOBODY}/")
    expect(heading(page)).to_have_text("There is no decision at this address.")
    page.get_by_role("main").get_by_role("link", name="My decisions").click()
    expect(heading(page)).to_have_text("My decisions")


def test_two_tabs_that_save_keep_both_keys(page: Page) -> None:
    visit(page, RESULT)
    second = page.context.new_page()
    visit(second, RESULT)
    save(page, "From the first tab")
    save(second, "From the second tab")

    visit(page, "/decisions/")

    lines = page.get_by_role("list", name="My decisions").get_by_role("link")
    expect(lines).to_have_text(["From the second tab", "From the first tab"])


def test_a_decision_of_older_data_says_what_moved(app: AppServer, page: Page) -> None:
    then: Any = json.loads(json.dumps(document_of(ANSWERS)))
    leader = then["ranking"][0]
    part = max(leader["contributions"], key=lambda entry: entry["points"])
    leader["score"] -= part["points"]
    part.update(value=0.0, points=0.0)
    part["parts"][0].update(reading="not known then", value=None)
    then["ranking"].sort(key=lambda entry: -entry["score"])
    for place, entry in enumerate(then["ranking"], start=1):
        entry["rank"] = place
    then.update(winner=then["ranking"][0]["slug"], data_version="00000000")
    database = Database(f"sqlite:///{database_file(app)}", MIGRATIONS)
    with database.writing() as session:
        saved = save_decision(session=session, document=then, title="Of long ago")

    visit(page, routes.decision(saved.id))

    expect(page.get_by_text(f"{leader['name']} now leads, no longer")).to_be_visible()
    expect(page.get_by_text("It changes the first place.")).to_be_visible()
    expect(page.get_by_text("The data of that day is not kept on this server")).to_be_visible()
    places = page.get_by_role("table", name="Place and points, then and today")
    assert [row[0] for row in figures(places)] == [entry["name"] for entry in then["ranking"]]
    open_everything(page)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(TOO_WIDE) == []
    page.emulate_media(reduced_motion="reduce")
    expect_no_violation(page, 390)
    expect_no_violation(page, 1280)


def test_axe_finds_nothing_on_the_list_and_in_the_owner_s_tools(page: Page) -> None:
    visit(page, RESULT)
    address = save(page)
    visit(page, address)
    expect(heading(page)).to_have_text(TITLE)
    open_everything(page)
    expect_no_violation(page, 390)
    visit(page, "/decisions/")
    expect(page.get_by_text("still holds")).to_be_visible()
    open_everything(page)
    expect_no_violation(page, 390)


@contextmanager
def gone(app: AppServer) -> Iterator[None]:
    """The database file is gone while the server runs."""
    file = database_file(app)
    away = file.rename(file.with_name("away.db"))
    try:
        yield
    finally:
        away.rename(file)


@contextmanager
def busy(app: AppServer) -> Iterator[None]:
    """Another program writes and does not end."""
    with closing(sqlite3.connect(database_file(app), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(gone, "The database cannot be opened."), (busy, "The database is busy")],
    ids=["gone", "busy"],
)
def test_without_a_database_everything_but_saving_goes_on(
    app: AppServer, page: Page, fault: Callable[..., Any], reason: str
) -> None:
    visit(page, RESULT)
    becomes_ready(app, 200)

    with fault(app):
        page.get_by_label("Title, if you like").fill(TITLE)
        page.get_by_label("Note: what else").fill(NOTE)
        press(page, "Save decision")
        expect(page.get_by_role("alert").filter(has_text="Not saved.")).to_contain_text(reason)
        expect(page.get_by_label("Title, if you like")).to_have_value(TITLE)
        expect(page.get_by_label("Note: what else")).to_have_value(NOTE)
        assert reason in becomes_ready(app, 503)
        other = page.context.new_page()
        visit(other, "/?use=site&learning=lot")
        expect_ranking(other, use="site", learning="lot")
        other.close()

    press(page, "Save decision")
    expect(page.get_by_role("link", name="/d/")).to_be_visible()
    assert becomes_ready(app, 200) == '{"status":"ok"}'


def test_what_was_typed_survives_a_killed_server_and_is_saved_when_it_is_back(
    app: AppServer, page: Page
) -> None:
    visit(page, RESULT)
    expect_ranking(page, **ANSWERS)
    page.get_by_label("Title, if you like").fill(TITLE)
    page.get_by_label("Note: what else").fill(NOTE)

    app.kill()
    app.start()
    expect(page.get_by_label("Title, if you like")).to_have_value(TITLE)
    press(page, "Save decision")

    link = page.get_by_role("link", name="/d/")
    expect(link).to_be_visible(timeout=30_000)
    address = str(link.get_attribute("href"))
    app.kill()
    app.start()
    again = page.context.new_page()
    visit(again, address)
    expect(heading(again)).to_have_text(TITLE)
    expect(again.get_by_text("Rename, or change the note")).to_be_visible()
