"""The app as visitors get it: built and served once, and a browser to look at it.

A story uses `app` (the server: `app.url`, `app.kill()`, `app.start()`), `page` (a fresh visitor: an
error in its console fails the story at its end) or `new_visitor(viewport=...)`. What visitors do
and see is in `visitor.py`; `visit` opens an address and waits until the page listens. Stories are
plain functions: Playwright's plain interface and pytest's event loop cannot share a thread.
"""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from house.browser import HOW_TO_GET_ONE, find_browser, launch_arguments
from house.places import ROOT
from house.problems import SetupError
from house.server import AppServer, free_port, only_one_server
from tests.e2e import visitor

PARTS = (
    "rxconfig.py",
    "framework_picker",
    "data",
    "assets",
    "reflex.lock",
    "alembic.ini",
    "alembic",
)
PATIENCE_S = 300.0
OFF_THE_NETWORK = re.compile(
    r"status of 404|ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_INTERNET_DISCONNECTED"
)

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """The production build on a port of its own, made by what `make run` uses.

    It is built in a folder of its own, so that tests neither disturb a running `make run` nor
    touch its database; the folder stays, so that Node's packages are fetched once.
    """
    port = free_port()
    with ExitStack() as stack:
        folder = ROOT / ".make" / "e2e"
        try:
            stack.enter_context(only_one_server(folder, f"port {port}"))
        except SetupError:  # another test run is using it
            folder = tmp_path_factory.mktemp("e2e")
        copy_app(folder)
        server = AppServer(folder, Path(sys.executable), port, "127.0.0.1", folder / "serve.log")
        # All stories come from one address; how limits hold is tested without a server.
        server.extra_variables["FRAMEWORK_PICKER_EVALUATION_LIMIT"] = "off"
        server.extra_variables["FRAMEWORK_PICKER_DECISION_LIMIT"] = "off"
        server.start(PATIENCE_S)
        stack.callback(server.stop)
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    executable = find_browser(Path(sys.executable))
    if executable is None:
        pytest.fail(HOW_TO_GET_ONE, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=launch_arguments())
        yield browser
        browser.close()


@pytest.fixture
def new_visitor(app: AppServer, browser: Browser) -> Iterator[Callable[..., Page]]:
    """A function that opens a page for somebody who was never here before.

    It takes what Playwright's `new_context` takes, for example `viewport` or `color_scheme`.
    """
    with ExitStack() as stack:

        def open_page(**options: object) -> Page:
            settings = {
                "base_url": app.url,
                "viewport": {"width": 1280, "height": 800},
                "reduced_motion": "reduce",
            }
            context = browser.new_context(**(settings | options))  # type: ignore[arg-type]
            stack.callback(context.close)
            return context.new_page()

        yield open_page


@pytest.fixture
def page(new_visitor: Callable[..., Page]) -> Iterator[Page]:
    """A fresh visitor's page; an error that the page reports fails the story."""
    page = new_visitor()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error" and not OFF_THE_NETWORK.search(message.text)
            else None
        ),
    )
    yield page
    assert errors == []


@pytest.fixture
def visit() -> Callable[[Page, str], None]:
    """A function that opens an address and comes back when the page listens to clicks."""
    return visitor.visit


def copy_app(folder: Path) -> None:
    """Bring a folder's copy of the app up to date; what was built there stays."""
    for name in PARTS:
        source, target = ROOT / name, folder / name
        if target.is_dir():
            shutil.rmtree(target)
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "external")
            shutil.copytree(source, target, ignore=ignored)
        elif source.is_file():
            shutil.copy2(source, target)
