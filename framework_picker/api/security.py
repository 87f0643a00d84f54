"""What every answer of the server forbids a browser to do, and who may open a connection.

The policy names the inline scripts of each built page by their hashes, so that no other inline
script runs. The pages are read once, when the server starts, after they were built.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOR_EVERYTHING = {"x-content-type-options": "nosniff"}
FOR_PAGES = {
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = (
    "default-src 'self'",
    "script-src {scripts}",
    # Reflex's components write style attributes; a style cannot run code.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
FOR_FILES = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""The policy of everything that is no page, in case somebody opens it as one."""
FALLBACK_PAGES = ("404.html", "__spa-fallback.html")

OK, NOT_MODIFIED = 200, 304
FOREVER = "public, max-age=31536000, immutable"
A_WEEK = "public, max-age=604800"
ASK_FIRST = "no-cache"
NAMED_BY_CONTENT = re.compile(r"/assets/[^/]+-[\w-]{8}\.\w+$")
FONT = re.compile(r"/fonts/[^/]+\.woff2$")


class SecurityHeaders:
    """ASGI middleware: headers on every answer, and no connection from another site's pages."""

    def __init__(self, app: ASGIApp, *, pages: Path, allowed_origins: Sequence[str] = ()) -> None:
        """Read the built pages.

        Args:
            app: What is protected.
            pages: The folder of the built pages; without it no inline script is allowed.
            allowed_origins: Origins besides our own that may open a connection; "*" is everybody.
        """
        self._app = app
        self._allowed_origins = frozenset(allowed_origins)
        self._policy_by_page = dict(page_policies(pages))
        fallbacks = [pages / name for name in FALLBACK_PAGES]
        self._other_policy = policy(_hashes_of(path for path in fallbacks if path.exists()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add to the answer."""
        if scope["type"] == "websocket" and not self._may_connect(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers(scope["path"], message["status"], headers):
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _headers(
        self, path: str, status: int, answer: Mapping[str, str]
    ) -> Iterator[tuple[str, str]]:
        yield from FOR_EVERYTHING.items()
        known = self._policy_by_page.get(_page(path))
        if answer.get("content-type", "").startswith("text/html"):
            yield from FOR_PAGES.items()
            yield "content-security-policy", known or self._other_policy
        elif status == NOT_MODIFIED:
            # Says nothing about its type, and a browser lays its headers over the stored ones.
            if known:
                yield "content-security-policy", known
        else:
            yield "content-security-policy", FOR_FILES
        if status in (OK, NOT_MODIFIED) and (caching := how_long_to_keep(path, answer)):
            yield "cache-control", caching

    def _may_connect(self, request: Headers) -> bool:
        """Whether a page of this origin may open a connection.

        Programs send no origin. Browsers always do, and cannot lie about it: this keeps a page of
        another site from talking to us in its visitor's name.
        """
        origin = request.get("origin")
        if origin is None or "*" in self._allowed_origins or origin in self._allowed_origins:
            return True
        own = {request.get("host", ""), request.get("x-forwarded-host", "").split(",")[0].strip()}
        return bool(host := urlsplit(origin).netloc) and host in own


def how_long_to_keep(path: str, answer: Mapping[str, str]) -> str | None:
    """For how long a browser may keep a file without asking again; None where we do not say.

    A file whose name holds a hash of its content never changes. A page must be asked for each
    time: after an update it names other files.
    """
    if NAMED_BY_CONTENT.search(path):
        return FOREVER
    if FONT.search(path):
        return A_WEEK
    is_file = "etag" in answer
    return ASK_FIRST if is_file else None


def page_policies(pages: Path) -> Iterator[tuple[str, str]]:
    """The policy of each built page, by the page's name (its address without outer slashes)."""
    for path in sorted(pages.rglob("*.html")):
        name = path.relative_to(pages).with_suffix("").as_posix()
        yield _page(name), policy(_hashes_of([path]))


def policy(script_hashes: Iterable[str]) -> str:
    """The content security policy of a page with these inline scripts."""
    scripts = ["'self'", *(f"'{value}'" for value in sorted(set(script_hashes)))]
    return "; ".join(POLICY).format(scripts=" ".join(scripts))


def inline_script_hashes(html: str) -> Iterator[str]:
    """The hash of every script whose text stands in the page itself."""
    reader = _InlineScripts()
    reader.feed(html)
    reader.close()
    for text in reader.texts:
        digest = hashlib.sha256(text.encode()).digest()
        yield f"sha256-{base64.b64encode(digest).decode()}"


class _InlineScripts(HTMLParser):
    """Collects the texts of a page's inline scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and "src" not in dict(attrs):
            self._is_inside = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.texts[-1] += data


def _hashes_of(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        yield from inline_script_hashes(path.read_text(encoding="utf-8"))


def _page(path: str) -> str:
    """The name of the page an address shows: `/result/` and `result/index.html` are `result`."""
    name = path.strip("/").removesuffix(".html")
    return "" if name == "index" else name.removesuffix("/index")
