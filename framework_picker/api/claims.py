"""A claim's page before scripts run: what link previews, search engines and plain browsers see.

Reflex builds one page for all claims, whose document is empty until its scripts have run. Here each
claim gets that document with a title, a description and its own text inside.
"""

import html
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from framework_picker.catalog.current import get_ledger
from framework_picker.domain.claims import (
    VERDICT_WORDS,
    Claim,
    Ledger,
    claim_number,
    evidence_parts,
)

DOCUMENT = "__spa-fallback.html"
"""The document that Reflex builds for addresses that are known only when they are asked for."""

NAME = "Framework Picker"
LONGEST_DESCRIPTION = 200


def claim_document(pages: Path) -> Callable[[Request], Awaitable[Response]]:
    """The handler for ``/evidence/C069/``.

    Args:
        pages: The folder of the built pages.
    """

    async def page(request: Request) -> Response:
        document = pages / DOCUMENT
        if not document.is_file():  # in development another server has the pages
            return Response(status_code=404)
        ledger = get_ledger()
        found = ledger.claims.get(claim_number(ledger, request.path_params["claim_id"]))
        text = document.read_text(encoding="utf-8")
        if found is None:
            return HTMLResponse(text, status_code=404)
        return HTMLResponse(with_claim(text, ledger, found))

    return page


def with_claim(document: str, ledger: Ledger, claim: Claim) -> str:
    """The document with title, description and, for readers without scripts, text of the claim."""
    return document.replace("</head>", f"{_head(claim)}</head>", 1).replace(
        "</body>", f"<noscript>{_body(ledger, claim)}</noscript></body>", 1
    )


def _head(claim: Claim) -> str:
    verdict = VERDICT_WORDS[claim.verdict].capitalize()
    title = html.escape(f"{claim.text} {verdict} · {NAME}")
    instead = f" Instead: {claim.corrected}." if claim.corrected else ""
    words = f"“{claim.text}” {verdict}.{instead} {claim.note}"
    if len(words) > LONGEST_DESCRIPTION:
        words = f"{words[: LONGEST_DESCRIPTION - 1]}…"
    description = html.escape(words, quote=True)
    return (
        f"<title>{title}</title>"
        f'<meta name="description" content="{description}"/>'
        f'<meta property="og:title" content="{title}"/>'
        f'<meta property="og:description" content="{description}"/>'
        '<meta property="og:type" content="article"/>'
    )


def _body(ledger: Ledger, claim: Claim) -> str:
    source = ledger.sources[claim.source]
    instead = f"<p>Instead: {html.escape(claim.corrected)}</p>" if claim.corrected else ""
    evidence = "".join(f"<li>{_citation(one)}</li>" for one in claim.evidence)
    return (
        f"<main><h1>“{html.escape(claim.text)}”</h1>"
        f"<p>{html.escape(source.name)}: {VERDICT_WORDS[claim.verdict]}</p>"
        f"{instead}<p>{html.escape(claim.note)}</p><ul>{evidence}</ul></main>"
    )


def _citation(text: str) -> str:
    return "".join(
        f'<a href="{html.escape(part.href, quote=True)}">{html.escape(part.text)}</a>'
        if part.href
        else html.escape(part.text)
        for part in evidence_parts(text)
    )
