"""A decision's page before scripts run: what link previews, search engines and plain browsers see.

Reflex builds one page for all decisions, whose document is empty until its scripts have run. Here
each decision gets that document with a title, a description, a picture and its own text inside.
Whatever a visitor wrote is escaped.
"""

import html
import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from framework_picker import routes
from framework_picker.api.answering import site
from framework_picker.api.claims import DOCUMENT, LONGEST_DESCRIPTION, NAME
from framework_picker.domain.decisions import (
    Decision,
    DeletedDecision,
    decision_id,
    shown_title,
)
from framework_picker.persistence.current import get_database
from framework_picker.persistence.errors import StorageError
from framework_picker.persistence.repository import find_decision
from framework_picker.persistence.threads import aside

GONE = 410
NOT_FOUND = 404
UNAVAILABLE = 503
CARD_WIDTH, CARD_HEIGHT = 1200, 630
ASK_FIRST = {"cache-control": "no-cache"}
NOT_FOR_SEARCH = '<meta name="robots" content="noindex"/>'
"""Who has the address may read a decision; a search engine need not list it."""


def decision_document(pages: Path) -> Callable[[Request], Awaitable[Response]]:
    """The handler for ``/d/<id>/``.

    Args:
        pages: The folder of the built pages.
    """

    async def page(request: Request) -> Response:
        document = pages / DOCUMENT
        if not document.is_file():  # in development another server has the pages
            return Response(status_code=NOT_FOUND)
        text = document.read_text(encoding="utf-8")
        try:
            found = await aside(_find, request.path_params["decision_id"])
        except StorageError as error:
            return _answer(text, UNAVAILABLE, "Decisions cannot be read at the moment", str(error))
        if found is None:
            return _answer(text, NOT_FOUND, "There is no decision at this address", "")
        if isinstance(found, DeletedDecision):
            when = f"It was deleted on {found.deleted_at[:10]}."
            return _answer(text, GONE, "This decision was deleted", when)
        return HTMLResponse(with_decision(text, found, site(request)), headers=ASK_FIRST)

    return page


def with_decision(document: str, decision: Decision, base: str) -> str:
    """The document with title, description and picture, and text for readers without scripts.

    ``base`` is the address of the app without a slash at its end: previews need whole addresses.
    """
    return document.replace("</head>", f"{_head(decision, base)}</head>", 1).replace(
        "</body>", f"<noscript>{_body(decision)}</noscript></body>", 1
    )


def _find(asked: str) -> Decision | DeletedDecision | None:
    known = decision_id(asked)
    if not known:
        return None
    with get_database().reading() as session:
        return find_decision(session=session, decision_id=known)


def _answer(document: str, status: int, heading: str, words: str) -> HTMLResponse:
    """The document for an address that has no decision to show; scripts say the same."""
    title = html.escape(heading)
    head = f"<title>{title} · {NAME}</title>{NOT_FOR_SEARCH}"
    body = f"<main><h1>{title}.</h1><p>{html.escape(words)}</p></main>"
    text = document.replace("</head>", f"{head}</head>", 1).replace(
        "</body>", f"<noscript>{body}</noscript></body>", 1
    )
    return HTMLResponse(text, status_code=status, headers={"cache-control": "no-store"})


def _head(decision: Decision, base: str) -> str:
    title = html.escape(f"{shown_title(decision.title, decision.document)} · {NAME}", quote=True)
    words = " ".join(
        part
        for part in (
            str(decision.document.get("sentence", "")) if decision.title else "",
            str(decision.document.get("sureness", "")),
            f"Saved on {decision.created_at[:10]}.",
        )
        if part
    )
    if len(words) > LONGEST_DESCRIPTION:
        words = f"{words[: LONGEST_DESCRIPTION - 1]}…"
    description = html.escape(words, quote=True)
    address = html.escape(base + routes.decision(decision.id), quote=True)
    feed = html.escape(base + routes.decision_feed(decision.id), quote=True)
    card = html.escape(base + routes.decision_card(decision.id), quote=True)
    return (
        f"<title>{title}</title>"
        f'<meta name="description" content="{description}"/>'
        f"{NOT_FOR_SEARCH}"
        f'<link rel="alternate" type="application/atom+xml" href="{feed}"/>'
        f'<meta property="og:title" content="{title}"/>'
        f'<meta property="og:description" content="{description}"/>'
        '<meta property="og:type" content="article"/>'
        f'<meta property="og:url" content="{address}"/>'
        f'<meta property="og:image" content="{card}"/>'
        f'<meta property="og:image:width" content="{CARD_WIDTH}"/>'
        f'<meta property="og:image:height" content="{CARD_HEIGHT}"/>'
        '<meta name="twitter:card" content="summary_large_image"/>'
    )


def _body(decision: Decision) -> str:
    document = decision.document
    ranking = document.get("ranking")
    places = "".join(_place(entry) for entry in (ranking if isinstance(ranking, list) else []))
    title = f"<h1>{html.escape(shown_title(decision.title, document))}</h1>"
    note = f"<p>{html.escape(decision.note)}</p>" if decision.note else ""
    return (
        f"<main>{title}<p>{html.escape(str(document.get('sentence', '')))}</p>{note}"
        f"<p>Saved on {decision.created_at[:10]}, "
        f"data as of {html.escape(str(document.get('data_as_of', '')))}, "
        f"version {html.escape(decision.data_version)}.</p><ol>{places}</ol></main>"
    )


def _place(entry: Any) -> str:
    points = json.dumps(round(entry["score"], 1)) if isinstance(entry, Mapping) else ""
    return f"<li>{html.escape(str(entry['name']))}, {points} points</li>"
