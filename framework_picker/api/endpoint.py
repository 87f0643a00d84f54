"""One request of the API: its handler and everything that its documentation says.

The routes, the OpenAPI document and the page for people are made from the same table, so that none
of them can say something else than the others.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

Handler = Callable[[Request], Awaitable[Response]]
Example = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of the address: of its path, or of what follows its question mark."""

    name: str
    where: Literal["path", "query", "header"]
    description: str
    schema: Mapping[str, Any]
    example: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back when all is well. ``model`` is None where it is no JSON."""

    description: str
    model: type[BaseModel] | None = None
    example: Example | None = None
    status: int = 200
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Body:
    """What has to be sent. ``schema`` is more exact than the model can be."""

    description: str
    model: type[BaseModel]
    schema: Mapping[str, Any]
    example: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One request.

    ``errors`` are the statuses it may fail with, ``others`` further answers of their own shape.
    ``is_tagged``: a program that has the answer already may get 304. ``is_strict``: parameters
    that are not documented are refused.
    """

    method: Literal["GET", "POST", "DELETE"]
    path: str
    name: str
    summary: str
    description: str
    handler: Handler
    answer: Answer
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    errors: tuple[int, ...] = ()
    others: tuple[Answer, ...] = ()
    is_tagged: bool = True
    is_strict: bool = True
    group: str = ""
