"""FastAPI: asynchronous functions, types as validation, Jinja2 templates."""

import asyncio
from enum import StrEnum
from typing import Annotated, Any

from fastapi import FastAPI, Form, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel
from starlette.middleware.sessions import SessionMiddleware

from benchmarks.apps import by_hand, jinja, models, rows
from benchmarks.apps.orders import Order, Receipt, receipt


class Database(StrEnum):
    """The database classes."""

    raw = "raw"
    orm = "orm"


class World(BaseModel):
    """A row with a random number."""

    id: int
    randomNumber: int  # noqa: N815


DATABASES: dict[Database, Any] = {Database.raw: rows, Database.orm: models}
Queries = Annotated[str | None, Query()]

app = FastAPI(openapi_url=None)
templates = Jinja2Templates(directory=jinja.FOLDER)


@app.get("/plaintext", response_class=PlainTextResponse)
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


@app.get("/db/{database}", response_model=World)
async def query(database: Database) -> Any:
    return DATABASES[database].random_world()


@app.get("/queries/{database}", response_model=list[World])
async def queries(database: Database, queries: Queries = None) -> Any:
    return DATABASES[database].random_worlds(rows.clamped(queries))


@app.get("/fortunes/{database}", response_class=HTMLResponse)
async def fortunes(request: Request, database: Database) -> Response:
    shown = {"fortunes": DATABASES[database].fortunes()}
    return templates.TemplateResponse(request, "fortunes.html", shown)


@app.get("/updates/{database}", response_model=list[World])
async def updates(database: Database, queries: Queries = None) -> Any:
    return DATABASES[database].updated_worlds(rows.clamped(queries))


# An application of its own, so that the other tests run without the session's middleware.
page = FastAPI(openapi_url=None)
page.add_middleware(SessionMiddleware, secret_key=by_hand.SECRET)


@page.get("/orm", response_class=HTMLResponse)
async def show_page(request: Request) -> Response:
    session = by_hand.visited(request.session)
    shown = by_hand.page(session, models.random_world())
    return templates.TemplateResponse(request, "page.html", shown)


@page.post("/orm")
async def save_note(
    request: Request,
    note: Annotated[str, Form(min_length=1, max_length=80)],
    csrf_token: Annotated[str, Form()] = "",
) -> Response:
    if not by_hand.accepts(request.session, csrf_token):
        raise HTTPException(403, "This form is not from this session.")
    by_hand.noted(request.session, note)
    return RedirectResponse("/page/orm", 303)


app.mount("/page", page)
