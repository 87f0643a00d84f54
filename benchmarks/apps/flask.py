"""Flask: functions with decorators, Jinja2 templates, Flask-WTF for the form."""

import time
from typing import Any

from flask import Flask, Request, jsonify, redirect, render_template, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from pydantic import ValidationError
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from benchmarks.apps import models, orders, rows

DATABASES: dict[str, Any] = {"raw": rows, "orm": models}


class OnlyOnThePage(SecureCookieSessionInterface):
    """Flask's sessions, opened for the full page only: in the other tests sessions are off."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith("/page"):
            return super().open_session(app, request)
        return None


app = Flask(__name__)
app.config.update(SECRET_KEY="only for measuring", TEMPLATES_AUTO_RELOAD=False)
app.session_interface = OnlyOnThePage()


class NoteForm(FlaskForm):
    """The form of the full page."""

    note = StringField(validators=[InputRequired(), Length(max=80)])


@app.get("/plaintext")
def plaintext() -> ResponseReturnValue:
    return app.response_class("Hello, World!", mimetype="text/plain")


@app.get("/json")
def hello() -> ResponseReturnValue:
    return jsonify(message="Hello, World!")


@app.post("/validation")
def validation() -> ResponseReturnValue:
    try:
        order = orders.Order.model_validate_json(request.get_data())
    except ValidationError as error:
        return jsonify(error.errors(include_input=False, include_context=False)), 422
    return orders.receipt(order).model_dump()


@app.get("/upstream")
def upstream() -> ResponseReturnValue:
    time.sleep(0.02)
    return jsonify(upstream="answered")


@app.get("/db/<any(raw, orm):database>")
def query(database: str) -> ResponseReturnValue:
    return jsonify(DATABASES[database].random_world())


@app.get("/queries/<any(raw, orm):database>")
def queries(database: str) -> ResponseReturnValue:
    count = rows.clamped(request.args.get("queries"))
    return jsonify(DATABASES[database].random_worlds(count))


@app.get("/fortunes/<any(raw, orm):database>")
def fortunes(database: str) -> ResponseReturnValue:
    return render_template("fortunes.html", fortunes=DATABASES[database].fortunes())


@app.get("/updates/<any(raw, orm):database>")
def updates(database: str) -> ResponseReturnValue:
    count = rows.clamped(request.args.get("queries"))
    return jsonify(DATABASES[database].updated_worlds(count))


@app.route("/page/orm", methods=["GET", "POST"])
def page() -> ResponseReturnValue:
    form = NoteForm()
    if form.validate_on_submit():
        session["note"] = form.note.data
        return redirect(url_for("page"), 303)
    session["visits"] = session.get("visits", 0) + 1
    shown = render_template(
        "page.html",
        visits=session["visits"],
        note=session.get("note", ""),
        world=models.random_world(),
        csrf_name="csrf_token",
        csrf_token=form.csrf_token.current_token,
    )
    return shown, 400 if form.is_submitted() else 200
