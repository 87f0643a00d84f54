"""The story of a visitor whose browser keeps a list of everything that is asked for."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from house.server import AppServer
from tests.e2e.visitor import heading, press, visit

pytestmark = pytest.mark.browser


def test_a_whole_visit_asks_nobody_but_our_own_server(app: AppServer, page: Page) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))

    visit(page, "/")
    press(page, "Content site with admin")
    expect(heading(page)).to_have_text("Check your answers")
    press(page, "Dark theme")
    page.get_by_role("link", name="See the result").first.click()
    expect(page).to_have_url(re.compile("/result/"))
    press(page, "Copy the link")
    for name, path in (
        ("Compare", "/compare/"),
        ("Evidence", "/evidence/"),
        ("Benchmarks", "/benchmarks/"),
    ):
        page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).click()
        expect(page).to_have_url(re.compile(path))
    page.get_by_role("contentinfo").get_by_role("link", name="All frameworks").click()
    expect(page).to_have_url(re.compile("/frameworks/"))
    page.get_by_role("main").get_by_role("link", name="Django", exact=True).first.click()
    expect(heading(page)).to_have_text("Django")
    page.wait_for_load_state("networkidle")
    page.get_by_role("navigation").get_by_role("link", name="Method").click()
    expect(page).to_have_url(re.compile("/method/"))
    page.wait_for_load_state("networkidle")

    assert any("plotly" in url for url in asked)  # the charts were fetched
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in ("data", "blob")}
    assert hosts == {urlsplit(app.url).netloc}
