"""Whether a saved decision still holds, as a feed; its dates, as a calendar to subscribe to."""

from __future__ import annotations

import html
from datetime import UTC, date, datetime, time
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from framework_picker import routes
from framework_picker.api.answering import site, tagged
from framework_picker.api.atom import MEDIA_TYPE, AtomEntry, atom_document
from framework_picker.api.evaluations import evaluated, in_turn
from framework_picker.domain.decisions import (
    Decision,
    DeletedDecision,
    decision_id,
    shown_title,
)
from framework_picker.domain.differences import Differences, differences
from framework_picker.exports.files import FILES
from framework_picker.exports.head import Head
from framework_picker.persistence.current import get_database
from framework_picker.persistence.errors import StorageError
from framework_picker.persistence.repository import find_decision
from framework_picker.persistence.threads import aside

CALENDAR = "dates.ics"
SHOWN_CHANGES = 10


async def decision_feed(request: Request) -> Response:
    """The feed of one decision: that it was saved, and once its first place changes, that it did.

    A change of the data that leaves the first place as it is adds no entry.
    """
    found = await _found(request)
    if isinstance(found, Response):
        return found
    today = await in_turn(_changes, found)
    address = f"{site(request)}{request.url.path}"
    body = decision_atom(found, today, address=address, page=_page(request, found.id))
    return tagged(request, body, MEDIA_TYPE)


async def decision_calendar(request: Request) -> Response:
    """The dates of one decision, to subscribe to."""
    found = await _found(request)
    if isinstance(found, Response):
        return found
    head = Head(
        _page(request, found.id),
        date.fromisoformat(found.created_at[:10]),
        found.title,
        found.note,
        found.id,
    )
    body = await in_turn(FILES[CALENDAR].make, found.document, head)
    return tagged(request, body, FILES[CALENDAR].media_type)


def decision_atom(decision: Decision, today: Differences, *, address: str, page: str) -> bytes:
    """The feed as a file.

    The second entry belongs to the data that moved the first place, so that a reader shows it
    once per such data, and never again when nothing new happened.
    """
    title = shown_title(decision.title, decision.document)
    saved = datetime.fromisoformat(decision.created_at)
    entries = [
        AtomEntry(
            f"Saved: {title}",
            f"{decision.id} saved",
            saved,
            _paragraphs(str(decision.document.get("sentence", ""))),
        )
    ]
    if not today.holds:
        moved = datetime.combine(date.fromisoformat(today.as_of_now), time(), UTC)
        changes = [change.sentence for change in today.changes if change.moves_first]
        entries.insert(
            0,
            AtomEntry(
                f"No longer holds: {title}",
                f"{decision.id} {today.data_version_now} {today.method_version_now}",
                max(saved, moved),
                _paragraphs(today.sentence, today.because, *changes[:SHOWN_CHANGES]),
            ),
        )
    return atom_document(
        f"Does it still hold? {title}",
        f"{decision.id} feed",
        entries[0].updated,
        address=address,
        page=page,
        entries=entries,
    )


async def _found(request: Request) -> Decision | Response:
    known = decision_id(request.path_params["decision_id"])
    try:
        found = await aside(_find, known)
    except StorageError as error:
        return _plain(str(error), HTTPStatus.SERVICE_UNAVAILABLE)
    if found is None:
        return _plain("There is no decision at this address.", HTTPStatus.NOT_FOUND)
    if isinstance(found, DeletedDecision):
        return _plain(f"This decision was deleted on {found.deleted_at[:10]}.", HTTPStatus.GONE)
    return found


def _find(known: str) -> Decision | DeletedDecision | None:
    if not known:
        return None
    with get_database().reading() as session:
        return find_decision(session=session, decision_id=known)


def _changes(decision: Decision) -> Differences:
    return differences(decision.document, evaluated(decision.answers))


def _page(request: Request, known: str) -> str:
    return f"{site(request)}{routes.decision(known)}"


def _plain(text: str, status: HTTPStatus) -> Response:
    return PlainTextResponse(f"{text}\n", status, headers={"cache-control": "no-store"})


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in texts if text)
