"""Answers of the API: compact JSON, with a tag for programs that ask again."""

from __future__ import annotations

import hashlib
import re
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from framework_picker.domain.document import Json, canonical_json

MEDIA_TYPE = "application/json"
ASK_FIRST = "no-cache"

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")


def json_bytes(content: dict[str, Json]) -> bytes:
    """The content as the API sends it; equal content gives equal bytes."""
    return canonical_json(content).encode()


def tagged(request: Request, body: bytes, media_type: str = MEDIA_TYPE) -> Response:
    """An answer that a program may keep; 304 without a body when it has this one already."""
    # Weak: compressed or not, the answer is the same, its bytes on the way are not.
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": ASK_FIRST}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or _plain(tag) in map(_plain, known.split(",")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def fresh(body: bytes, status: int = HTTPStatus.OK, **headers: str) -> Response:
    """An answer that nobody keeps."""
    return Response(
        body,
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={"cache-control": "no-store", **headers},
    )


def site(request: Request) -> str:
    """The address of this server as the program reached it, without a slash at its end.

    A proxy in front says what it was asked for; only the asker reads the answer.
    """
    host = request.headers.get("x-forwarded-host", "").split(",")[0].strip()
    scheme = request.headers.get("x-forwarded-proto", "").split(",")[0].strip()
    return (
        f"{scheme if scheme in ('http', 'https') else request.url.scheme}://"
        f"{host if _HOST.fullmatch(host) else request.url.netloc}"
    )


def _plain(tag: str) -> str:
    """A tag without the mark of a weak one: for asking whether anything changed they are equal."""
    return tag.strip().removeprefix("W/")
