"""The sitemap: the pages that Reflex lists when it builds them, and every claim's own page.

Reflex knows one page for all claims, whose address has a gap, so its own list leaves them out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response

from framework_picker import routes
from framework_picker.catalog.current import get_ledger

BUILT = "sitemap.xml"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MEDIA_TYPE = "application/xml"


def sitemap(pages: Path) -> Callable[[Request], Awaitable[Response]]:
    """The handler for the sitemap.

    Args:
        pages: The folder of the built pages.
    """

    async def answer(request: Request) -> Response:
        built = pages / BUILT
        if not built.is_file():  # in development another server has the pages
            return Response(status_code=404)
        claims = (routes.claim(claim) for claim in get_ledger().claims)
        return Response(with_pages(built.read_bytes(), claims), media_type=MEDIA_TYPE)

    return answer


def with_pages(document: bytes, addresses: Iterable[str]) -> bytes:
    """A sitemap with more pages of the same site.

    Args:
        document: The sitemap as it was built; its first entry says where the site is.
        addresses: The paths to add; one that is there already is not added again.
    """
    ElementTree.register_namespace("", SPACE)
    listing = ElementTree.fromstring(document)
    name = f"{{{SPACE}}}"
    listed = [found.text or "" for found in listing.iter(f"{name}loc")]
    site = listed[0] if listed else "/"
    for address in addresses:
        location = urljoin(site, address)
        if location not in listed:
            entry = ElementTree.SubElement(listing, f"{name}url")
            ElementTree.SubElement(entry, f"{name}loc").text = location
    ElementTree.indent(listing)
    text: bytes = ElementTree.tostring(listing, encoding="utf-8", xml_declaration=True)
    return text
