"""What the API says when it cannot do what was asked: always the same shape, never markup."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

LONGEST_FIELD = 120

CODES: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "not-readable",
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method-not-allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "not-json",
    HTTPStatus.UNPROCESSABLE_ENTITY: "not-valid",
    HTTPStatus.TOO_MANY_REQUESTS: "too-many-requests",
    HTTPStatus.INTERNAL_SERVER_ERROR: "internal",
    HTTPStatus.SERVICE_UNAVAILABLE: "not-available",
}
"""One word per status, for programs."""


class ApiError(Exception):
    """A request that is answered with an error.

    ``field`` names the part of the request that is meant: ``answers.admin``, ``panel``; empty when
    it is the whole.
    """

    def __init__(
        self,
        status: int,
        message: str,
        field: str = "",
        *,
        code: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code or CODES[status]
        self.message = message
        self.field = field
        self.headers = dict(headers or {})


def error_response(error: ApiError) -> JSONResponse:
    """The answer to a request that failed."""
    return JSONResponse(
        {
            "error": {
                "code": error.code,
                "message": _readable(error.message),
                "field": _readable(error.field)[:LONGEST_FIELD],
            }
        },
        status_code=error.status,
        headers={"cache-control": "no-store", **error.headers},
    )


async def on_api_error(request: Request, error: Exception) -> JSONResponse:
    """Our own errors."""
    assert isinstance(error, ApiError)
    return error_response(error)


async def on_http_error(request: Request, error: Exception) -> JSONResponse:
    """What the router refuses: no such address, no such method."""
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        message = f"{request.method} is not possible here."
    else:
        message = "There is nothing at this address."
    status = error.status_code if error.status_code in CODES else HTTPStatus.BAD_REQUEST
    return error_response(ApiError(status, message, headers=error.headers))


async def on_bug(request: Request, error: Exception) -> JSONResponse:
    """A mistake of ours. Starlette raises it again afterwards, so that the log has it."""
    return error_response(
        ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, "That went wrong on our side; it was logged.")
    )


def _readable(text: str) -> str:
    """Text from outside may hold signs that no answer can carry, such as half a character."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
