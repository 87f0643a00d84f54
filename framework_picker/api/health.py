"""Tells whoever watches the server that it is alive."""

from starlette.requests import Request
from starlette.responses import JSONResponse


async def health(request: Request) -> JSONResponse:
    """200 and `{"status": "ok"}`, as long as the process answers at all."""
    return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})
