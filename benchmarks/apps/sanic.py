"""Sanic: asynchronous functions with decorators."""

import asyncio
import time
from email.utils import formatdate
from typing import Any

from pydantic import ValidationError
from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import BadRequest, Forbidden
from sanic.response import html, json, raw, redirect, text

from benchmarks.apps import by_hand, jinja, models, rows
from benchmarks.apps.orders import Order, receipt

DATABASES: dict[str, Any] = {"raw": rows, "orm": models}
app = Sanic("benchmark")


@app.get("/plaintext")
async def plaintext(request: Request) -> HTTPResponse:
    return text("Hello, World!")


@app.get("/json")
async def hello(request: Request) -> HTTPResponse:
    return json({"message": "Hello, World!"})


@app.post("/validation")
async def validation(request: Request) -> HTTPResponse:
    try:
        order = Order.model_validate_json(request.body)
    except ValidationError as error:
        return raw(error.json(), 422, content_type="application/json")
    return json(receipt(order).model_dump())


@app.get("/upstream")
async def upstream(request: Request) -> HTTPResponse:
    await asyncio.sleep(0.02)
    return json({"upstream": "answered"})


@app.get("/db/<database:(raw|orm)>")
async def query(request: Request, database: str) -> HTTPResponse:
    return json(DATABASES[database].random_world())


@app.get("/queries/<database:(raw|orm)>")
async def queries(request: Request, database: str) -> HTTPResponse:
    count = rows.clamped(request.args.get("queries"))
    return json(DATABASES[database].random_worlds(count))


@app.get("/fortunes/<database:(raw|orm)>")
async def fortunes(request: Request, database: str) -> HTTPResponse:
    return html(jinja.FORTUNES.render(fortunes=DATABASES[database].fortunes()))


@app.get("/updates/<database:(raw|orm)>")
async def updates(request: Request, database: str) -> HTTPResponse:
    count = rows.clamped(request.args.get("queries"))
    return json(DATABASES[database].updated_worlds(count))


@app.get("/page/orm")
async def page(request: Request) -> HTTPResponse:
    session = by_hand.visited(session_of(request))
    shown = by_hand.page(session, models.random_world())
    return with_session(html(jinja.PAGE.render(shown)), session)


@app.post("/page/orm")
async def save_note(request: Request) -> HTTPResponse:
    session = session_of(request)
    if not by_hand.accepts(session, request.form.get(by_hand.CSRF_FIELD)):
        raise Forbidden("This form is not from this session.")
    if not by_hand.noted(session, request.form.get("note")):
        raise BadRequest("A note has 1 to 80 characters.")
    return with_session(redirect("/page/orm", status=303), session)


def session_of(request: Request) -> by_hand.Session:
    """The visitor's session."""
    return by_hand.read_session(request.cookies.get(by_hand.COOKIE))


def with_session(response: HTTPResponse, session: by_hand.Session) -> HTTPResponse:
    """The same response, which gives the visitor the session."""
    value = by_hand.write_session(session)
    response.add_cookie(by_hand.COOKIE, value, httponly=True, secure=False, samesite="Lax")
    return response


# Sanic's own server sends neither of the headers that the rules demand and that every other
# server sends; on a foreign server this is not switched on.
async def add_headers(request: Request, response: HTTPResponse) -> None:
    """Name the server and the time, which is written anew once per second."""
    second = int(time.time())
    if app.ctx.second != second:
        app.ctx.second, app.ctx.date = second, formatdate(second, usegmt=True)
    response.headers["server"] = "sanic"
    response.headers["date"] = app.ctx.date


@app.before_server_start
async def set_headers(sanic_app: Sanic) -> None:
    """Switch the headers on, on Sanic's own server."""
    if not sanic_app.asgi:
        sanic_app.ctx.second = 0
        sanic_app.register_middleware(add_headers, "response")
