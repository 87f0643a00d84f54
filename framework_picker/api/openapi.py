"""The OpenAPI 3.1 document, made from the table of requests and the shapes of their answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from framework_picker.api.endpoint import Answer, Endpoint
from framework_picker.api.errors import CODES
from framework_picker.api.shapes import ErrorAnswer
from framework_picker.domain.document import METHOD_VERSION, SCHEMA_VERSION, Json, plain

VERSION = f"1.{SCHEMA_VERSION}"
DESCRIPTION = (
    "The numbers of the pages, for programs. The same answers to the same data give the same "
    "evaluation, byte for byte; every value comes with its date and its sources. Nobody is asked "
    "for an account or a key. Reading is free; asking for evaluations and saving decisions is "
    "limited per address of the network (429, with Retry-After)."
)
ERROR_WORDS = {
    HTTPStatus.BAD_REQUEST: "The body cannot be read as JSON.",
    HTTPStatus.NOT_FOUND: "There is none of that name.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is not said to be JSON.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something is not as documented; the field says what.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests from this address; Retry-After says more.",
    HTTPStatus.SERVICE_UNAVAILABLE: "A part that this needs does not answer.",
}
_SCHEMAS = "#/components/schemas/"


def openapi_document(endpoints: Sequence[Endpoint]) -> dict[str, Json]:
    """The whole document."""
    paths: dict[str, Any] = {}
    for endpoint in endpoints:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    groups = dict.fromkeys(endpoint.group for endpoint in endpoints)
    found = plain(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Framework Picker",
                "version": VERSION,
                "description": f"{DESCRIPTION} Method version {METHOD_VERSION}.",
                "license": {"name": "MIT", "identifier": "MIT"},
            },
            "servers": [{"url": "/", "description": "This server."}],
            "tags": [{"name": group} for group in groups],
            "paths": paths,
            "components": {"schemas": _schemas(endpoints)},
        }
    )
    assert isinstance(found, dict)
    return found


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "tags": [endpoint.group],
        "summary": endpoint.summary,
        "description": endpoint.description,
        "responses": dict(_responses(endpoint)),
    }
    if endpoint.parameters:
        operation["parameters"] = [
            {
                "name": one.name,
                "in": one.where,
                "required": one.is_required,
                "description": one.description,
                "schema": dict(one.schema),
                "example": int(one.example) if one.schema.get("type") == "integer" else one.example,
            }
            for one in endpoint.parameters
        ]
    if endpoint.body is not None:
        operation["requestBody"] = {
            "required": True,
            "description": endpoint.body.description,
            "content": {
                "application/json": {
                    "schema": dict(endpoint.body.schema),
                    "example": endpoint.body.example,
                }
            },
        }
    return operation


def _responses(endpoint: Endpoint) -> Iterator[tuple[str, dict[str, Any]]]:
    for answer in (endpoint.answer, *endpoint.others):
        yield str(int(answer.status)), _response(answer, is_tagged=endpoint.is_tagged)
    if endpoint.is_tagged:
        yield "304", {"description": "The program has this answer already (If-None-Match)."}
    strict = (HTTPStatus.UNPROCESSABLE_ENTITY,) if endpoint.is_strict else ()
    for status in sorted({*endpoint.errors, *strict}):
        response: dict[str, Any] = {
            "description": ERROR_WORDS[HTTPStatus(status)],
            "content": {
                "application/json": {
                    "schema": {"$ref": _SCHEMAS + ErrorAnswer.__name__},
                    "example": {
                        "error": {
                            "code": CODES[status],
                            "message": ERROR_WORDS[HTTPStatus(status)],
                            "field": "",
                        }
                    },
                }
            },
        }
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            response["headers"] = {
                "Retry-After": {
                    "required": True,
                    "description": "Seconds to wait.",
                    "schema": {"type": "integer", "minimum": 1},
                }
            }
        yield str(int(status)), response


def _response(answer: Answer, *, is_tagged: bool) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {}}
    if answer.media_type.startswith("text/"):
        content["schema"] = {"type": "string"}
    if answer.model is not None:
        content = {"schema": {"$ref": _SCHEMAS + answer.model.__name__}}
    if answer.example is not None:
        content["example"] = answer.example()
    response: dict[str, Any] = {"description": answer.description}
    if answer.media_type:
        response["content"] = {answer.media_type.partition(";")[0]: content}
    if is_tagged:
        response["headers"] = {
            "ETag": {
                "required": True,
                "description": "Send it back as If-None-Match to learn whether anything changed.",
                "schema": {"type": "string"},
            }
        }
    return response


def _schemas(endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    models: list[type[BaseModel]] = [ErrorAnswer]
    for endpoint in endpoints:
        models += [one.model for one in (endpoint.answer, *endpoint.others) if one.model]
    unique = list(dict.fromkeys(models))
    _, found = models_json_schema(
        [(model, "validation") for model in unique], ref_template=f"{_SCHEMAS}{{model}}"
    )
    schemas: dict[str, Any] = found["$defs"]
    for schema in schemas.values():
        # Titles that only repeat a field's name.
        for name, entry in schema.get("properties", {}).items():
            if entry.get("title") == re.sub(r"[_-]", " ", name).title():
                del entry["title"]
    return schemas
