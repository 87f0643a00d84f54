"""The load generator: its command line, its output, and what happens when it breaks."""

import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.generator import (
    MARK,
    MISSING,
    BrokenGeneratorError,
    Request,
    Wrk,
    read_output,
)
from benchmarks.problems import BenchmarkError
from tests.benchmarks.tiny import fake_wrk

CORE = 0
ASK = Request("POST", "/validation", {"Content-Type": "application/json"}, '{"a": "b c"}')
# Recorded from wrk 4.1.0 of Debian 12.
RECORDED = """\
Running 1s test @ http://127.0.0.1:33663/json
  1 threads and 32 connections
  28230 requests in 1.01s, 4.09MB read
Requests/sec:  28031.70

harness-result:{"requests":28230,"microseconds":1007074,"bytes":4290960,"connect":0,"read":2,\
"write":0,"timeout":1,"status":30,"p50":1100,"p90":1500,"p99":2100,"longest":9000}
"""


def test_requests_with_another_status_are_errors_and_no_throughput() -> None:
    load = read_output(RECORDED, client_seconds=0.4)

    assert load.requests == 28200
    assert load.errors == 33
    assert load.requests_per_second == pytest.approx(28200 / 1.007074)


@pytest.mark.parametrize(
    "output",
    [
        "",
        "unable to connect to 127.0.0.1:1 Connection refused",
        f"{MARK}" + '{"requests":1',
        f"{MARK}[]",
        f"{MARK}" + '{"requests":"many"}',
    ],
)
def test_output_that_nobody_can_read_is_said_in_one_line(output: str) -> None:
    with pytest.raises(BrokenGeneratorError, match="wrk wrote what nobody can read") as caught:
        read_output(output, 0.0)
    assert "\n" not in str(caught.value)


def test_a_missing_generator_is_named_with_the_way_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BenchmarkError, match=MISSING):
        Wrk(CORE)


def test_a_generator_that_fails_is_said_with_its_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first_core: int
) -> None:
    monkeypatch.setenv("FAKE_WRK_CALLS", str(tmp_path / "calls"))
    program = fake_wrk(tmp_path, "sys.exit('unable to create thread 0')")

    with pytest.raises(BrokenGeneratorError, match="status 1: unable to create thread 0"):
        Wrk(first_core, str(program)).measure("http://127.0.0.1:1", ASK, 1, 1)


def test_the_command_line_says_everything_about_the_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = Wrk(CORE, str(fake_wrk(tmp_path))).command("http://127.0.0.1:8000", ASK, 32, 2.0)

    assert "-c32" in command
    assert "-d2s" in command
    assert "Connection: keep-alive" in command
    assert command[-4:] == ["http://127.0.0.1:8000/validation", "--", "POST", '{"a": "b c"}']


class Echo(BaseHTTPRequestHandler):
    """Answers 200 to the request the test expects, and 400 to any other."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        is_right = body == b'{"a": "b c"}' and self.headers["Content-Type"] == "application/json"
        self.send_response(200 if is_right else 400)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.mark.slow
def test_the_real_generator_sends_method_body_and_headers_and_counts_the_answers(
    first_core: int,
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base_url = f"http://127.0.0.1:{server.server_port}"
    wrk = Wrk(first_core)
    try:
        assert wrk.version.startswith("wrk 4")
        started = time.monotonic()
        wrk.warm_up(base_url, ASK, 2, 0.2)
        assert time.monotonic() - started < 2, "the warm-up did not end early"

        good = wrk.measure(base_url, ASK, 2, 1)
        wrong = wrk.measure(base_url, Request("POST", "/", {}, "something else"), 2, 1)
    finally:
        wrk.close()
        server.shutdown()
        server.server_close()

    assert good.requests > 50
    assert good.errors == 0
    assert good.client_seconds > 0
    assert wrong.requests == 0
    assert wrong.errors > 50


def test_the_test_needs_the_real_generator() -> None:
    found = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False)

    assert "wrk" in found.stdout + found.stderr, f"{MISSING} ({sys.platform})"
