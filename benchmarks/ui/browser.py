"""The browser: pages that have the clock in them, and what each page received."""

import base64
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from benchmarks.problems import BenchmarkError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
OURS = {"127.0.0.1", "localhost", ""}
NOT_FROM_A_SERVER = ("data", "blob", "about", "chrome", "devtools")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this machine exists: a page that needs more does not get it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    # Seven pages are open at a time, and only one is in front.
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
)


@dataclass
class Received:
    """What came over the network for one page, and whom else it asked."""

    by_request: dict[str, int] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    messages: int = 0
    outside: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """Bytes of all answers as they came (compressed, with headers), and of messages."""
        return sum(self.by_request.values()) + self.messages

    def ask(self, event: dict[str, Any]) -> None:
        """A request left."""
        address = urlsplit(event["request"]["url"])
        if address.scheme not in NOT_FROM_A_SERVER and address.hostname not in OURS:
            self.outside.add(str(address.hostname))

    def begin(self, event: dict[str, Any]) -> None:
        """The headers of an answer came."""
        answer = event["response"]
        if urlsplit(answer["url"]).scheme not in NOT_FROM_A_SERVER:
            self.by_request[event["requestId"]] = int(answer["encodedDataLength"])

    def grow(self, event: dict[str, Any]) -> None:
        """A part of an answer came; counts for answers that never end."""
        request = event["requestId"]
        if request in self.by_request and request not in self.finished:
            self.by_request[request] += int(event["encodedDataLength"])

    def end(self, event: dict[str, Any]) -> None:
        """An answer is whole: its length as the browser gives it."""
        request = event["requestId"]
        if request in self.by_request:
            self.finished.add(request)
            self.by_request[request] = int(event["encodedDataLength"])

    def hear(self, event: dict[str, Any]) -> None:
        """A message came over a websocket; counted as it is after unpacking."""
        frame = event["response"]
        text = frame["payloadData"]
        is_binary = frame["opcode"] == 2
        self.messages += len(base64.b64decode(text)) if is_binary else len(text.encode())


def open_page(browser: "Browser", table: str) -> "tuple[Page, Received]":
    """A page of a visitor of its own, with an empty cache, and what it will receive."""
    context = browser.new_context(viewport={"width": 1280, "height": 1400})
    page = context.new_page()
    page.add_init_script(f"{WATCH}\n__clock.table = {table!r}")
    received = Received()
    session = context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", received.ask)
    session.on("Network.responseReceived", received.begin)
    session.on("Network.dataReceived", received.grow)
    session.on("Network.loadingFinished", received.end)
    session.on("Network.webSocketFrameReceived", received.hear)
    session.send("Network.enable")
    return page, received


def expect(page: "Page", choices: Sequence[Sequence[int]], patience_ms: float) -> None:
    """Let the page's clock wait for one of these sets of scores."""
    as_text = [[str(score) for score in scores] for scores in choices]
    page.evaluate(
        "([choices, patience]) => __clock.expect(choices, patience)", [as_text, patience_ms]
    )


def answer(page: "Page") -> dict[str, Any]:
    """What the clock found; `which` is -1 when the time was over."""
    found: dict[str, Any] = page.evaluate("() => __clock.answer")
    return found


@contextmanager
def chromium() -> "Iterator[Browser]":
    """A browser without a window; closed at the end of the block.

    Raises:
        BenchmarkError: there is none, or nothing to drive it with.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise BenchmarkError(
            "playwright is missing: run this with the Python of .venv (make test installs it)."
        ) from error
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise BenchmarkError("No browser: install Chromium (Debian: apt install chromium).")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=list(SWITCHES))
        except Error as error:
            first_line = str(error).strip().splitlines()[0]
            raise BenchmarkError(f"Chromium does not start: {first_line}") from error
        try:
            yield browser
        finally:
            browser.close()


def errors() -> tuple[type[Exception], ...]:
    """What playwright raises when a page or the browser breaks."""
    from playwright.sync_api import Error

    return (Error,)
