"""Stories of what nobody loses: a second tab, a network blip, an idle hour, a killed server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from house.server import AppServer
from tests.e2e.visitor import (
    expect_answer,
    expect_answers,
    expect_ranking,
    go_to,
    option,
    press,
    refresh,
    visit,
)

pytestmark = pytest.mark.browser

SERVER = "**/_event/**"
ANOTHER_SESSION = '"is_hydrated_rx_state_":false'
LOST = "No connection to the server. Your answers are kept in this browser"


@pytest.fixture
def forgetful_app(app: AppServer) -> Iterator[AppServer]:
    """The same server, but a session that says nothing for a second is forgotten."""
    app.kill()
    app.extra_variables["REFLEX_REDIS_TOKEN_EXPIRATION"] = "1"
    app.start()
    yield app
    app.kill()
    del app.extra_variables["REFLEX_REDIS_TOKEN_EXPIRATION"]
    app.start()


def test_a_second_tab_has_the_answers_and_the_last_word_stays(page: Page) -> None:
    visit(page, "/?use=api")
    go_to(page, "Admin pages")
    option(page, "A lot").check()
    expect_answers(page, {"use": "api", "admin": "lot"})

    second = page.context.new_page()
    visit(second, "/")
    expect_ranking(second, use="api", admin="lot")
    option(second, "Decisive").check()
    expect_answers(second, {"use": "api", "admin": "decisive"})

    option(page, "A little").check()
    expect_ranking(page, use="api", admin="little")
    third = page.context.new_page()
    visit(third, "/result/")
    expect_ranking(third, use="api", admin="little")


def test_answers_given_without_a_network_arrive_when_it_is_back(page: Page) -> None:
    visit(page, "/?use=api")
    go_to(page, "Admin pages")
    option(page, "A lot").check()
    expect_answers(page, {"use": "api", "admin": "lot"})

    page.context.set_offline(True)
    expect(page.get_by_text(LOST)).to_be_visible(timeout=30_000)
    option(page, "Decisive").check()
    page.context.set_offline(False)

    expect_ranking(page, use="api", admin="decisive")
    expect(page.get_by_text(LOST)).to_be_hidden(timeout=30_000)
    expect_answers(page, {"use": "api", "admin": "decisive"})


def test_a_connection_that_broke_unnoticed_costs_no_answer(page: Page) -> None:
    """It swallowed a click; the server still holds it, and takes the next one for another tab."""
    connections: list[WebSocketRoute] = []
    swallowed: list[str] = []
    is_broken = False

    def pass_on(connection: WebSocketRoute) -> None:
        connections.append(connection)
        server = connection.connect_to_server()

        def send_or_swallow(message: str | bytes) -> None:
            if is_broken:
                swallowed.append(str(message))
            else:
                server.send(message)

        connection.on_message(send_or_swallow)
        connection.on_close(lambda code, reason: None)  # the server is not told

    page.route_web_socket(SERVER, pass_on)
    page.goto("/?use=api")
    expect_ranking(page, use="api")
    go_to(page, "Admin pages")
    option(page, "A lot").check()
    expect_answers(page, {"use": "api", "admin": "lot"})
    session = page.evaluate("sessionStorage.token")

    is_broken = True
    option(page, "Decisive").check()
    for _ in range(300):
        if swallowed:
            break
        page.evaluate("() => new Promise(requestAnimationFrame)")
    assert "decisive" in "".join(swallowed)
    is_broken = False
    connections[-1].close(code=4000, reason="broken")

    expect_answers(page, {"use": "api", "admin": "decisive"})
    expect_ranking(page, use="api", admin="decisive")
    assert page.evaluate("sessionStorage.token") != session
    option(page, "A little").check()
    expect_ranking(page, use="api", admin="little")


def test_a_server_killed_between_two_answers_costs_none(app: AppServer, page: Page) -> None:
    visit(page, "/?use=api")
    go_to(page, "What may be listed")
    option(page, "Python is not settled").check()
    expect_answers(page, {"use": "api", "scope": "open"})

    app.kill()
    option(page, "Python frameworks and Django add-ons").check()
    expect(page.get_by_text(LOST)).to_be_visible(timeout=30_000)
    app.start()

    expect_answers(page, {"use": "api", "scope": "addons"})
    expect_ranking(page, use="api", scope="addons")
    press(page, "Check your answers")
    expect_answer(page, "Kind of project", "A JSON API")
    expect_answer(page, "What may be listed", "Python frameworks and Django add-ons")
    refresh(page)
    expect_ranking(page, use="api", scope="addons")


def test_an_idle_hour_with_the_tab_open_costs_no_answer(
    forgetful_app: AppServer, page: Page
) -> None:
    """The hour is a second long here; what comes next finds no session any more."""
    said: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda payload: said.append(str(payload))),
    )
    visit(page, "/?use=api&admin=lot")

    page.wait_for_timeout(2_000)  # being idle is all the visitor does
    said.clear()
    page.evaluate("document.querySelectorAll('input[type=checkbox]').forEach(box => box.click())")

    expect_answers(page, {"use": "api", "admin": "lot", "others": "show", "strict": "yes"})
    expect_ranking(page, use="api", admin="lot", others="show", strict="yes")
    assert any(ANOTHER_SESSION in frame for frame in said), "the session was not forgotten"
    go_to(page, "Admin pages")
    option(page, "Decisive").check()
    expect_ranking(page, use="api", admin="decisive", others="show", strict="yes")
    refresh(page)
    expect_answers(page, {"use": "api", "admin": "decisive", "others": "show", "strict": "yes"})
