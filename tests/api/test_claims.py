"""A claim's document before scripts run."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from framework_picker.api.claims import claim_document, with_claim
from framework_picker.catalog.current import get_ledger

DOCUMENT = (
    '<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/></head>'
    "<body><script>let app = 1</script></body></html>"
)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A client of the handler, with a built document."""
    (tmp_path / "__spa-fallback.html").write_text(DOCUMENT, encoding="utf-8")
    app = Starlette(routes=[Route("/evidence/{claim_id}/", claim_document(tmp_path))])
    return TestClient(app)


def test_a_claim_has_its_own_title_description_and_text(client: TestClient) -> None:
    answer = client.get("/evidence/C069/")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "<title>Flask 3.1 has native asynchronous support. Contradicted" in answer.text
    description = re.search(r'name="description" content="([^"]*)"', answer.text)
    assert description
    assert "async views since 2.0" in description[1]
    assert len(html.unescape(description[1])) <= 200
    assert "<noscript><main><h1>“Flask 3.1 has native asynchronous support.”</h1>" in answer.text
    assert '<a href="https://flask.palletsprojects.com/en/stable/async-await/">' in answer.text
    assert "let app = 1" in answer.text


def test_the_address_without_its_slash_leads_there(client: TestClient) -> None:
    assert client.get("/evidence/C069").text == client.get("/evidence/C069/").text


@pytest.mark.parametrize(
    "name", ["C999", "C000", "flask", "%3Cscript%3E", "C" * 5_000, "..%2f..%2fetc%2fpasswd", "٦٩"]
)
def test_an_unknown_claim_is_answered_with_404_and_the_page(client: TestClient, name: str) -> None:
    answer = client.get(f"/evidence/{name}/")

    assert answer.status_code == 404
    if answer.text != "Not Found":  # an address with a slash inside belongs to nobody
        assert answer.text == DOCUMENT


@pytest.mark.slow
def test_every_claim_fits_into_the_document_as_text(client: TestClient) -> None:
    for name in get_ledger().claims:
        answer = client.get(f"/evidence/{name}/")
        assert answer.status_code == 200
        assert answer.text.count("<script") == 1
        assert answer.text.count("<h1>") == 1


def test_what_a_claim_says_is_escaped() -> None:
    ledger = get_ledger()
    hostile = "</title></noscript><script>alert('x')</script>\" onload=\"alert(1)"
    claim = replace(
        ledger.claims["C069"],
        text=hostile,
        corrected=hostile,
        note=hostile,
        evidence=(f'{hostile} https://example.org/"><script>', hostile),
    )

    text = with_claim(DOCUMENT, ledger, claim)

    assert text.count("<script") == 1
    assert text.count("</noscript>") == 1
    assert 'onload="' not in text


def test_without_built_pages_there_is_nothing(tmp_path: Path) -> None:
    app = Starlette(routes=[Route("/evidence/{claim_id}/", claim_document(tmp_path))])

    assert TestClient(app).get("/evidence/C069/").status_code == 404
