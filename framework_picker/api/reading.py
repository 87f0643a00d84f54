"""Reading requests: bodies and queries, strictly. What is not as documented is refused by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from framework_picker.api.errors import ApiError

MOST_BYTES = 65_536
"""Answers with all the reasons they may carry take a third of it."""

JSON = "application/json"

Model = TypeVar("Model", bound=BaseModel)


async def read_body(request: Request, model: type[Model]) -> Model:
    """The request's body in its shape.

    Raises:
        ApiError: too large, not JSON, or not of this shape; the field says where.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:
        raise ApiError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Send JSON: the header must say Content-Type: {JSON}.",
            "content-type",
        )
    found = parsed_json(await _bytes(request))
    try:
        return model.model_validate(found, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ApiError(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"{field or 'The body'}: {first['msg']}.", field
        ) from error


def parsed_json(content: bytes) -> Any:
    """What a JSON text says. Names given twice and numbers that JSON does not have are refused.

    Raises:
        ApiError: it is no JSON.
    """
    try:
        return json.loads(
            content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant
        )
    except RecursionError as error:
        raise ApiError(HTTPStatus.BAD_REQUEST, "The JSON is nested too deeply.") from error
    except ValueError as error:  # also bytes that are no UTF-8, and endless digits
        raise ApiError(HTTPStatus.BAD_REQUEST, f"This is no JSON: {error}.") from error


def read_query(request: Request, allowed: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The query's parameters by name.

    Args:
        request: The request.
        allowed: The JSON schema of each parameter; ``enum``, ``pattern``-free texts and whole
            numbers with ``minimum`` and ``maximum`` are understood.

    Raises:
        ApiError: a parameter that is not known, was given twice, or has no such value.
    """
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in allowed:
            names = ", ".join(allowed) or "none"
            raise ApiError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                f"There is no parameter of that name; there are: {names}.",
                name,
            )
        if name in found:
            raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, "It was given twice.", name)
        _check(name, value, allowed[name])
        found[name] = value
    return found


def _check(name: str, value: str, schema: Mapping[str, Any]) -> None:
    if "enum" in schema and value not in schema["enum"]:
        listed = ", ".join(schema["enum"])
        raise ApiError(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"There is no such value; there are: {listed}.", name
        )
    if schema.get("type") == "integer":
        low, high = schema["minimum"], schema["maximum"]
        is_number = value.isascii() and value.isdigit() and len(value) <= len(str(high))
        if not is_number or not low <= int(value) <= high:
            raise ApiError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                f"Expected a whole number from {low} to {high}.",
                name,
            )
    if len(value) > schema.get("maxLength", len(value)):
        raise ApiError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"At most {schema['maxLength']} characters are read.",
            name,
        )


async def _bytes(request: Request) -> bytes:
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > MOST_BYTES:
                raise ApiError(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                    f"The body has more than {MOST_BYTES} bytes.",
                )
    except ClientDisconnect as error:
        raise ApiError(HTTPStatus.BAD_REQUEST, "The body ended too early.") from error
    return bytes(content)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the name {name[:40]!r} stands there twice")
        found[name] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
