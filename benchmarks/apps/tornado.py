"""Tornado: a class per address, its own templates, on its own server."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from tornado.web import Application, HTTPError, RequestHandler

from benchmarks.apps import models, rows
from benchmarks.apps.orders import Order, receipt

DATABASES: dict[str, Any] = {"raw": rows, "orm": models}
COOKIE = "session"
LONGEST_NOTE = 80


class Plaintext(RequestHandler):
    async def get(self) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.write("Hello, World!")


class Hello(RequestHandler):
    async def get(self) -> None:
        self.write({"message": "Hello, World!"})


class Validation(RequestHandler):
    async def post(self) -> None:
        try:
            order = Order.model_validate_json(self.request.body)
        except ValidationError as error:
            self.set_status(422)
            self.write({"errors": error.errors(include_input=False, include_context=False)})
            return
        self.write(receipt(order).model_dump())


class Upstream(RequestHandler):
    async def get(self) -> None:
        await asyncio.sleep(0.02)
        self.write({"upstream": "answered"})


class Query(RequestHandler):
    async def get(self, database: str) -> None:
        self.write(DATABASES[database].random_world())


class RowsHandler(RequestHandler):
    """Answers with a list, which Tornado leaves to the application."""

    def count(self) -> int:
        return rows.clamped(self.get_query_argument("queries", None))

    def write_rows(self, found: list[rows.Row]) -> None:
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        self.write(json.dumps(found))


class Queries(RowsHandler):
    async def get(self, database: str) -> None:
        self.write_rows(DATABASES[database].random_worlds(self.count()))


class Updates(RowsHandler):
    async def get(self, database: str) -> None:
        self.write_rows(DATABASES[database].updated_worlds(self.count()))


class Fortunes(RequestHandler):
    async def get(self, database: str) -> None:
        self.render("fortunes.html", fortunes=DATABASES[database].fortunes())


class Page(RequestHandler):
    async def get(self) -> None:
        session = self.session()
        session["visits"] = session.get("visits", 0) + 1
        self.keep(session)
        self.render(
            "page.html",
            visits=session["visits"],
            note=session.get("note", ""),
            world=models.random_world(),
        )

    async def post(self) -> None:
        # The setting `xsrf_cookies` would do it for every address, the test of validation too.
        self.check_xsrf_cookie()
        note = self.get_body_argument("note", "")
        if not 1 <= len(note) <= LONGEST_NOTE:
            raise HTTPError(400)
        self.keep(self.session() | {"note": note})
        self.redirect("/page/orm", status=303)

    def session(self) -> dict[str, Any]:
        """The session in Tornado's signed cookie."""
        return json.loads(self.get_signed_cookie(COOKIE) or b"{}")

    def keep(self, session: dict[str, Any]) -> None:
        """Give the visitor the session."""
        self.set_signed_cookie(COOKIE, json.dumps(session), httponly=True, samesite="Lax")


def application() -> Application:
    """The application with its settings."""
    return Application(
        [
            (r"/plaintext", Plaintext),
            (r"/json", Hello),
            (r"/validation", Validation),
            (r"/upstream", Upstream),
            (r"/db/(raw|orm)", Query),
            (r"/queries/(raw|orm)", Queries),
            (r"/fortunes/(raw|orm)", Fortunes),
            (r"/updates/(raw|orm)", Updates),
            (r"/page/orm", Page),
        ],
        template_path=str(Path(__file__).parent / "templates" / "tornado"),
        cookie_secret="only for measuring",
        log_function=lambda handler: None,
    )


async def serve(port: int) -> None:
    """Serve until the process ends."""
    application().listen(port, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
