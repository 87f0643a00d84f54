"""No framework: a WSGI function with a dictionary of paths."""

import json
import time
from collections.abc import Callable
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from pydantic import ValidationError

from benchmarks.apps import by_hand, jinja, models, orders, rows

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]

DATABASES = {"raw": rows, "orm": models}
JSON = ("Content-Type", "application/json")
HTML = ("Content-Type", "text/html; charset=utf-8")
TEXT = ("Content-Type", "text/plain; charset=utf-8")
REASONS = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


def body_of(environ: Environ) -> bytes:
    """The whole body of a request."""
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return body


def as_json(value: Any, status: int = 200) -> Answer:
    """An answer in JSON."""
    return status, [JSON], json.dumps(value, separators=(",", ":")).encode()


def count_of(environ: Environ) -> int:
    """How many rows the visitor asks for."""
    values = parse_qs(environ.get("QUERY_STRING", "")).get("queries")
    return rows.clamped(values[0] if values else None)


def plaintext(environ: Environ) -> Answer:
    return 200, [TEXT], b"Hello, World!"


def hello(environ: Environ) -> Answer:
    return as_json({"message": "Hello, World!"})


def validation(environ: Environ) -> Answer:
    try:
        order = orders.Order.model_validate_json(body_of(environ))
    except ValidationError as error:
        return 422, [JSON], error.json().encode()
    return 200, [JSON], orders.receipt(order).model_dump_json().encode()


def upstream(environ: Environ) -> Answer:
    time.sleep(0.02)
    return as_json({"upstream": "answered"})


def query(database: Any) -> Callable[[Environ], Answer]:
    return lambda environ: as_json(database.random_world())


def queries(database: Any) -> Callable[[Environ], Answer]:
    return lambda environ: as_json(database.random_worlds(count_of(environ)))


def updates(database: Any) -> Callable[[Environ], Answer]:
    return lambda environ: as_json(database.updated_worlds(count_of(environ)))


def fortunes(database: Any) -> Callable[[Environ], Answer]:
    return lambda environ: (
        200,
        [HTML],
        jinja.FORTUNES.render(fortunes=database.fortunes()).encode(),
    )


def page(environ: Environ) -> Answer:
    morsel = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(by_hand.COOKIE)
    session = by_hand.read_session(morsel.value if morsel else None)
    if environ["REQUEST_METHOD"] == "POST":
        form = {name: values[0] for name, values in parse_qs(body_of(environ).decode()).items()}
        if not by_hand.accepts(session, form.get(by_hand.CSRF_FIELD)):
            return 403, [TEXT], b"This form is not from this session."
        if not by_hand.noted(session, form.get("note")):
            return 400, [TEXT], b"A note has 1 to 80 characters."
        return 303, [TEXT, ("Location", "/page/orm"), cookie(session)], b""
    shown = by_hand.page(by_hand.visited(session), models.random_world())
    return 200, [HTML, cookie(session)], jinja.PAGE.render(shown).encode()


def cookie(session: by_hand.Session) -> tuple[str, str]:
    """The header that gives the visitor the session."""
    value = f"{by_hand.COOKIE}={by_hand.write_session(session)}; Path=/; HttpOnly; SameSite=Lax"
    return "Set-Cookie", value


PATHS: dict[str, Callable[[Environ], Answer]] = {
    "/plaintext": plaintext,
    "/json": hello,
    "/validation": validation,
    "/upstream": upstream,
    "/page/orm": page,
}
for _name, _database in DATABASES.items():
    PATHS[f"/db/{_name}"] = query(_database)
    PATHS[f"/queries/{_name}"] = queries(_database)
    PATHS[f"/updates/{_name}"] = updates(_database)
    PATHS[f"/fortunes/{_name}"] = fortunes(_database)


def not_found(environ: Environ) -> Answer:
    return 404, [TEXT], b"There is nothing here."


def app(environ: Environ, start_response: Callable[[str, Headers], Any]) -> list[bytes]:
    """Answer one request."""
    status, headers, body = PATHS.get(environ["PATH_INFO"], not_found)(environ)
    start_response(REASONS[status], [*headers, ("Content-Length", str(len(body)))])
    return [body]
