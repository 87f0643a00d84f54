"""A world on this machine alone: a server on loopback that answers as the services do.

Answers are made or written by hand in the documented shapes. No address in them is a real one.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from framework_picker.refresh.web import Patience

ANSWERS = Path(__file__).resolve().parent / "answers"
IMPATIENT = Patience(connect_seconds=2, read_seconds=0.6, total_seconds=1.2, pause_seconds=0.01)
FILES_AS_JSON = "application/vnd.pypi.simple.v1+json"
HTML = b"<!DOCTYPE html>\n<html><body><h1>Welcome</h1></body></html>"


@dataclass(frozen=True)
class Reply:
    """What the server answers. With ``spoil`` the handler may misbehave on its own."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    spoil: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass(frozen=True)
class Question:
    """What the server was asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


def as_json(content: object, **headers: str) -> Reply:
    """A good answer."""
    return Reply(
        json.dumps(content).encode(), headers={"content-type": "application/json"} | headers
    )


def page(status: int = 200) -> Reply:
    """A page for people in place of an answer."""
    return Reply(HTML, status, {"content-type": "text/html; charset=utf-8"})


def recorded(name: str) -> Any:
    """An answer out of a file; read anew each time, so that a test may change it."""
    return json.loads((ANSWERS / name).read_text(encoding="utf-8"))


@dataclass
class World:
    """Routes by path. A list of replies is worked off, the last one stays."""

    address: str = ""
    replies: dict[str, list[Reply] | Callable[[Question], Reply]] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)

    def put(self, path: str, *replies: Reply) -> None:
        """What a path answers from now on, in turn."""
        self.replies[path] = list(replies)

    def reply(self, question: Question) -> Reply:
        """The next answer to a question; 404 where nothing was put."""
        self.asked.append(question)
        found = self.replies.get(question.path.partition("?")[0])
        if found is None:
            return Reply(b"{}", 404, {"content-type": "application/json"})
        if callable(found):
            return found(question)
        return found.pop(0) if len(found) > 1 else found[0]

    @property
    def index(self) -> str:
        """The address under which pip would know the index."""
        return f"{self.address}/simple"

    def put_record(self, package: str, releases: Mapping[str, object], **info: object) -> None:
        """A package's record in the index."""
        self.put(f"/pypi/{package}/json", as_json(record(package, releases, **info)))

    def put_files(self, package: str, files: Sequence[object], name: str = "") -> None:
        """A package's list of files in the index, for those who ask for JSON."""
        listing = {"meta": {"api-version": "1.1"}, "name": name or package, "files": list(files)}

        def answer(question: Question) -> Reply:
            if question.headers.get("accept") != FILES_AS_JSON:
                return page()
            return Reply(json.dumps(listing).encode(), headers={"content-type": FILES_AS_JSON})

        self.replies["/".join(["/simple", package, ""])] = answer

    def paths(self) -> list[str]:
        """The paths asked for, in turn."""
        return [question.path for question in self.asked]


@contextmanager
def running_world() -> Iterator[World]:
    """A world that answers until the end of the block."""
    world = World()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            question = Question(
                self.command,
                self.path,
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(length),
            )
            reply = world.reply(question)
            if reply.spoil is not None:
                self.close_connection = True
                reply.spoil(self)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = _answer  # noqa: N815 - the name that http.server calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A reader that has hung up is no fault of the server."""
            if not isinstance(sys.exception(), ConnectionError):
                super().handle_error(request, client_address)  # type: ignore[arg-type]

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    world.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield world
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# -- what goes wrong


def _begin(handler: BaseHTTPRequestHandler, length: int) -> None:
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(length))
    handler.end_headers()


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    """Promises more than it sends."""
    _begin(handler, 1000)
    handler.wfile.write(b'{"info": {"name": ')


def says_nothing(handler: BaseHTTPRequestHandler) -> None:
    """Keeps the reader waiting."""
    time.sleep(2)


def drips(handler: BaseHTTPRequestHandler) -> None:
    """Sends a byte now and then, each in time."""
    _begin(handler, 1000)
    try:
        for _ in range(40):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)
    except OSError:
        return  # the reader has lost patience


# -- records of the index


def file_of(
    package: str,
    version: str,
    uploaded: str,
    *,
    yanked: bool = False,
    requires: str | None = ">=3.9",
    kind: str = "wheel",
) -> dict[str, object]:
    """One file in a record. Its address is relative, as some indexes give it."""
    stem = package.replace("-", "_")
    name = f"{stem}-{version}-py3-none-any.whl" if kind == "wheel" else f"{stem}-{version}.tar.gz"
    moment = uploaded if "T" in uploaded else f"{uploaded}T10:00:00"
    return {
        "comment_text": "",
        "digests": {"sha256": "0" * 64},
        "filename": name,
        "has_sig": False,
        "packagetype": "bdist_wheel" if kind == "wheel" else "sdist",
        "python_version": "py3" if kind == "wheel" else "source",
        "requires_python": requires,
        "size": 1000,
        "upload_time": moment,
        "upload_time_iso_8601": f"{moment}.123456Z",
        "url": f"../../packages/{name}#sha256={'0' * 64}",
        "yanked": yanked,
        "yanked_reason": "broken" if yanked else None,
    }


def record(package: str, releases: Mapping[str, object], **info: object) -> dict[str, object]:
    """A record. Each release is a day, or a list of files."""
    return {
        "info": {"name": package, "version": "0.0.1", "requires_python": ">=2.7", **info},
        "last_serial": 1,
        "releases": {
            version: [file_of(package, version, found)] if isinstance(found, str) else found
            for version, found in releases.items()
        },
        "urls": [],
        "vulnerabilities": [],
    }
