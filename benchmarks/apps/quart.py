"""Quart: Flask's shape with asynchronous functions, Jinja2 templates."""

import asyncio
from typing import Any

from pydantic import ValidationError
from quart import Quart, jsonify, redirect, render_template, request, session, url_for
from quart.sessions import SecureCookieSession, SecureCookieSessionInterface
from quart.typing import ResponseReturnValue
from quart.wrappers import BaseRequestWebsocket

from benchmarks.apps import by_hand, models, orders, rows

DATABASES: dict[str, Any] = {"raw": rows, "orm": models}


class OnlyOnThePage(SecureCookieSessionInterface):
    """Quart's sessions, opened for the full page only: in the other tests sessions are off."""

    async def open_session(
        self, app: Quart, request: BaseRequestWebsocket
    ) -> SecureCookieSession | None:
        if request.path.startswith("/page"):
            return await super().open_session(app, request)
        return None


app = Quart(__name__)
app.config.update(SECRET_KEY=by_hand.SECRET, TEMPLATES_AUTO_RELOAD=False)
app.session_interface = OnlyOnThePage()


@app.get("/plaintext")
async def plaintext() -> ResponseReturnValue:
    return app.response_class("Hello, World!", mimetype="text/plain")


@app.get("/json")
async def hello() -> ResponseReturnValue:
    return jsonify(message="Hello, World!")


@app.post("/validation")
async def validation() -> ResponseReturnValue:
    try:
        order = orders.Order.model_validate_json(await request.get_data())
    except ValidationError as error:
        return jsonify(error.errors(include_input=False, include_context=False)), 422
    return orders.receipt(order).model_dump()


@app.get("/upstream")
async def upstream() -> ResponseReturnValue:
    await asyncio.sleep(0.02)
    return jsonify(upstream="answered")


@app.get("/db/<any(raw, orm):database>")
async def query(database: str) -> ResponseReturnValue:
    return jsonify(DATABASES[database].random_world())


@app.get("/queries/<any(raw, orm):database>")
async def queries(database: str) -> ResponseReturnValue:
    count = rows.clamped(request.args.get("queries"))
    return jsonify(DATABASES[database].random_worlds(count))


@app.get("/fortunes/<any(raw, orm):database>")
async def fortunes(database: str) -> ResponseReturnValue:
    return await render_template("fortunes.html", fortunes=DATABASES[database].fortunes())


@app.get("/updates/<any(raw, orm):database>")
async def updates(database: str) -> ResponseReturnValue:
    count = rows.clamped(request.args.get("queries"))
    return jsonify(DATABASES[database].updated_worlds(count))


@app.get("/page/orm")
async def page() -> ResponseReturnValue:
    shown = by_hand.page(by_hand.visited(session), models.random_world())
    return await render_template("page.html", **shown)


@app.post("/page/orm")
async def save_note() -> ResponseReturnValue:
    form = await request.form
    if not by_hand.accepts(session, form.get(by_hand.CSRF_FIELD)):
        return "This form is not from this session.", 403
    if not by_hand.noted(session, form.get("note")):
        return "A note has 1 to 80 characters.", 400
    return redirect(url_for("page"), 303)
