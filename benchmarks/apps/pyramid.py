"""Pyramid: views in a configurator, Jinja2 templates, its own session and CSRF token."""

import sys
import time
from typing import Any

from pydantic import ValidationError
from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPBadRequest, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.session import SignedCookieSessionFactory
from pyramid.view import view_config

from benchmarks.apps import models, rows
from benchmarks.apps.orders import Order, receipt

DATABASES: dict[str, Any] = {"raw": rows, "orm": models}
LONGEST_NOTE = 80


@view_config(route_name="plaintext")
def plaintext(request: Request) -> Response:
    return Response("Hello, World!", content_type="text/plain")


@view_config(route_name="json", renderer="json")
def hello(request: Request) -> dict[str, str]:
    return {"message": "Hello, World!"}


@view_config(route_name="validation", request_method="POST", renderer="json")
def validation(request: Request) -> Any:
    try:
        order = Order.model_validate_json(request.body)
    except ValidationError as error:
        request.response.status = 422
        return error.errors(include_input=False, include_context=False)
    return receipt(order).model_dump()


@view_config(route_name="upstream", renderer="json")
def upstream(request: Request) -> dict[str, str]:
    time.sleep(0.02)
    return {"upstream": "answered"}


@view_config(route_name="db", renderer="json")
def query(request: Request) -> rows.Row:
    return DATABASES[request.matchdict["database"]].random_world()


@view_config(route_name="queries", renderer="json")
def queries(request: Request) -> list[rows.Row]:
    count = rows.clamped(request.GET.get("queries"))
    return DATABASES[request.matchdict["database"]].random_worlds(count)


@view_config(route_name="fortunes", renderer="benchmarks.apps:templates/fortunes.html")
def fortunes(request: Request) -> dict[str, Any]:
    return {"fortunes": DATABASES[request.matchdict["database"]].fortunes()}


@view_config(route_name="updates", renderer="json")
def updates(request: Request) -> list[rows.Row]:
    count = rows.clamped(request.GET.get("queries"))
    return DATABASES[request.matchdict["database"]].updated_worlds(count)


@view_config(
    route_name="page", request_method="GET", renderer="benchmarks.apps:templates/page.html"
)
def page(request: Request) -> dict[str, Any]:
    session = request.session
    session["visits"] = session.get("visits", 0) + 1
    return {
        "visits": session["visits"],
        "note": session.get("note", ""),
        "world": models.random_world(),
        "csrf_name": "csrf_token",
        "csrf_token": get_csrf_token(request),
    }


@view_config(route_name="page", request_method="POST", require_csrf=True)
def save_note(request: Request) -> Response:
    note = request.POST.get("note", "")
    if not 1 <= len(note) <= LONGEST_NOTE:
        raise HTTPBadRequest("A note has 1 to 80 characters.")
    request.session["note"] = note
    return HTTPSeeOther("/page/orm")


def application() -> Any:
    """The application with its settings."""
    with Configurator() as config:
        config.include("pyramid_jinja2")
        config.add_jinja2_renderer(".html")
        config.set_session_factory(SignedCookieSessionFactory("only for measuring"))
        for name in ("plaintext", "json", "validation", "upstream"):
            config.add_route(name, f"/{name}")
        for name in ("db", "queries", "fortunes", "updates"):
            config.add_route(name, f"/{name}/{{database:raw|orm}}")
        config.add_route("page", "/page/orm")
        config.scan(sys.modules[__name__])
        return config.make_wsgi_app()


app = application()
