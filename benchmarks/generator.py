"""The load generator: starts wrk, pinned to its own core, and reads what it found."""

import json
import math
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import cpu
from benchmarks.problems import BenchmarkError

MISSING = "wrk is missing: apt-get install wrk"
MARK = "harness-result:"
TIMEOUT_SECONDS = 8
PRIMER_CONNECTIONS = 8

SCRIPT = """
-- One request, made once before the start: it costs the generator nothing per request.
function init(arguments)
  wrk.method = arguments[1]
  if arguments[2] ~= "" then wrk.body = arguments[2] end
end

function done(summary, latency, requests)
  io.write(string.format(
    '\\nMARK{"requests":%d,"microseconds":%d,"bytes":%d,"connect":%d,"read":%d,"write":%d,' ..
    '"timeout":%d,"status":%d,"p50":%d,"p90":%d,"p99":%d,"longest":%d}\\n',
    summary.requests, summary.duration, summary.bytes, summary.errors.connect,
    summary.errors.read, summary.errors.write, summary.errors.timeout, summary.errors.status,
    latency:percentile(50), latency:percentile(90), latency:percentile(99), latency.max))
end
""".replace("MARK", MARK)
"""wrk's numbers as JSON. Its latencies at full load are waiting in line: kept, never shown."""


class BrokenGeneratorError(Exception):
    """The generator ran but did not say what it found."""


@dataclass(frozen=True)
class Request:
    """What is asked over and over."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str = ""
    mode: str = "keep-alive"


@dataclass(frozen=True)
class Load:
    """What one run of the generator found."""

    requests: int
    seconds: float
    errors: int
    client_seconds: float
    output: str

    @property
    def requests_per_second(self) -> float:
        """Good answers per second."""
        return self.requests / self.seconds if self.seconds > 0 else 0.0


class Wrk:
    """The generator `wrk`, on one core."""

    def __init__(self, core: int, program: str = "wrk") -> None:
        """Look for the program.

        Raises:
            BenchmarkError: it is not installed.
        """
        found = shutil.which(program)
        if found is None:
            raise BenchmarkError(MISSING)
        self._program = found
        self._core = core
        self._folder = tempfile.TemporaryDirectory(prefix="benchmarks-wrk-")
        self._script = Path(self._folder.name) / "request.lua"
        self._script.write_text(SCRIPT)

    def close(self) -> None:
        """Remove the script."""
        self._folder.cleanup()

    @property
    def version(self) -> str:
        """The name and version, as wrk says it: `wrk 4.1.0`."""
        answer = subprocess.run([self._program, "-v"], capture_output=True, text=True, check=False)
        found = re.search(r"\d+\.\d+\.\d+", answer.stdout + answer.stderr)
        return f"wrk {found.group()}" if found else "wrk"

    def command(
        self, base_url: str, request: Request, connections: int, seconds: float
    ) -> list[str]:
        """The command line for one request, at one number of connections."""
        headers = {"Connection": request.mode, **request.headers}
        flags = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        return [
            self._program,
            *("-t1", f"-c{connections}", f"-d{max(1, math.ceil(seconds))}s"),
            *("--timeout", f"{TIMEOUT_SECONDS}s", "--latency", "-s", str(self._script)),
            *flags,
            base_url + request.path,
            *("--", request.method, request.body),
        ]

    def warm_up(self, base_url: str, request: Request, connections: int, seconds: float) -> None:
        """Ask without looking at the answers; ends early, since wrk counts whole seconds only."""
        if seconds <= 0:
            return
        process = self._start(self.command(base_url, request, connections, seconds + 1))
        try:
            time.sleep(seconds)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=TIMEOUT_SECONDS + 2)
        finally:
            _end(process)

    def measure(self, base_url: str, request: Request, connections: int, seconds: float) -> Load:
        """Ask for the given time.

        Raises:
            BrokenGeneratorError: wrk failed, or its output cannot be read.
        """
        process = self._start(self.command(base_url, request, connections, seconds))
        try:
            assert process.stdout is not None
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            _end(process)
        if process.returncode:
            last = output.strip().splitlines()[-1:] or ["no output"]
            raise BrokenGeneratorError(f"wrk ended with status {process.returncode}: {last[0]}")
        return read_output(output, usage.ru_utime + usage.ru_stime)

    def _start(self, command: list[str]) -> subprocess.Popen[str]:
        with cpu.pinned(self._core):
            return subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )


def _end(process: subprocess.Popen[str]) -> None:
    if process.returncode is None and process.poll() is None:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def read_output(output: str, client_seconds: float) -> Load:
    """What wrk found, from what it wrote.

    Raises:
        BrokenGeneratorError: the harness's own line is missing or damaged.
    """
    lines = [line for line in output.splitlines() if line.startswith(MARK)]
    try:
        found: dict[str, Any] = json.loads(lines[-1].removeprefix(MARK))
        socket_errors = sum(int(found[name]) for name in ("connect", "read", "write", "timeout"))
        other_status = int(found["status"])
        return Load(
            requests=max(0, int(found["requests"]) - other_status),
            seconds=int(found["microseconds"]) / 1e6,
            errors=socket_errors + other_status,
            client_seconds=client_seconds,
            output=output,
        )
    except (IndexError, KeyError, TypeError, ValueError) as error:
        start = " ".join(output.split())[:200] or "nothing"
        raise BrokenGeneratorError(f"wrk wrote what nobody can read: {start}") from error
