"""Starlette: asynchronous functions in a list of routes, Jinja2 templates."""

import asyncio
from typing import Any

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from benchmarks.apps import by_hand, jinja, models, rows
from benchmarks.apps.orders import Order, receipt

DATABASES: dict[str, Any] = {"raw": rows, "orm": models}
templates = Jinja2Templates(directory=jinja.FOLDER)


async def plaintext(request: Request) -> Response:
    return PlainTextResponse("Hello, World!")


async def hello(request: Request) -> Response:
    return JSONResponse({"message": "Hello, World!"})


async def validation(request: Request) -> Response:
    try:
        order = Order.model_validate_json(await request.body())
    except ValidationError as error:
        return Response(error.json(), 422, media_type="application/json")
    return JSONResponse(receipt(order).model_dump())


async def upstream(request: Request) -> Response:
    await asyncio.sleep(0.02)
    return JSONResponse({"upstream": "answered"})


async def query(request: Request) -> Response:
    return JSONResponse(DATABASES[request.path_params["database"]].random_world())


async def queries(request: Request) -> Response:
    count = rows.clamped(request.query_params.get("queries"))
    return JSONResponse(DATABASES[request.path_params["database"]].random_worlds(count))


async def fortunes(request: Request) -> Response:
    shown = {"fortunes": DATABASES[request.path_params["database"]].fortunes()}
    return templates.TemplateResponse(request, "fortunes.html", shown)


async def updates(request: Request) -> Response:
    count = rows.clamped(request.query_params.get("queries"))
    return JSONResponse(DATABASES[request.path_params["database"]].updated_worlds(count))


async def page(request: Request) -> Response:
    session = request.session
    if request.method == "POST":
        async with request.form() as form:
            token, note = form.get(by_hand.CSRF_FIELD), form.get("note")
        if not by_hand.accepts(session, str(token)):
            return PlainTextResponse("This form is not from this session.", 403)
        if not by_hand.noted(session, str(note or "")):
            return PlainTextResponse("A note has 1 to 80 characters.", 400)
        return RedirectResponse("/page/orm", 303)
    shown = by_hand.page(by_hand.visited(session), models.random_world())
    return templates.TemplateResponse(request, "page.html", shown)


app = Starlette(
    routes=[
        Route("/plaintext", plaintext),
        Route("/json", hello),
        Route("/validation", validation, methods=["POST"]),
        Route("/upstream", upstream),
        Route("/db/{database}", query),
        Route("/queries/{database}", queries),
        Route("/fortunes/{database}", fortunes),
        Route("/updates/{database}", updates),
        Route(
            "/page/orm",
            page,
            methods=["GET", "POST"],
            middleware=[Middleware(SessionMiddleware, secret_key=by_hand.SECRET)],
        ),
    ]
)
