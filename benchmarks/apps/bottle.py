"""Bottle: functions with decorators, its own templates."""

import json
import time
from pathlib import Path
from typing import Any

from bottle import Bottle, HTTPError, redirect, request, response, template
from pydantic import ValidationError

from benchmarks.apps import by_hand, models, rows
from benchmarks.apps.orders import Order, receipt

DATABASES: dict[str, Any] = {"raw": rows, "orm": models}
TEMPLATES = [str(Path(__file__).parent / "templates" / "bottle")]
app = Bottle()


@app.get("/plaintext")
def plaintext() -> str:
    response.content_type = "text/plain; charset=utf-8"
    return "Hello, World!"


@app.get("/json")
def hello() -> dict[str, str]:
    return {"message": "Hello, World!"}


@app.post("/validation")
def validation() -> Any:
    try:
        order = Order.model_validate_json(request.body.read())
    except ValidationError as error:
        response.status = 422
        response.content_type = "application/json"
        return error.json()
    return receipt(order).model_dump()


@app.get("/upstream")
def upstream() -> dict[str, str]:
    time.sleep(0.02)
    return {"upstream": "answered"}


@app.get("/db/<database:re:raw|orm>")
def query(database: str) -> rows.Row:
    return DATABASES[database].random_world()


@app.get("/queries/<database:re:raw|orm>")
def queries(database: str) -> str:
    count = rows.clamped(request.query.get("queries"))
    response.content_type = "application/json"
    return json.dumps(DATABASES[database].random_worlds(count))


@app.get("/fortunes/<database:re:raw|orm>")
def fortunes(database: str) -> str:
    found = DATABASES[database].fortunes()
    return template("fortunes", fortunes=found, template_lookup=TEMPLATES)


@app.get("/updates/<database:re:raw|orm>")
def updates(database: str) -> str:
    count = rows.clamped(request.query.get("queries"))
    response.content_type = "application/json"
    return json.dumps(DATABASES[database].updated_worlds(count))


@app.get("/page/orm")
def page() -> str:
    session = by_hand.visited(read_session())
    keep(session)
    shown = by_hand.page(session, models.random_world())
    return template("page", shown, template_lookup=TEMPLATES)


@app.post("/page/orm")
def save_note() -> None:
    session = read_session()
    if not by_hand.accepts(session, request.forms.getunicode(by_hand.CSRF_FIELD)):
        raise HTTPError(403, "This form is not from this session.")
    if not by_hand.noted(session, request.forms.getunicode("note")):
        raise HTTPError(400, "A note has 1 to 80 characters.")
    keep(session)
    redirect("/page/orm", 303)


def read_session() -> by_hand.Session:
    """The session in Bottle's signed cookie."""
    return request.get_cookie(by_hand.COOKIE, secret=by_hand.SECRET) or {}


def keep(session: by_hand.Session) -> None:
    """Give the visitor the session."""
    response.set_cookie(
        by_hand.COOKIE, session, secret=by_hand.SECRET, path="/", httponly=True, samesite="lax"
    )
