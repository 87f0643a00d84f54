"""Stories of the server itself: killed and started again, without a second build."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from house import build
from house.server import AppServer

pytestmark = pytest.mark.browser


def test_a_killed_server_comes_back_without_building_again(
    app: AppServer, page: Page, visit: Callable[[Page, str], None]
) -> None:
    built = build.build_folder(app.folder) / "build" / "client" / "index.html"
    before = built.stat().st_mtime_ns

    app.kill()
    assert not app.answers()
    app.start()

    assert built.stat().st_mtime_ns == before
    visit(page, "/")
    assert page.title().startswith("Framework Picker")
