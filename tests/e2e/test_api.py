"""The JSON API of the production server, asked by a program that reads its OpenAPI document."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from house.server import AppServer
from tests.e2e import visitor

pytestmark = pytest.mark.browser

SECONDS = 25
"""For all requests together. Each gets a share, so a slow machine tries fewer variants of each."""

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "negative_data_rejection",
    "unsupported_method",
)


def test_every_answer_is_as_the_openapi_document_says(app: AppServer, tmp_path: Path) -> None:
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{app.url}/api/openapi.json"),
        *("--checks", ",".join(CHECKS)),
        *("--max-time", str(SECONDS), "--max-examples", "15", "--generation-deterministic"),
        *("--request-timeout", "20", "--no-color", "--continue-on-failure"),
    ]

    done = subprocess.run(
        command,
        cwd=tmp_path,  # it writes its notes where it runs
        env={**os.environ, "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        timeout=SECONDS * 6,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    operations = json.loads(asked(app, "/api/openapi.json")[2])["paths"].values()
    count = sum(len(methods) for methods in operations)
    assert f"Tested: {count}" in done.stdout, done.stdout[-2_000:]


def asked(app: AppServer, path: str, body: object = None, **headers: str) -> tuple[int, Any, Any]:
    """Status, headers and content of an answer."""
    data = None if body is None else json.dumps(body).encode()
    kind = {"content-type": "application/json"} if data else {}
    request = urllib.request.Request(
        app.url + path, data, {**kind, **{k.replace("_", "-"): v for k, v in headers.items()}}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_the_page_and_the_api_of_one_server_say_the_same(app: AppServer, page: Page) -> None:
    status, _, content = asked(
        app, "/api/v1/evaluations", {"answers": {"use": "api", "admin": "must"}}
    )
    assert status == 200
    evaluation = json.loads(content)

    visitor.visit(page, "/result/?use=api&admin=must")

    heading = page.locator("h1").first.inner_text()
    assert " ".join(heading.split()) == evaluation["sentence"]


def test_a_decision_saved_by_a_program_opens_on_its_page(app: AppServer, page: Page) -> None:
    status, headers, content = asked(
        app, "/api/v1/decisions", {"answers": {"use": "api"}, "title": "By a program"}
    )
    assert status == 201
    saved = json.loads(content)
    assert headers["location"] == saved["url"]

    visitor.visit(page, saved["url"].removeprefix(app.url))

    page.get_by_role("heading", name="By a program").wait_for()


def test_other_origins_are_not_let_in(app: AppServer) -> None:
    status, headers, _ = asked(app, "/api/v1/criteria", origin="https://elsewhere.example")

    assert status == 200
    assert headers["access-control-allow-origin"] is None


def test_the_page_about_the_api_obeys_its_own_policy(app: AppServer, page: Page) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))

    page.goto("/api/docs")

    assert page.locator("h1").inner_text() == "JSON API"
    font = page.evaluate("document.fonts.check('16px Inter')")
    assert font is True
    assert [url for url in requested if not url.startswith(app.url)] == []
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360 < width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_about_the_api(
    app: AppServer, new_visitor: Callable[..., Page], scheme: str
) -> None:
    page = new_visitor(color_scheme=scheme)
    page.goto("/api/docs")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
