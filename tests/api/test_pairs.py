"""A pair's document before scripts run."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from framework_picker.api.pairs import PairPages, pair_in, with_pair

DOCUMENT = (
    '<!DOCTYPE html><html><head><meta charSet="utf-8"/><title>Compare frameworks</title>'
    '<meta content="All of them" name="description"/></head>'
    "<body><main>Four frameworks</main><script>let app = 1</script></body></html>"
)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A client of an app behind the pairs; what the app answers itself says so."""
    (tmp_path / "compare").mkdir()
    (tmp_path / "compare" / "index.html").write_text(DOCUMENT, encoding="utf-8")
    inner = Starlette(routes=[Route("/{path:path}", lambda request: PlainTextResponse("the app"))])
    return TestClient(PairPages(inner, tmp_path))


def test_a_pair_has_its_own_title_description_and_text(client: TestClient) -> None:
    answer = client.get("/compare/?f=flask,django&only=differences")

    assert answer.headers["content-type"].startswith("text/html")
    assert "<title>Flask or Django?" in answer.text
    assert answer.text.count("<title>") == 1
    assert answer.text.count('name="description"') == 1
    assert 'content="Flask and Django side by side' in answer.text
    assert "<h2>Moving from Django to Flask</h2>" in answer.text
    assert "<script>let app = 1</script>" in answer.text
    assert "<main>Four frameworks</main>" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/compare/",
        "/compare/?f=flask",
        "/compare/?f=flask,flask",
        "/compare/?f=flask,django,fastapi",
        "/compare/?f=flask,nobody",
        "/compare/?g=flask,django",
        "/frameworks/?f=flask,django",
        "/compare?f=flask,django",
        "/compare/?f=" + "a," * 3_000,
        "/compare/?" + "&".join(f"f{n}=1" for n in range(60)) + "&f=flask,django",
        "/compare/?f=" + quote("flask,<script>"),
    ],
)
def test_everything_else_is_left_to_the_app(client: TestClient, address: str) -> None:
    assert client.get(address).text == "the app"


def test_it_is_packed_for_those_who_can_unpack_it(client: TestClient) -> None:
    packed = client.get("/compare/?f=flask,django")
    plain = client.get("/compare/?f=flask,django", headers={"accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"


def test_other_methods_are_left_to_the_app(client: TestClient) -> None:
    assert client.post("/compare/?f=flask,django").status_code == 405
    assert client.head("/compare/?f=flask,django").status_code == 200


def test_without_built_pages_everything_is_left_to_the_app(tmp_path: Path) -> None:
    inner = Starlette(routes=[Route("/{path:path}", lambda request: PlainTextResponse("the app"))])

    assert TestClient(PairPages(inner, tmp_path)).get("/compare/?f=flask,django").text == "the app"


def test_names_that_nobody_knows_are_dropped_as_on_the_page() -> None:
    assert pair_in("f=flask,nobody,%20django%20") == ("flask", "django")
    assert pair_in("f=django,flask,django") == ("django", "flask")


def test_what_a_document_lacks_is_not_made_up() -> None:
    assert with_pair("<html></html>", "flask", "django") == "<html></html>"
