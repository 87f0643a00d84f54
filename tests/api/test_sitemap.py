"""The sitemap names every page once, those of the claims among them."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from framework_picker import routes
from framework_picker.api.sitemap import SPACE, sitemap, with_pages
from framework_picker.catalog.current import get_ledger

BUILT = """<?xml version='1.0' encoding='utf-8'?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <url>
    <loc>https://picker.example.org/</loc>
  </url>
  <url>
    <loc>https://picker.example.org/compare/</loc>
  </url>
</urlset>"""


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A client of the handler, with the list of pages as Reflex builds it."""
    (tmp_path / "sitemap.xml").write_text(BUILT, encoding="utf-8")
    return TestClient(Starlette(routes=[Route(routes.SITEMAP, sitemap(tmp_path))]))


def locations(document: bytes) -> list[str]:
    return [str(one.text) for one in ElementTree.fromstring(document).iter(f"{{{SPACE}}}loc")]


def test_every_claim_has_its_page_in_the_sitemap_after_those_of_the_build(
    client: TestClient,
) -> None:
    answer = client.get(routes.SITEMAP)
    found = locations(answer.content)

    assert answer.headers["content-type"] == "application/xml"
    assert found[:2] == ["https://picker.example.org/", "https://picker.example.org/compare/"]
    assert found[2:] == [
        f"https://picker.example.org/evidence/{claim}/" for claim in get_ledger().claims
    ]
    assert b"<ns0:" not in answer.content


def test_a_page_that_is_listed_is_not_listed_again() -> None:
    once = with_pages(BUILT.encode(), ["/compare/", "/evidence/C069/"])

    assert with_pages(once, ["/compare/", "/evidence/C069/"]) == once
    assert len(locations(once)) == 3


def test_without_built_pages_there_is_no_sitemap(tmp_path: Path) -> None:
    client = TestClient(Starlette(routes=[Route(routes.SITEMAP, sitemap(tmp_path))]))

    assert client.get(routes.SITEMAP).status_code == 404
