"""Latency at a fixed rate: autocannon sends, this module asks it to and reads what it says.

autocannon comes from npm, pinned in ``benchmarks/node/`` (package.json, package-lock.json) and
installed beside them on first use. ``benchmarks/node/latency.cjs`` gives its requests an even pace
and says why its own ``-R`` is not used. Never run this near saturation: there the time a request
waits in a queue is measured, not the framework.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.problems import BenchmarkError

AUTOCANNON = "9.0.0"
FOLDER = Path(__file__).resolve().parent / "node"
SCRIPT = FOLDER / "latency.cjs"
RATE_TOLERANCE = 0.01
CLIENT_BOUND = 0.85
"""Above this share of its core the client is what is measured."""
INSTALL_SECONDS = 300
START_AND_END_SECONDS = 20


class LatencyError(BenchmarkError):
    """No latency could be measured; the message is one line for people."""


@dataclass(frozen=True, slots=True)
class Latency:
    """What the answers to requests at one rate took, from the moment each request was due."""

    p50_ms: float
    p90_ms: float
    p99_ms: float
    rate_reached: float
    errors: int
    rate_asked: float
    count: int
    client_cpu: float
    raw: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def why_invalid(self) -> str:
        """Empty when the sample counts, otherwise the first reason why it does not."""
        # A second answer more or less at the edge of the window is no different rate.
        tolerance = max(self.rate_asked * RATE_TOLERANCE, 2.0)
        if abs(self.rate_reached - self.rate_asked) > tolerance:
            return f"{self.rate_reached:.0f} requests/s reached, {self.rate_asked:.0f} asked"
        if self.errors:
            return f"{self.errors} requests failed"
        if self.client_cpu > CLIENT_BOUND:
            return f"client-bound: the client used {self.client_cpu:.2f} of its core"
        return ""

    @property
    def valid(self) -> bool:
        """Whether the rate was the one asked for, nothing failed and the client kept up."""
        return not self.why_invalid


def measure(
    base_url: str,
    method: str,
    path: str,
    body: str,
    headers: Mapping[str, str],
    rate: float,
    seconds: float,
    connections: int,
    cpu: int | None,
) -> Latency:
    """The latency of one kind of request at ``rate`` requests per second over all connections.

    Args:
        base_url: Scheme, host and port, without a path.
        method: The method of the requests.
        path: The path of the requests, with query.
        body: Their body; empty for none.
        headers: Their headers.
        rate: Requests per second over all connections together.
        seconds: How long to measure, after half a second in which the connections open.
        connections: How many connections to keep open.
        cpu: The processor that the client is pinned to; None for any.

    Raises:
        LatencyError: Node, autocannon or its output are missing or broken, or nothing answered.
    """
    node = _node()
    install()
    asked = {
        "url": base_url.rstrip("/") + path,
        "method": method,
        "body": body,
        "headers": dict(headers),
        "rate": rate,
        "seconds": seconds,
        "connections": connections,
    }
    command = [node, str(SCRIPT)]
    if cpu is not None:
        command = [_program("taskset"), "-c", str(cpu), *command]
    try:
        ended = subprocess.run(
            command,
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            timeout=seconds + START_AND_END_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise LatencyError(f"autocannon did not end within {late.timeout:.0f} s") from None
    if ended.returncode != 0:
        raise LatencyError(f"autocannon failed: {_last_line(ended.stderr)}")
    return parsed(ended.stdout)


def parsed(output: str) -> Latency:
    """What ``latency.cjs`` printed, checked.

    Raises:
        LatencyError: The output is no JSON, lacks a number, or says that nothing answered.
    """
    try:
        raw = json.loads(output)
        paced, own = raw["paced"], raw["autocannon"]
        count = int(paced["count"])
        # autocannon counts a timeout among its errors, and an answer like 404 apart from them.
        errors = sum(int(own[kind]) for kind in ("errors", "non2xx", "mismatches"))
        errors += int(paced["unanswered"])
    except (ValueError, KeyError, TypeError):
        raise LatencyError("autocannon's output is not what was expected") from None
    if count == 0:
        raise LatencyError(f"nothing answered ({errors} errors)")
    try:
        numbers = {
            name: float(paced[name])
            for name in ("p50_ms", "p90_ms", "p99_ms", "rate_reached", "rate_asked", "client_cpu")
        }
    except (ValueError, KeyError, TypeError):
        raise LatencyError("autocannon's output is not what was expected") from None
    if not all(math.isfinite(number) and number >= 0 for number in numbers.values()):
        raise LatencyError("autocannon's output is not what was expected")
    return Latency(**numbers, errors=errors, count=count, raw=raw)


def install() -> None:
    """Autocannon in the pinned version lies in the folder beside the lock file.

    Raises:
        LatencyError: npm is missing or could not install it.
    """
    if installed_version() == AUTOCANNON:
        return
    npm = _program("npm")
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts"]
    try:
        ended = subprocess.run(
            [npm, "ci", *quiet],
            cwd=FOLDER,
            env={**os.environ, "PATH": _search_path()},
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise LatencyError(f"npm did not install autocannon in {INSTALL_SECONDS} s") from None
    if ended.returncode != 0:
        raise LatencyError(f"npm could not install autocannon: {_last_line(ended.stderr)}")
    if installed_version() != AUTOCANNON:
        raise LatencyError(f"npm installed another autocannon than {AUTOCANNON}")


def installed_version() -> str:
    """The version of the installed autocannon; empty when there is none."""
    manifest = FOLDER / "node_modules" / "autocannon" / "package.json"
    try:
        return str(json.loads(manifest.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def generator() -> str:
    """The generator and its runtime, for the run file.

    Raises:
        LatencyError: Node is missing.
    """
    told = subprocess.run([_node(), "--version"], capture_output=True, text=True, check=False)
    return f"autocannon {AUTOCANNON}, Node {told.stdout.strip().lstrip('v')}"


def _node() -> str:
    return _program("node")


def _program(name: str) -> str:
    """The program's path: the environment of the app first (it brings Node), then the system's."""
    found = shutil.which(name, path=_search_path())
    if found is None:
        raise LatencyError(f"{name} is not installed, and latency at a fixed rate needs it")
    return found


def _search_path() -> str:
    beside = [FOLDER.parent.parent / ".venv" / "bin", Path(sys.executable).parent]
    return os.pathsep.join([*map(str, beside), os.environ.get("PATH", os.defpath)])


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "it said nothing"
