"""Litestar: asynchronous functions with types, msgspec, Jinja2 templates."""

import asyncio
from typing import Annotated, Any, Literal

from litestar import Litestar, MediaType, Request, get, post
from litestar.config.csrf import CSRFConfig
from litestar.enums import RequestEncodingType
from litestar.middleware import DefineMiddleware
from litestar.middleware.csrf import CSRFMiddleware
from litestar.middleware.session.client_side import CookieBackendConfig
from litestar.params import Body
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect, Template
from litestar.template import TemplateConfig
from msgspec import Meta, Struct

from benchmarks.apps import jinja, models, rows

Database = Literal["raw", "orm"]
DATABASES: dict[Database, Any] = {"raw": rows, "orm": models}


class Line(Struct):
    """One line of an order."""

    article: Annotated[str, Meta(min_length=1, max_length=40)]
    quantity: Annotated[int, Meta(ge=1, le=1000)]
    price_cents: Annotated[int, Meta(ge=0, le=1_000_000)]


class Order(Struct):
    """What a visitor sends."""

    customer: Annotated[str, Meta(min_length=1, max_length=80)]
    lines: Annotated[list[Line], Meta(min_length=1, max_length=20)]


class Receipt(Struct):
    """What the visitor gets back."""

    customer: str
    articles: int
    total_cents: int


class NoteForm(Struct):
    """The form of the full page."""

    note: Annotated[str, Meta(min_length=1, max_length=80)]


@get("/plaintext", media_type=MediaType.TEXT)
async def plaintext() -> str:
    return "Hello, World!"


@get("/json")
async def hello() -> dict[str, str]:
    return {"message": "Hello, World!"}


@post("/validation", status_code=200)
async def validation(data: Order) -> Receipt:
    return Receipt(
        customer=data.customer,
        articles=sum(line.quantity for line in data.lines),
        total_cents=sum(line.quantity * line.price_cents for line in data.lines),
    )


@get("/upstream")
async def upstream() -> dict[str, str]:
    await asyncio.sleep(0.02)
    return {"upstream": "answered"}


@get("/db/{database:str}")
async def query(database: Database) -> dict[str, int]:
    return DATABASES[database].random_world()


@get("/queries/{database:str}")
async def many_queries(database: Database, queries: str | None = None) -> list[dict[str, int]]:
    return DATABASES[database].random_worlds(rows.clamped(queries))


@get("/fortunes/{database:str}")
async def fortunes(database: Database) -> Template:
    return Template("fortunes.html", context={"fortunes": DATABASES[database].fortunes()})


@get("/updates/{database:str}")
async def updates(database: Database, queries: str | None = None) -> list[dict[str, int]]:
    return DATABASES[database].updated_worlds(rows.clamped(queries))


page_middleware = [
    CookieBackendConfig(secret=b"only for measure").middleware,
    DefineMiddleware(CSRFMiddleware, config=CSRFConfig(secret="only for measuring")),
]


@get("/page/orm", middleware=page_middleware)
async def page(request: Request[Any, Any, Any]) -> Template:
    session = request.session
    session["visits"] = session.get("visits", 0) + 1
    shown = {
        "visits": session["visits"],
        "note": session.get("note", ""),
        "world": models.random_world(),
    }
    return Template("litestar_page.html", context=shown)


@post("/page/orm", middleware=page_middleware, status_code=303)
async def save_note(
    request: Request[Any, Any, Any],
    data: Annotated[NoteForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    request.session["note"] = data.note
    return Redirect("/page/orm", status_code=303)


app = Litestar(
    route_handlers=[
        plaintext,
        hello,
        validation,
        upstream,
        query,
        many_queries,
        fortunes,
        updates,
        page,
        save_note,
    ],
    template_config=TemplateConfig(directory=jinja.FOLDER, engine=JinjaTemplateEngine),
    openapi_config=None,
    logging_config=None,
)
