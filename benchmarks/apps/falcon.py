"""Falcon: a resource per address, on WSGI."""

import time
from typing import Any

import falcon
from falcon import Request, Response
from pydantic import ValidationError

from benchmarks.apps import by_hand, jinja, models, rows
from benchmarks.apps.orders import Order, receipt

DATABASES: dict[str, Any] = {"raw": rows, "orm": models}


class Plaintext:
    def on_get(self, request: Request, response: Response) -> None:
        response.content_type = falcon.MEDIA_TEXT
        response.text = "Hello, World!"


class Hello:
    def on_get(self, request: Request, response: Response) -> None:
        response.media = {"message": "Hello, World!"}


class Validation:
    def on_post(self, request: Request, response: Response) -> None:
        try:
            order = Order.model_validate_json(request.bounded_stream.read())
        except ValidationError as error:
            raise falcon.HTTPUnprocessableEntity(description=error.json()) from error
        response.media = receipt(order).model_dump()


class Upstream:
    def on_get(self, request: Request, response: Response) -> None:
        time.sleep(0.02)
        response.media = {"upstream": "answered"}


class Query:
    def on_get(self, request: Request, response: Response, database: str) -> None:
        response.media = DATABASES[database].random_world()


class Queries:
    def on_get(self, request: Request, response: Response, database: str) -> None:
        count = rows.clamped(request.get_param("queries"))
        response.media = DATABASES[database].random_worlds(count)


class Updates:
    def on_get(self, request: Request, response: Response, database: str) -> None:
        count = rows.clamped(request.get_param("queries"))
        response.media = DATABASES[database].updated_worlds(count)


class Fortunes:
    def on_get(self, request: Request, response: Response, database: str) -> None:
        response.content_type = falcon.MEDIA_HTML
        response.text = jinja.FORTUNES.render(fortunes=DATABASES[database].fortunes())


class Page:
    def on_get(self, request: Request, response: Response) -> None:
        session = by_hand.visited(self._session(request))
        self._keep(session, response)
        response.content_type = falcon.MEDIA_HTML
        response.text = jinja.PAGE.render(by_hand.page(session, models.random_world()))

    def on_post(self, request: Request, response: Response) -> None:
        session = self._session(request)
        form = request.get_media()
        if not by_hand.accepts(session, form.get(by_hand.CSRF_FIELD)):
            raise falcon.HTTPForbidden(description="This form is not from this session.")
        if not by_hand.noted(session, form.get("note")):
            raise falcon.HTTPBadRequest(description="A note has 1 to 80 characters.")
        self._keep(session, response)
        response.status = falcon.HTTP_SEE_OTHER
        response.location = "/page/orm"

    def _session(self, request: Request) -> by_hand.Session:
        return by_hand.read_session(request.cookies.get(by_hand.COOKIE))

    def _keep(self, session: by_hand.Session, response: Response) -> None:
        value = by_hand.write_session(session)
        response.set_cookie(by_hand.COOKIE, value, path="/", secure=False, same_site="Lax")


app = falcon.App()
app.add_route("/plaintext", Plaintext())
app.add_route("/json", Hello())
app.add_route("/validation", Validation())
app.add_route("/upstream", Upstream())
app.add_route("/db/{database}", Query())
app.add_route("/queries/{database}", Queries())
app.add_route("/fortunes/{database}", Fortunes())
app.add_route("/updates/{database}", Updates())
app.add_route("/page/orm", Page())
