"""A pair's page before scripts run: what link previews, search engines and plain browsers see.

Reflex builds one document for every comparison. For an address that names two frameworks it gets
a title and a description that name them, and what there is to know about moving between them.
"""

from __future__ import annotations

import gzip
import html
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from framework_picker import routes
from framework_picker.catalog.current import get_catalog
from framework_picker.domain.moving import (
    Move,
    move,
    pair_description,
    pair_title,
    points,
    summary,
)

LONGEST_QUERY = 4_000
MOST_PARTS = 20
MOST_KEPT = 64

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta[^>]*name="description"[^>]*>')


class PairPages:
    """Answers the addresses of pairs itself, and leaves everything else to the app."""

    def __init__(self, app: ASGIApp, pages: Path) -> None:
        """Wraps an app.

        Args:
            app: What answers everything else.
            pages: The folder of the built pages.
        """
        self._app = app
        self._path = pages / routes.COMPARE.strip("/") / "index.html"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            request = Request(scope)
            pair = pair_in(request.url.query)
            # In development another server has the pages.
            if pair and request.url.path == routes.link(routes.COMPARE) and self._path.is_file():
                plain, packed = _documents(self._path, self._path.stat().st_mtime_ns, *pair)
                headers = {"vary": "accept-encoding"}
                if "gzip" in request.headers.get("accept-encoding", ""):
                    plain, headers = packed, {**headers, "content-encoding": "gzip"}
                await HTMLResponse(plain, headers=headers)(scope, receive, send)
                return
        await self._app(scope, receive, send)


@lru_cache(maxsize=MOST_KEPT)
def _documents(path: Path, changed: int, before: str, after: str) -> tuple[bytes, bytes]:
    """A pair's document, and the same packed. ``changed`` is when the built page was written."""
    plain = with_pair(path.read_text(encoding="utf-8"), before, after).encode()
    return plain, gzip.compress(plain, mtime=0)


def pair_in(query: str) -> tuple[str, str] | None:
    """The two frameworks that a query names; None for any other number."""
    if len(query) > LONGEST_QUERY:
        return None
    try:
        parts = dict(parse_qsl(query, max_num_fields=MOST_PARTS))
    except ValueError:
        return None
    named = dict.fromkeys(name.strip() for name in parts.get("f", "").split(","))
    known = [name for name in named if name in get_catalog().alternatives]
    return (known[0], known[1]) if len(known) == 2 else None


def with_pair(document: str, before: str, after: str) -> str:
    """The document with title, description and, for readers without scripts, text of the pair."""
    there, back = move(get_catalog(), before, after), move(get_catalog(), after, before)
    names = there.before.name, there.after.name
    title = html.escape(pair_title(*names))
    description = html.escape(pair_description(*names), quote=True)
    head = (
        f'<meta property="og:title" content="{title}"/>'
        f'<meta property="og:description" content="{description}"/>'
    )
    named = _TITLE.sub(lambda _: f"<title>{title}</title>", document, count=1)
    named = _DESCRIPTION.sub(
        lambda _: f'<meta name="description" content="{description}"/>', named, count=1
    )
    body = f"<noscript><section>{_direction(there)}{_direction(back)}</section></noscript>"
    return named.replace("</head>", f"{head}</head>", 1).replace("</body>", f"{body}</body>", 1)


def _direction(moved: Move) -> str:
    terms = "".join(
        f"<dt>{html.escape(point.term)}</dt><dd>{html.escape(point.words)}</dd>"
        for point in points(moved)
    )
    return (
        f"<h2>{html.escape(f'Moving from {moved.before.name} to {moved.after.name}')}</h2>"
        f"<p>{html.escape(summary(moved))}</p><dl>{terms}</dl>"
    )
