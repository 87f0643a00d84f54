"""Stories of what the app keeps out, told to the running server."""

import http.client
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from framework_picker import routes
from house.server import AppServer

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/result/",
    "/compare/",
    "/frameworks/",
    "/frameworks/flask/",
    "/benchmarks/",
    "/evidence/",
    "/evidence/C069/",
    "/method/",
    "/nowhere",
)


def get(
    app: AppServer, path: str, *, method: str = "GET", **headers: str
) -> tuple[int, Message, bytes]:
    """Status, headers and body of an answer."""
    request = urllib.request.Request(
        app.url + path,
        method=method,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_a_browser_may_do(app: AppServer, path: str) -> None:
    _, headers, _ = get(app, path)

    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'sha256-" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"]
    assert headers["permissions-policy"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_breaks_its_own_policy_or_asks_another_host(
    app: AppServer, page: Page, visit: Callable[[Page, str], None], path: str
) -> None:
    """The `page` fixture fails on any error in the console, a refused script or style included."""
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).netloc))

    visit(page, path)
    page.wait_for_load_state("networkidle")

    assert hosts - {""} == {urlsplit(app.url).netloc}


def test_a_script_smuggled_into_the_page_does_not_run(
    new_visitor: Callable[..., Page], visit: Callable[[Page, str], None]
) -> None:
    page = new_visitor()
    visit(page, "/")

    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.smuggled = true";
            document.body.append(script);
        }"""
    )

    assert page.evaluate("window.smuggled") is None


@pytest.mark.parametrize("path", ["/", "/ping", routes.HEALTH])
def test_no_other_site_may_read_an_answer(app: AppServer, path: str) -> None:
    _, headers, _ = get(app, path, Origin="http://evil.example")
    status, preflight, _ = get(
        app,
        path,
        method="OPTIONS",
        Origin="http://evil.example",
        Access_Control_Request_Method="GET",
    )

    assert "access-control-allow-origin" not in headers
    assert status == 400
    assert "access-control-allow-origin" not in preflight


@pytest.mark.parametrize(
    ("origin", "status"), [("{own}", b"101"), ("http://evil.example", b"403"), ("null", b"403")]
)
def test_only_our_own_pages_may_open_a_connection(
    app: AppServer, origin: str, status: bytes
) -> None:
    handshake = (
        "GET /_event/?EIO=4&transport=websocket&token=t HTTP/1.1\r\n"
        f"Host: {urlsplit(app.url).netloc}\r\n"
        f"Origin: {origin.format(own=app.url)}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", app.port), timeout=10) as connection:
        connection.sendall(handshake.encode())
        assert connection.recv(100).split()[1] == status


def test_a_file_named_by_its_content_is_kept_and_a_page_is_asked_for_again(
    app: AppServer, page: Page, visit: Callable[[Page, str], None]
) -> None:
    scripts: list[str] = []
    page.on(
        "request",
        lambda request: (
            scripts.append(urlsplit(request.url).path)
            if request.resource_type == "script" and "/assets/" in request.url
            else None
        ),
    )
    visit(page, "/")

    assert scripts
    for path in scripts:
        assert get(app, path)[1]["cache-control"] == "public, max-age=31536000, immutable", path
    assert get(app, "/")[1]["cache-control"] == "no-cache"


def test_pages_and_scripts_travel_compressed(app: AppServer) -> None:
    for encoding, name in (("gzip", "gzip"), ("gzip, deflate, br", "br")):
        _, headers, body = get(app, "/", Accept_Encoding=encoding)
        assert headers["content-encoding"] == name
        assert len(body) < len(get(app, "/")[2]) / 2


def test_the_server_says_that_it_is_alive(app: AppServer) -> None:
    status, headers, body = get(app, routes.HEALTH)

    assert (status, json.loads(body)) == (200, {"status": "ok"})
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    ["/../rxconfig.py", "/%2e%2e/%2e%2e/rxconfig.py", "/.git/config", "/assets/../../../run.py"],
)
def test_files_beside_the_pages_stay_private(app: AppServer, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()

    assert answer.status == 404
    assert b"app_name" not in answer.read()
