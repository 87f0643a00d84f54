"""Robyn: asynchronous functions with decorators, on its own server in Rust."""

import asyncio
import sys
from typing import Any
from urllib.parse import parse_qsl

from robyn import Headers, Request, Response, Robyn
from robyn.argument_parser import Config
from robyn.session import SessionManager
from robyn.templating import JinjaTemplate

from benchmarks.apps import by_hand, jinja, models, rows
from benchmarks.apps.orders import Order, Receipt, receipt

DATABASES: dict[str, Any] = {"raw": rows, "orm": models}

config = Config()
config.log_level = "WARN"
config.disable_openapi = True
app = Robyn(__file__, config)
app.set_response_header("Server", "robyn")
templates = JinjaTemplate(jinja.FOLDER)
sessions = SessionManager(by_hand.SECRET)


@app.get("/plaintext")
async def plaintext() -> str:
    return "Hello, World!"


@app.get("/json")
async def hello() -> dict[str, str]:
    return {"message": "Hello, World!"}


@app.post("/validation")
async def validation(order: Order) -> Receipt:
    return receipt(order)


@app.get("/upstream")
async def upstream() -> dict[str, str]:
    await asyncio.sleep(0.02)
    return {"upstream": "answered"}


@app.get("/db/:database")
async def query(request: Request) -> dict[str, int]:
    return DATABASES[request.path_params["database"]].random_world()


@app.get("/queries/:database")
async def queries(request: Request) -> list[dict[str, int]]:
    count = rows.clamped(request.query_params.get("queries", ""))
    return DATABASES[request.path_params["database"]].random_worlds(count)


@app.get("/fortunes/:database")
async def fortunes(request: Request) -> Response:
    found = DATABASES[request.path_params["database"]].fortunes()
    return templates.render_template("fortunes.html", fortunes=found)


@app.get("/updates/:database")
async def updates(request: Request) -> list[dict[str, int]]:
    count = rows.clamped(request.query_params.get("queries", ""))
    return DATABASES[request.path_params["database"]].updated_worlds(count)


def form_of(request: Request) -> dict[str, str]:
    """The fields of a form; Robyn itself reads only those that come in several parts."""
    body = request.body if isinstance(request.body, str) else request.body.decode()
    return dict(parse_qsl(body))


# The session is read and written by hand, so that the other tests run without it.
@app.get("/page/orm")
async def page(request: Request) -> Response:
    session = sessions.load(request)
    by_hand.visited(session)
    shown = by_hand.page(session, models.random_world())
    response = templates.render_template("page.html", **shown)
    sessions.save(session, response)
    return response


@app.post("/page/orm")
async def save_note(request: Request) -> Response:
    session = sessions.load(request)
    form = form_of(request)
    if not by_hand.accepts(session, form.get(by_hand.CSRF_FIELD)):
        return Response(403, Headers({}), "This form is not from this session.")
    if not by_hand.noted(session, form.get("note")):
        return Response(400, Headers({}), "A note has 1 to 80 characters.")
    response = Response(303, Headers({"Location": "/page/orm"}), "")
    sessions.save(session, response)
    return response


if __name__ == "__main__":
    app.start(host="127.0.0.1", port=int(sys.argv[1]))
