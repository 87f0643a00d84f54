"""Tests of the headers, the page policies and the origin check."""

import base64
import hashlib
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from framework_picker.api.health import health
from framework_picker.api.security import (
    SecurityHeaders,
    how_long_to_keep,
    inline_script_hashes,
    policy,
)

FRONT = "<html><script>let front = 1</script><script src='/page.js'></script></html>"
RESULT = '<html><script type="module">let a = "<b>" && 2</script></html>'
NOWHERE = "<html><script>let nowhere = 3</script></html>"


def hash_of(script: str) -> str:
    """The hash as the standard writes it: https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def script_sources(response: httpx2.Response) -> list[str]:
    """What a response's policy allows scripts to be."""
    directives = response.headers["content-security-policy"].split("; ")
    return next(d for d in directives if d.startswith("script-src ")).split()[1:]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of built pages, as Reflex leaves it."""
    (tmp_path / "index.html").write_text(FRONT)
    (tmp_path / "result").mkdir()
    (tmp_path / "result" / "index.html").write_text(RESULT)
    (tmp_path / "result.html").write_text(RESULT)
    (tmp_path / "404.html").write_text(NOWHERE)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "root-D_q8vvxw.js").write_text("1")
    return tmp_path


def guarded(pages: Path, *allowed_origins: str) -> TestClient:
    """A client of a small app behind the middleware."""

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text("connected")
        await websocket.close()

    async def ranking(request: Request) -> JSONResponse:
        return JSONResponse({})

    async def profile(request: Request) -> FileResponse:
        return FileResponse(pages / "404.html")

    app = Starlette(
        routes=[
            Route("/healthz", health),
            Route("/ranking", ranking),
            Route("/frameworks/flask/", profile),
            WebSocketRoute("/_event", socket),
            Mount("/", StaticFiles(directory=pages, html=True)),
        ]
    )
    guard = SecurityHeaders(app, pages=pages, allowed_origins=allowed_origins)
    return TestClient(guard, base_url="http://picker.test")


def test_health_says_ok(pages: Path) -> None:
    answer = guarded(pages).get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_each_page_allows_exactly_its_own_inline_scripts(pages: Path) -> None:
    client = guarded(pages)

    assert script_sources(client.get("/")) == ["'self'", hash_of("let front = 1")]
    for address in ("/result/", "/result.html", "/result/index.html"):
        assert script_sources(client.get(address)) == ["'self'", hash_of('let a = "<b>" && 2')]


@pytest.mark.parametrize("address", ["/nothing-here", "/frameworks/flask/"])
def test_an_address_without_a_page_of_its_own_allows_the_fallback_pages_scripts(
    pages: Path, address: str
) -> None:
    answer = guarded(pages).get(address)

    assert script_sources(answer) == ["'self'", hash_of("let nowhere = 3")]


def test_no_policy_allows_code_from_strings_or_any_inline_script(pages: Path) -> None:
    client = guarded(pages)

    for address in ("/", "/result/", "/nothing-here", "/healthz", "/assets/root-D_q8vvxw.js"):
        text = client.get(address).headers["content-security-policy"]
        assert "unsafe-eval" not in text
        assert "'unsafe-inline'" not in text.replace(
            "style-src 'self' 'unsafe-inline'", ""
        ).replace("style-src 'unsafe-inline'", "")
        assert "frame-ancestors 'none'" in text


@pytest.mark.parametrize("address", ["/", "/healthz", "/ranking", "/assets/root-D_q8vvxw.js"])
def test_every_answer_forbids_guessing_its_type(pages: Path, address: str) -> None:
    assert guarded(pages).get(address).headers["x-content-type-options"] == "nosniff"


def test_pages_cannot_be_framed_and_keep_their_address_to_themselves(pages: Path) -> None:
    headers = guarded(pages).get("/").headers

    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_a_page_that_did_not_change_keeps_its_policy(pages: Path) -> None:
    client = guarded(pages)
    first = client.get("/")

    second = client.get("/", headers={"if-none-match": first.headers["etag"]})

    assert second.status_code == 304
    assert second.headers["content-security-policy"] == first.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "answer", "expected"),
    [
        ("/assets/root-D_q8vvxw.js", {"etag": "1"}, "public, max-age=31536000, immutable"),
        ("/assets/manifest-14ec2096.js", {"etag": "1"}, "public, max-age=31536000, immutable"),
        ("/assets/no-hash.js", {"etag": "1"}, "no-cache"),
        ("/fonts/inter.woff2", {"etag": "1"}, "public, max-age=604800"),
        ("/", {"etag": "1"}, "no-cache"),
        ("/api/v1/criteria", {}, None),
    ],
)
def test_only_a_file_named_by_its_content_is_kept_for_good(
    path: str, answer: dict[str, str], expected: str | None
) -> None:
    assert how_long_to_keep(path, answer) == expected


def test_a_missing_file_is_not_kept(pages: Path) -> None:
    answer = guarded(pages).get("/assets/gone-AAAAAAAA.js")

    assert answer.status_code == 404
    assert "cache-control" not in answer.headers


def test_an_answer_that_sets_a_header_itself_keeps_it(pages: Path) -> None:
    assert guarded(pages).get("/healthz").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("origin", "forwarded"),
    [
        (None, None),
        ("http://picker.test", None),
        ("https://picker.test", None),
        ("https://picker.example", "picker.example"),
        ("https://other.example", None),
    ],
    ids=["a program", "our page", "our page behind https", "behind a proxy", "a listed origin"],
)
def test_a_page_of_ours_may_open_a_connection(
    pages: Path, origin: str | None, forwarded: str | None
) -> None:
    sent = {"origin": origin, "x-forwarded-host": forwarded}
    headers = {name: value for name, value in sent.items() if value}
    client = guarded(pages, "https://other.example")

    with client.websocket_connect("ws://picker.test/_event", headers=headers) as socket:
        assert socket.receive_text() == "connected"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://picker.test.evil.example", "null", "", "picker.test"]
)
def test_a_page_of_another_site_may_not_open_a_connection(pages: Path, origin: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        guarded(pages).websocket_connect("ws://picker.test/_event", headers={"origin": origin}),
    ):
        pass


def test_in_development_every_origin_may_open_a_connection(pages: Path) -> None:
    headers = {"origin": "http://localhost:3000"}

    with guarded(pages, "*").websocket_connect(
        "ws://picker.test/_event", headers=headers
    ) as socket:
        assert socket.receive_text() == "connected"


def test_scripts_from_files_and_text_that_looks_like_a_script_have_no_hash() -> None:
    html = "<script src='/a.js'></script><p>&lt;script&gt;a</p><!--<script>b</script>-->"

    assert list(inline_script_hashes(html)) == []


def test_the_policy_lists_each_script_once_in_one_order() -> None:
    assert policy(["sha256-b", "sha256-a", "sha256-b"]) == policy(["sha256-a", "sha256-b"])
