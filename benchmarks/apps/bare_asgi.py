"""No framework: an ASGI function with a dictionary of paths."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from pydantic import ValidationError

from benchmarks.apps import by_hand, jinja, models, orders, rows

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Answer = tuple[int, Headers, bytes]

DATABASES = {"raw": rows, "orm": models}
JSON = (b"content-type", b"application/json")
HTML = (b"content-type", b"text/html; charset=utf-8")
TEXT = (b"content-type", b"text/plain; charset=utf-8")


async def body_of(receive: Receive) -> bytes:
    """The whole body of a request."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


def as_json(value: Any, status: int = 200) -> Answer:
    """An answer in JSON."""
    return status, [JSON], json.dumps(value, separators=(",", ":")).encode()


def count_of(scope: Scope) -> int:
    """How many rows the visitor asks for."""
    values = parse_qs(scope["query_string"].decode("latin-1")).get("queries")
    return rows.clamped(values[0] if values else None)


async def plaintext(scope: Scope, receive: Receive) -> Answer:
    return 200, [TEXT], b"Hello, World!"


async def hello(scope: Scope, receive: Receive) -> Answer:
    return as_json({"message": "Hello, World!"})


async def validation(scope: Scope, receive: Receive) -> Answer:
    try:
        order = orders.Order.model_validate_json(await body_of(receive))
    except ValidationError as error:
        return 422, [JSON], error.json().encode()
    return 200, [JSON], orders.receipt(order).model_dump_json().encode()


async def upstream(scope: Scope, receive: Receive) -> Answer:
    await asyncio.sleep(0.02)
    return as_json({"upstream": "answered"})


def query(database: Any) -> Any:
    async def answer(scope: Scope, receive: Receive) -> Answer:
        return as_json(database.random_world())

    return answer


def queries(database: Any) -> Any:
    async def answer(scope: Scope, receive: Receive) -> Answer:
        return as_json(database.random_worlds(count_of(scope)))

    return answer


def updates(database: Any) -> Any:
    async def answer(scope: Scope, receive: Receive) -> Answer:
        return as_json(database.updated_worlds(count_of(scope)))

    return answer


def fortunes(database: Any) -> Any:
    async def answer(scope: Scope, receive: Receive) -> Answer:
        return 200, [HTML], jinja.FORTUNES.render(fortunes=database.fortunes()).encode()

    return answer


async def page(scope: Scope, receive: Receive) -> Answer:
    header = next((value for name, value in scope["headers"] if name == b"cookie"), b"")
    morsel = SimpleCookie(header.decode("latin-1")).get(by_hand.COOKIE)
    session = by_hand.read_session(morsel.value if morsel else None)
    if scope["method"] == "POST":
        form = {
            name: values[0] for name, values in parse_qs((await body_of(receive)).decode()).items()
        }
        if not by_hand.accepts(session, form.get(by_hand.CSRF_FIELD)):
            return 403, [TEXT], b"This form is not from this session."
        if not by_hand.noted(session, form.get("note")):
            return 400, [TEXT], b"A note has 1 to 80 characters."
        return 303, [TEXT, (b"location", b"/page/orm"), cookie(session)], b""
    shown = by_hand.page(by_hand.visited(session), models.random_world())
    return 200, [HTML, cookie(session)], jinja.PAGE.render(shown).encode()


def cookie(session: by_hand.Session) -> tuple[bytes, bytes]:
    """The header that gives the visitor the session."""
    value = f"{by_hand.COOKIE}={by_hand.write_session(session)}; Path=/; HttpOnly; SameSite=Lax"
    return b"set-cookie", value.encode()


PATHS: dict[str, Callable[[Scope, Receive], Awaitable[Answer]]] = {
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


async def not_found(scope: Scope, receive: Receive) -> Answer:
    return 404, [TEXT], b"There is nothing here."


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request, or a server that starts and ends."""
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    status, headers, body = await PATHS.get(scope["path"], not_found)(scope, receive)
    headers = [*headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
