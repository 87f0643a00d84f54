"""BlackSheep: asynchronous functions with types, Jinja2 templates, its own anti-forgery token."""

import asyncio
import os
from typing import Any

# BlackSheep's setting for the ending of template files; read when it is imported.
os.environ.setdefault("APP_JINJA_EXTENSION", ".html")

from blacksheep import Application, FromJSON, Request, Response, json, redirect, text
from blacksheep.server.csrf import use_anti_forgery
from blacksheep.server.rendering.jinja2 import JinjaRenderer
from blacksheep.server.responses import bad_request, view
from blacksheep.server.routing import Router
from blacksheep.settings.html import html_settings
from jinja2 import FileSystemLoader

from benchmarks.apps import by_hand, jinja, models, rows
from benchmarks.apps.orders import Order, receipt

DATABASES: dict[str, Any] = {"raw": rows, "orm": models}
html_settings.use(JinjaRenderer(loader=FileSystemLoader(jinja.FOLDER)))
app = Application()


@app.router.get("/plaintext")
async def plaintext() -> Response:
    return text("Hello, World!")


@app.router.get("/json")
async def hello() -> Response:
    return json({"message": "Hello, World!"})


@app.router.post("/validation")
async def validation(order: FromJSON[Order]) -> Response:
    return json(receipt(order.value).model_dump())


@app.router.get("/upstream")
async def upstream() -> Response:
    await asyncio.sleep(0.02)
    return json({"upstream": "answered"})


@app.router.get("/db/{database}")
async def query(database: str) -> Response:
    return json(DATABASES[database].random_world())


@app.router.get("/queries/{database}")
async def queries(database: str, queries: str = "") -> Response:
    return json(DATABASES[database].random_worlds(rows.clamped(queries)))


@app.router.get("/fortunes/{database}")
async def fortunes(database: str) -> Response:
    return view("fortunes", fortunes=DATABASES[database].fortunes())


@app.router.get("/updates/{database}")
async def updates(database: str, queries: str = "") -> Response:
    return json(DATABASES[database].updated_worlds(rows.clamped(queries)))


# An application of its own, so that the other tests run without sessions and anti-forgery.
page_app = Application(router=Router())
page_app.use_sessions(by_hand.SECRET)
use_anti_forgery(page_app)


@page_app.router.get("/orm")
async def page(request: Request) -> Response:
    session = request.session
    session["visits"] = session.get("visits", 0) + 1
    return view(
        "blacksheep_page",
        visits=session["visits"],
        note=session.get("note", ""),
        world=models.random_world(),
        request=request,
    )


@page_app.router.post("/orm")
async def save_note(request: Request) -> Response:
    form = await request.form() or {}
    if not by_hand.noted(request.session, form.get("note")):
        return bad_request("A note has 1 to 80 characters.")
    response = redirect("/page/orm")
    response.status = 303
    return response


app.mount("/page", page_app)
