"""An application of the standard library that conforms, and that a test can make go wrong."""

import contextlib
import html
import http.server
import itertools
import json
import random
import re
import sqlite3
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import database

JSON = "application/json"
HTML = "text/html; charset=utf-8"


@dataclass
class Asked:
    """One request."""

    path: str
    count: str
    body: bytes
    session: str


@dataclass
class Answer:
    """What goes back."""

    content_type: str
    body: bytes
    status: int = 200
    more: dict[str, str] = field(default_factory=dict)


class SmallApp:
    """The right answers; tests replace the method that shall go wrong."""

    def __init__(self, database_file: Path, trace_file: Path | None = None) -> None:
        self.database_file = database_file
        self.trace_file = trace_file
        self.sessions: dict[str, dict[str, Any]] = {}
        self.names = itertools.count(1)

    @contextlib.contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        opened = sqlite3.connect(self.database_file, isolation_level=None)
        if self.trace_file is not None:
            opened.set_trace_callback(self.note)
        try:
            yield opened
        finally:
            opened.close()

    def note(self, statement: str) -> None:
        assert self.trace_file is not None
        with self.trace_file.open("a") as log:
            log.write(f"{statement}\n")

    def answer(self, method: str, asked: Asked) -> Answer:
        name = asked.path.strip("/").partition("/")[0]
        handler: Callable[[Asked], Answer] = getattr(self, f"{method.lower()}_{name}")
        return handler(asked)

    def date(self) -> str:
        return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())

    def as_json(self, value: Any, status: int = 200) -> Answer:
        return Answer(JSON, json.dumps(value).encode(), status)

    def clamped(self, text: str) -> int:
        return min(max(int(text), 1), 500) if re.fullmatch(r"-?\d+", text) else 1

    def escaped(self, text: str) -> str:
        return html.escape(text)

    def get_plaintext(self, asked: Asked) -> Answer:
        return Answer("text/plain", b"Hello, World!")

    def get_json(self, asked: Asked) -> Answer:
        return self.as_json({"message": "Hello, World!"})

    def post_validation(self, asked: Asked) -> Answer:
        try:
            order = json.loads(asked.body)
            lines = order["lines"]
            right = (
                1 <= len(order["customer"]) <= 80
                and isinstance(lines, list)
                and 1 <= len(lines) <= 20
                and all(line["quantity"] >= 1 and line["price_cents"] >= 0 for line in lines)
            )
        except (ValueError, KeyError, TypeError):
            right = False
        if not right:
            return self.as_json({"error": "no order"}, 422)
        return self.as_json(
            {
                "customer": order["customer"],
                "articles": sum(line["quantity"] for line in lines),
                "total_cents": sum(line["quantity"] * line["price_cents"] for line in lines),
            }
        )

    def get_upstream(self, asked: Asked) -> Answer:
        time.sleep(0.021)
        return self.as_json({"upstream": "answered"})

    def worlds(self, count: int) -> list[dict[str, int]]:
        found = []
        with self.connection() as opened:
            for row in random.sample(range(1, 10_001), count):
                query = "SELECT id, randomNumber FROM world WHERE id = ?"
                number, random_number = opened.execute(query, (row,)).fetchone()
                found.append({"id": number, "randomNumber": random_number})
        return found

    def store(self, worlds: list[dict[str, int]]) -> None:
        with self.connection() as opened:
            statement = "UPDATE world SET randomNumber = :randomNumber WHERE id = :id"
            opened.execute("BEGIN")
            opened.executemany(statement, worlds)
            opened.execute("COMMIT")

    def get_db(self, asked: Asked) -> Answer:
        return self.as_json(self.worlds(1)[0])

    def get_queries(self, asked: Asked) -> Answer:
        return self.as_json(self.worlds(self.clamped(asked.count)))

    def get_updates(self, asked: Asked) -> Answer:
        worlds = self.worlds(self.clamped(asked.count))
        for world in worlds:
            world["randomNumber"] = random.randint(1, 10_000)
        self.store(worlds)
        return self.as_json(worlds)

    def get_fortunes(self, asked: Asked) -> Answer:
        with self.connection() as opened:
            fortunes = list(opened.execute("SELECT id, message FROM fortune"))
        fortunes.append(database.ADDED_FORTUNE)
        fortunes.sort(key=lambda fortune: fortune[1])
        rows = "".join(
            f"<tr><td>{number}</td><td>{self.escaped(message)}</td></tr>"
            for number, message in fortunes
        )
        page = (
            "<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table>"
            f"<thead><tr><th>id</th><th>message</th></tr></thead>{rows}</table></body></html>"
        )
        return Answer(HTML, page.encode())

    def session(self, asked: Asked) -> tuple[str, dict[str, Any]]:
        name = asked.session if asked.session in self.sessions else f"visitor-{next(self.names)}"
        token = f"{random.getrandbits(64):x}"
        return name, self.sessions.setdefault(name, {"visits": 0, "note": "", "token": token})

    def accepts(self, session: dict[str, Any], token: str) -> bool:
        return bool(session["token"] == token)

    def get_page(self, asked: Asked) -> Answer:
        name, session = self.session(asked)
        session["visits"] += 1
        world = self.worlds(1)[0]
        page = (
            f'<b id="visits">{session["visits"]}</b><b id="note">{self.escaped(session["note"])}'
            f'</b><i id="row">{world["id"]}</i><i id="number">{world["randomNumber"]}</i>'
            f'<form><input type="hidden" name="token" value="{session["token"]}"></form>'
        )
        return Answer(HTML, page.encode(), more={"Set-Cookie": f"session={name}; Path=/"})

    def post_page(self, asked: Asked) -> Answer:
        _, session = self.session(asked)
        form = dict(urllib.parse.parse_qsl(asked.body.decode()))
        if not self.accepts(session, form.get("token", "")):
            return self.as_json({}, 403)
        if not 1 <= len(form.get("note", "")) <= 80:
            return self.as_json({}, 400)
        session["note"] = form["note"]
        return Answer(HTML, b"", 303, {"Location": "/page/orm"})


@contextlib.contextmanager
def serving(app: SmallApp) -> Iterator[str]:
    """The address of the application, as long as the block lasts."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *values: Any) -> None:
            pass

        def date_time_string(self, timestamp: float | None = None) -> str:
            return app.date()

        def do_GET(self) -> None:
            address = urllib.parse.urlsplit(self.path)
            count = urllib.parse.parse_qs(address.query).get("queries", [""])[0]
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            session = re.search(r"session=([\w-]+)", self.headers.get("Cookie", ""))
            asked = Asked(address.path, count, body, session[1] if session else "")
            answer = app.answer(self.command, asked)
            self.send_response(answer.status)
            for name, value in answer.more.items():
                self.send_header(name, value)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_POST = do_GET  # noqa: N815

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
