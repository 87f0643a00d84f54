"""The JSON API as one application, to be mounted beside the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from framework_picker import routes
from framework_picker.api.answering import json_bytes, tagged
from framework_picker.api.catalog_requests import catalog_endpoints, shortened
from framework_picker.api.decisions import decision_endpoints
from framework_picker.api.documentation import documentation_page
from framework_picker.api.endpoint import Answer, Body, Endpoint, Handler
from framework_picker.api.errors import ApiError, on_api_error, on_bug, on_http_error
from framework_picker.api.evaluations import (
    EXAMPLE,
    answers_schema,
    evaluated,
    evaluation_handler,
)
from framework_picker.api.health import health, readiness
from framework_picker.api.openapi import openapi_document
from framework_picker.api.rate_limits import RateLimit
from framework_picker.api.shapes import Evaluation, EvaluationRequest, Health, NotReady
from framework_picker.catalog.current import get_catalog
from framework_picker.domain.document import Json
from framework_picker.settings import Settings

COMPRESSED_FROM = 1_000
COMPRESSION = 4
"""Nearly as small as 9, in a third of the time."""


def api_mount(settings: Settings) -> Mount:
    """The API at its place, also for addresses with a line break, which no dot matches."""
    mount = Mount(routes.API, api_application(settings))
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def api_application(settings: Settings) -> Starlette:
    """Everything below ``/api``."""
    listed = endpoints(settings)

    @cache
    def openapi_bytes() -> bytes:
        return json_bytes(openapi_document(listed))

    @cache
    def page_bytes() -> bytes:
        return documentation_page(openapi_document(listed)).encode()

    async def openapi(request: Request) -> Response:
        return tagged(request, openapi_bytes())

    async def documentation(request: Request) -> Response:
        return tagged(request, page_bytes(), "text/html")

    return Starlette(
        routes=[
            Route(_inside(routes.OPENAPI), openapi, methods=["GET"]),
            Route(_inside(routes.API_DOCS), documentation, methods=["GET"]),
            *_routes(one for one in listed if one.path.startswith(routes.API)),
        ],
        middleware=[
            Middleware(GZipMiddleware, minimum_size=COMPRESSED_FROM, compresslevel=COMPRESSION)
        ],
        exception_handlers={
            ApiError: on_api_error,
            HTTPException: on_http_error,
            HTTPStatus.INTERNAL_SERVER_ERROR: on_bug,
        },
    )


def endpoints(settings: Settings) -> tuple[Endpoint, ...]:
    """Every request that programs can make."""
    return (
        _evaluation(settings),
        *catalog_endpoints(),
        *decision_endpoints(RateLimit("decisions", settings.decision_limit)),
        *_watching(),
    )


def _routes(listed: Iterable[Endpoint]) -> Iterator[Route]:
    """One route per path, so that another method learns of all that are possible."""
    by_path: dict[str, dict[str, Handler]] = {}
    for one in listed:
        by_path.setdefault(one.path, {})[one.method] = one.handler
    for path, handlers in by_path.items():
        yield Route(_inside(path), _by_method(handlers), methods=list(handlers))


def _by_method(handlers: Mapping[str, Handler]) -> Handler:
    async def handle(request: Request) -> Response:
        return await handlers["GET" if request.method == "HEAD" else request.method](request)

    return handle


def _inside(path: str) -> str:
    """The path below the place where the application is mounted."""
    return path.removeprefix(routes.API)


def _evaluation(settings: Settings) -> Endpoint:
    limit = RateLimit("evaluations", settings.evaluation_limit)
    return Endpoint(
        "POST",
        f"{routes.API}/v1/evaluations",
        "evaluate",
        "What follows from a set of answers",
        "The ranking, how sure it is, what would change it and what to ask next: the numbers of "
        "the result page. Nothing is stored. Names and answers are those of /v1/questions; an "
        "unknown one is refused, not left out.",
        evaluation_handler(limit),
        Answer("The evaluation.", Evaluation, _example),
        body=Body(
            "The answers. What is left out stays open.",
            EvaluationRequest,
            {
                "type": "object",
                "additionalProperties": False,
                "required": ["answers"],
                "properties": {"answers": answers_schema(get_catalog())},
            },
            EXAMPLE,
        ),
        errors=(
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            HTTPStatus.TOO_MANY_REQUESTS,
        ),
        is_tagged=False,
        group="Evaluation",
    )


def _watching() -> tuple[Endpoint, ...]:
    return (
        Endpoint(
            "GET",
            routes.HEALTH,
            "health",
            "Whether the server is alive",
            "Answers as long as the process answers at all.",
            health,
            Answer("It is.", Health, lambda: {"status": "ok"}),
            is_tagged=False,
            is_strict=False,
            group="Watching",
        ),
        Endpoint(
            "GET",
            routes.READY,
            "readiness",
            "Whether the server can do all of its work",
            "503 names the failing part: the database, or Redis where sessions are kept there.",
            readiness,
            Answer("It can.", Health, lambda: {"status": "ok"}),
            is_tagged=False,
            is_strict=False,
            others=(Answer("It cannot.", NotReady, _not_ready, HTTPStatus.SERVICE_UNAVAILABLE),),
            group="Watching",
        ),
    )


def _not_ready() -> dict[str, Json]:
    return {"status": "unavailable", "failing": {"database": "The database is busy."}}


def _example() -> dict[str, Json]:
    return shortened(evaluated(EXAMPLE["answers"]))
