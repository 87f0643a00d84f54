"""A visit in a real browser, to a page whose speed and faults are known."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

import pytest

from benchmarks import cpu
from benchmarks.ui import browser, visit, work
from benchmarks.ui.entries import Entry

pytestmark = pytest.mark.browser

DELAY_MS = 120
PAGE = """<!doctype html><title>App</title><link rel="icon" href="data:,">
<div id="inputs"></div><div id="host"></div>
<table><tbody></tbody></table><script>
const values = %(values)s, weights = [5, 5, 5, 5, 5], fault = "%(fault)s"
// The chart lies behind a shadow root, as in some frameworks.
const host = document.querySelector("#host").attachShadow({mode: "open"})
host.innerHTML = '<div class="js-plotly-plot"><svg width="600" height="40"></svg></div>'
function draw() {
  const scores = values.map(row => row.reduce((sum, v, n) => sum + v * weights[n], 0))
  if (fault === "wrong") scores[3] += 1
  const bars = scores.map((s, n) => `<text class="bartext" x="${n * 60}" y="20">${s}</text>`)
  host.querySelector("svg").innerHTML = bars.join("")
  document.querySelector("tbody").innerHTML =
    scores.map(s => `<tr><td>x</td><td>${s}</td></tr>`).join("")
}
const deaf = performance.now() + (fault === "deaf" ? 250 : 0)
weights.forEach((_, n) => {
  const input = document.createElement("input")
  Object.assign(input, {type: "range", min: 0, max: 10, value: 5})
  input.addEventListener("input", () => {
    if (performance.now() < deaf) { input.value = weights[n]; return }
    weights[n] = Number(input.value)
    setTimeout(draw, %(delay)d)
  })
  document.querySelector("#inputs").append(input)
})
draw()
if (fault === "outside") fetch("http://elsewhere.example/").catch(() => {})
</script>"""

ENTRY = Entry(
    id="made-up",
    framework="made-up",
    label="Made up",
    packages=(),
    words=("python",),
    thumb="input[type=range]",
    table="tbody td:last-child",
    note="",
)


class Served:
    """Stands in for a server that the harness started: an address and a memory."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.pid = threading.get_native_id()

    def memory_mb(self) -> float:
        return 10.0


@pytest.fixture
def serve() -> Iterator[Callable[[str], Served]]:
    servers = []

    def start(fault: str) -> Served:
        values = [list(row) for row in work.ITEMS.values()]
        body = (PAGE % {"values": values, "fault": fault, "delay": DELAY_MS}).encode()

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
                """Nothing: the test's output is no log."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return Served(f"http://127.0.0.1:{server.server_address[1]}")

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A visit of seconds."""
    for name, value in (
        ("CHANGES", 4),
        ("WARM_UP_CHANGES", 1),
        ("PAGES", 1),
        ("REST_MS", 300.0),
        ("PATIENCE_MS", 4000.0),
        ("BETWEEN_MS", (20, 40)),
        ("SETTLE_SECONDS", 0.1),
    ):
        monkeypatch.setattr(visit, name, value)


def measured(served: Served) -> visit.Measured:
    with browser.chromium() as chromium:
        return visit.measure(ENTRY, served, chromium, Random(1), cpu.Cores(0, 0))  # type: ignore[arg-type]


def test_the_clock_counts_from_the_key_to_the_frame(serve: Callable[[str], Served]) -> None:
    found = measured(serve(""))

    assert len(found.changes_ms) == 4
    # Not before the page's own delay, and a few frames after it even on a busy machine.
    assert all(DELAY_MS <= change < DELAY_MS + 1500 for change in found.changes_ms)
    pairs = zip(found.chart_ms, found.changes_ms, strict=True)
    assert all(chart <= change for chart, change in pairs)
    assert found.usable_ms >= DELAY_MS
    assert found.presses_until_usable == 1
    assert 1500 < found.first_visit_bytes < 6000
    assert found.outside == []
    assert found.as_json()["memory_per_page_mb"] == 0.0


def test_a_press_that_comes_too_early_is_made_again(serve: Callable[[str], Served]) -> None:
    found = measured(serve("deaf"))

    assert found.usable_ms > 250 + DELAY_MS
    assert found.presses_until_usable == 1


def test_wrong_numbers_are_not_timed(serve: Callable[[str], Served]) -> None:
    with pytest.raises(visit.NotConformingError, match="the chart shows 241 for Dogwood, not 240"):
        measured(serve("wrong"))


def test_a_page_that_asks_elsewhere_is_rejected(serve: Callable[[str], Served]) -> None:
    found = measured(serve("outside"))

    assert visit.why_rejected(found) == "the page asked for elsewhere.example"
