"""Latency at a fixed rate: autocannon's words are read with care, and a real run keeps its pace."""

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from benchmarks import latency

pytestmark = pytest.mark.slow

RECORDED = Path(__file__).with_name("autocannon.json")


def recorded(**changes: Any) -> str:
    """What a real run printed, with changes to `paced` or (own_...) to autocannon's part."""
    output = json.loads(RECORDED.read_text(encoding="utf-8"))
    for name, value in changes.items():
        part = output["autocannon"] if name.startswith("own_") else output["paced"]
        part[name.removeprefix("own_")] = value
    return json.dumps(output)


def test_a_recorded_run_is_read() -> None:
    found = latency.parsed(recorded())

    assert (found.rate_asked, found.rate_reached, found.count) == (500, 500, 1500)
    assert 0 < found.p50_ms <= found.p90_ms <= found.p99_ms
    assert found.errors == 0
    assert found.valid


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"rate_reached": 490.0}, "490 requests/s reached, 500 asked"),
        ({"rate_reached": 512.0}, "512 requests/s reached, 500 asked"),
        ({"own_non2xx": 2}, "2 requests failed"),
        ({"own_errors": 1, "unanswered": 3}, "4 requests failed"),
        ({"client_cpu": 0.9}, "client-bound: the client used 0.90 of its core"),
    ],
)
def test_a_run_that_does_not_count_says_why(changes: dict[str, Any], why: str) -> None:
    found = latency.parsed(recorded(**changes))

    assert not found.valid
    assert found.why_invalid == why


def test_one_answer_more_at_the_edge_is_the_same_rate() -> None:
    assert latency.parsed(recorded(rate_asked=20, rate_reached=20.5)).valid


@pytest.mark.parametrize(
    "output",
    [
        "",
        "not json",
        "[]",
        "{}",
        recorded(p99_ms=None),
        recorded(p50_ms="fast"),
        recorded(p50_ms=float("nan")),
        recorded(p90_ms=-1),
        recorded(own_errors=None),
        recorded()[:-40],
    ],
)
def test_broken_output_is_one_clear_line(output: str) -> None:
    with pytest.raises(latency.LatencyError, match="not what was expected"):
        latency.parsed(output)


def test_no_answer_is_said() -> None:
    with pytest.raises(latency.LatencyError, match=r"nothing answered \(7 errors\)"):
        latency.parsed(recorded(count=0, own_errors=7, p50_ms=None))


def test_missing_programs_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(latency, "_search_path", lambda: str(tmp_path))

    with pytest.raises(latency.LatencyError, match="node is not installed"):
        latency.measure("http://127.0.0.1:9", "GET", "/", "", {}, 10, 1, 1, None)

    monkeypatch.setattr(latency, "FOLDER", tmp_path)
    with pytest.raises(latency.LatencyError, match="npm is not installed"):
        latency.install()


class Answers(BaseHTTPRequestHandler):
    """Says yes to a POST with the right body, and no to everything else."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together, or the second waits for an acknowledgement

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        is_right = self.rfile.read(length) == b'{"a": 1}' and self.headers["X-Test"] == "yes"
        self.send_response(200 if is_right else 400)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the test's output is no log."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_real_run_keeps_its_pace_and_counts_failures(address: str) -> None:
    cpu = max(os.sched_getaffinity(0))
    headers = {"X-Test": "yes", "Content-Type": "application/json"}

    good = latency.measure(address, "POST", "/", '{"a": 1}', headers, 50, 1, 2, cpu)
    bad = latency.measure(address, "POST", "/", "{}", headers, 50, 1, 2, cpu)

    assert 40 <= good.rate_reached <= 60
    assert 45 <= good.count <= 55
    assert 0 < good.p50_ms <= good.p90_ms <= good.p99_ms
    assert good.errors == 0
    assert bad.errors >= 45
    assert not bad.valid


def test_a_closed_port_is_one_clear_line() -> None:
    with pytest.raises(latency.LatencyError, match="nothing answered"):
        latency.measure("http://127.0.0.1:9", "GET", "/", "", {}, 50, 0.5, 2, None)
