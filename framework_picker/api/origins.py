"""Which pages of other origins may use the API from a browser: none, unless a setting says so."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


class ApiOrigins:
    """ASGI middleware around everything: answers a browser's question whether it may ask the API.

    Reflex's own answer for the whole server is no, so ours has to come first.
    """

    def __init__(self, app: ASGIApp, *, prefix: str, origins: Sequence[str]) -> None:
        """Wrap the app.

        Args:
            app: The whole app.
            prefix: Where the API begins, with a slash at its end.
            origins: Origins such as ``https://example.org``; "*" is everybody.
        """
        self._app = app
        self._prefix = prefix
        self._open = (
            CORSMiddleware(
                app,
                allow_origins=list(origins),
                allow_methods=["GET", "POST"],
                allow_headers=["content-type", "if-none-match"],
                expose_headers=["etag", "location", "retry-after"],
                max_age=600,
            )
            if origins
            else app
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        is_api = scope["type"] == "http" and scope["path"].startswith(self._prefix)
        await (self._open if is_api else self._app)(scope, receive, send)
