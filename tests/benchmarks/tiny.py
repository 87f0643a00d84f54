"""A tiny setup to measure, and a load generator that answers at once: the harness's own tests."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.setup import Setup

SERVER = """
import http.server, os, sys

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = b'{"message":"Hello, World!"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "visitor=7; Path=/")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
BREAKS = "import sys; sys.exit('Traceback: the settings are wrong')"
FAKE_WRK = """#!{python}
import os, sys, time
if "-v" in sys.argv:
    print("wrk 4.1.0 [epoll]")
    sys.exit(1)
with open(os.environ["FAKE_WRK_CALLS"], "a") as calls:
    print(" ".join(sys.argv[1:]), file=calls)
{extra}
print('harness-result:{{"requests":1000,"microseconds":1000000,"bytes":1,"connect":0,"read":0,'
      '"write":0,"timeout":0,"status":0,"p50":1,"p90":1,"p99":1,"longest":1}}')
"""


@dataclass(frozen=True)
class TinyScenario:
    """A kind of request without a framework behind it."""

    id: str
    label: str = "A test"
    method: str = "GET"
    path: str = "/json"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    connections: int = 32
    says_not: str = "Nothing about frameworks."
    modes: tuple[str, ...] = ("keep-alive",)
    keeps_cookies: bool = False

    def path_for(self, database: str) -> str:
        """The path for one database class."""
        return f"{self.path}/{database}" if database else self.path


@dataclass(frozen=True)
class TinyEntry:
    """An application that is a few lines of the standard library."""

    id: str
    framework: str = ""
    label: str = "Tiny"
    interface: str = "asgi"
    packages: tuple[str, ...] = ()
    cells: tuple[tuple[str, str], ...] = (("json", ""), ("query", "raw"))
    orm: str = ""
    notes: str = ""
    program: str = SERVER
    problems: tuple[str, ...] = ()


SCENARIOS = (
    TinyScenario("json", modes=("keep-alive", "close")),
    TinyScenario("query", path="/db"),
    TinyScenario("upstream", path="/upstream", connections=64),
)
ENTRIES = (TinyEntry("bare-asgi"), TinyEntry("flask", "flask"), TinyEntry("django", "django"))


def tiny_setup(entries: Sequence[TinyEntry] = ENTRIES) -> Setup:
    """A setup of tiny applications, each on the same server only."""

    def command(entry: TinyEntry, matrix: str, python: str, port: int) -> list[str]:
        return [sys.executable, "-c", entry.program, str(port)]

    def prepare(path: Path, seed: int) -> None:
        path.write_text(str(seed))

    return Setup(
        scenarios=SCENARIOS,
        entries=entries,
        matrices_of=lambda entry: ("same-server",),
        command=command,
        variables=lambda entry, database, trace: {"DATABASE": str(database)},
        prepare=prepare,
        problems=lambda entry, base_url, database, trace: entry.problems,
    )


def fake_wrk(folder: Path, extra: str = "") -> Path:
    """A program named wrk in this folder that says 1,000 requests per second without asking."""
    program = folder / "wrk"
    program.write_text(FAKE_WRK.format(python=sys.executable, extra=extra))
    program.chmod(0o755)
    return program
