"""aiohttp: asynchronous functions in a table of routes, on its own server."""

import asyncio
import sys
from typing import Any

import aiohttp_jinja2
import aiohttp_session
import jinja2
import uvloop
from aiohttp import web
from aiohttp_session.cookie_storage import EncryptedCookieStorage
from pydantic import ValidationError

from benchmarks.apps import by_hand, jinja, models, rows
from benchmarks.apps.orders import Order, receipt

DATABASES: dict[str, Any] = {"raw": rows, "orm": models}
routes = web.RouteTableDef()


@routes.get("/plaintext")
async def plaintext(request: web.Request) -> web.Response:
    return web.Response(text="Hello, World!")


@routes.get("/json")
async def hello(request: web.Request) -> web.Response:
    return web.json_response({"message": "Hello, World!"})


@routes.post("/validation")
async def validation(request: web.Request) -> web.Response:
    try:
        order = Order.model_validate_json(await request.read())
    except ValidationError as error:
        return web.json_response(text=error.json(), status=422)
    return web.json_response(receipt(order).model_dump())


@routes.get("/upstream")
async def upstream(request: web.Request) -> web.Response:
    await asyncio.sleep(0.02)
    return web.json_response({"upstream": "answered"})


@routes.get("/db/{database:raw|orm}")
async def query(request: web.Request) -> web.Response:
    return web.json_response(DATABASES[request.match_info["database"]].random_world())


@routes.get("/queries/{database:raw|orm}")
async def queries(request: web.Request) -> web.Response:
    count = rows.clamped(request.query.get("queries"))
    return web.json_response(DATABASES[request.match_info["database"]].random_worlds(count))


@routes.get("/fortunes/{database:raw|orm}")
@aiohttp_jinja2.template("fortunes.html")
async def fortunes(request: web.Request) -> dict[str, Any]:
    return {"fortunes": DATABASES[request.match_info["database"]].fortunes()}


@routes.get("/updates/{database:raw|orm}")
async def updates(request: web.Request) -> web.Response:
    count = rows.clamped(request.query.get("queries"))
    return web.json_response(DATABASES[request.match_info["database"]].updated_worlds(count))


page_routes = web.RouteTableDef()


@page_routes.get("/orm")
@aiohttp_jinja2.template("page.html")
async def page(request: web.Request) -> dict[str, Any]:
    session = await aiohttp_session.get_session(request)
    by_hand.visited(session)
    return by_hand.page(session, models.random_world())


@page_routes.post("/orm")
async def save_note(request: web.Request) -> web.Response:
    session = await aiohttp_session.get_session(request)
    form = await request.post()
    if not by_hand.accepts(session, str(form.get(by_hand.CSRF_FIELD, ""))):
        raise web.HTTPForbidden(text="This form is not from this session.")
    if not by_hand.noted(session, str(form.get("note", ""))):
        raise web.HTTPBadRequest(text="A note has 1 to 80 characters.")
    return web.Response(status=303, headers={"Location": "/page/orm"})


def application() -> web.Application:
    """The application, with one of its own below /page for the session's middleware."""
    loader = jinja2.FileSystemLoader(jinja.FOLDER)
    below_page = web.Application()
    aiohttp_session.setup(
        below_page, EncryptedCookieStorage(b"only for measuring, 32 bytes ...", max_age=1_209_600)
    )
    aiohttp_jinja2.setup(below_page, loader=loader)
    below_page.add_routes(page_routes)
    whole = web.Application()
    aiohttp_jinja2.setup(whole, loader=loader)
    whole.add_routes(routes)
    whole.add_subapp("/page", below_page)
    return whole


if __name__ == "__main__":
    web.run_app(
        application(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        access_log=None,
        print=None,
        loop=uvloop.new_event_loop(),
    )
