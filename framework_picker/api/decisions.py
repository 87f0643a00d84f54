"""Saving decisions, reading them, deleting them: what the pages do, for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from framework_picker import routes
from framework_picker.api.answering import fresh, json_bytes, site, tagged
from framework_picker.api.endpoint import Answer, Body, Endpoint, Handler, Parameter
from framework_picker.api.errors import ApiError
from framework_picker.api.evaluations import (
    EXAMPLE,
    answers_schema,
    checked_answers,
    evaluated,
    in_turn,
)
from framework_picker.api.rate_limits import RateLimit
from framework_picker.api.reading import read_body, read_query
from framework_picker.api.result_files import file_answer
from framework_picker.api.shapes import DecisionEntry, DecisionRequest, SavedDecision
from framework_picker.catalog.current import get_catalog
from framework_picker.catalog.kept import try_to_keep_release
from framework_picker.domain.decisions import (
    ID_ALPHABET,
    ID_LENGTH,
    LONGEST_NOTE,
    LONGEST_TITLE,
    Decision,
    DecisionInputError,
    DeletedDecision,
    decision_id,
    note_text,
    title_text,
)
from framework_picker.domain.differences import differences
from framework_picker.domain.document import Json, plain
from framework_picker.exports.files import FILES, ExportFile
from framework_picker.exports.head import Head
from framework_picker.persistence.current import get_database
from framework_picker.persistence.errors import (
    StorageError,
    UnknownDecisionError,
    WrongKeyError,
)
from framework_picker.persistence.repository import (
    Saved,
    delete_decision,
    find_decision,
    save_decision,
)
from framework_picker.persistence.threads import aside

DECISIONS = f"{routes.API}/v1/decisions"
ONE = f"{DECISIONS}/{{decision_id}}"
EDIT_KEY = "edit-key"
GROUP = "Decisions"
FILES_GROUP = "Decisions as files"
REMEMBERED_FILES = 32

_EXAMPLE_ID = "k7m2q9x4hd3ptw"
_NOBODY = "There is no decision at this address."


def decision_endpoints(limit: RateLimit) -> tuple[Endpoint, ...]:
    """Everything about saved decisions."""
    named = Parameter(
        "decision_id",
        "path",
        "As the decision's address has it.",
        {"type": "string", "pattern": f"^[{ID_ALPHABET}]{{{ID_LENGTH}}}$"},
        _EXAMPLE_ID,
        is_required=True,
    )
    key = Parameter(
        EDIT_KEY,
        "header",
        "As it was answered when the decision was saved.",
        {"type": "string", "maxLength": 200},
        "the key",
        is_required=True,
    )
    current = Parameter(
        "with",
        "query",
        "Also what today's data makes of it, and what has changed.",
        {"type": "string", "enum": ["current"]},
        "current",
    )
    unavailable = HTTPStatus.SERVICE_UNAVAILABLE
    return (
        Endpoint(
            "POST",
            DECISIONS,
            "save-decision",
            "Save a decision",
            "Keeps the answers and everything that follows from them today. Whoever has the "
            "address may read it; it never changes.",
            _saving(limit),
            Answer("It is saved.", SavedDecision, _saved_example, HTTPStatus.CREATED),
            body=_request_body(),
            errors=(
                HTTPStatus.BAD_REQUEST,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                HTTPStatus.UNPROCESSABLE_ENTITY,
                HTTPStatus.TOO_MANY_REQUESTS,
                unavailable,
            ),
            is_tagged=False,
            group=GROUP,
        ),
        Endpoint(
            "GET",
            ONE,
            "decision",
            "Read a decision",
            "The evaluation as it was saved, to the last digit; with `with=current` also today's, "
            "and which change moved what.",
            _reading,
            Answer("The decision.", DecisionEntry),
            (named, current),
            errors=(HTTPStatus.NOT_FOUND, unavailable),
            group=GROUP,
        ),
        Endpoint(
            "DELETE",
            ONE,
            "delete-decision",
            "Delete a decision",
            "For whoever saved it. Its address then says that it was deleted, and nothing else.",
            _deleting,
            Answer("It is deleted.", status=HTTPStatus.NO_CONTENT, media_type=""),
            (named, key),
            errors=(HTTPStatus.NOT_FOUND, unavailable),
            is_tagged=False,
            group=GROUP,
        ),
        *(
            Endpoint(
                "GET",
                routes.decision_file("{decision_id}", file.name),
                f"decision-{file.name.replace('.', '-')}",
                f"{file.label}: {file.purpose}",
                "The decision as it was saved, as a file.",
                _file_handler(file),
                Answer("The file.", media_type=file.media_type),
                (named,),
                errors=(HTTPStatus.NOT_FOUND, unavailable),
                group=FILES_GROUP,
            )
            for file in FILES.values()
        ),
    )


def _saving(limit: RateLimit) -> Handler:
    async def save(request: Request) -> Response:
        limit.count(request)
        wanted = await read_body(request, DecisionRequest)
        answers = checked_answers(get_catalog(), wanted.answers)
        try:
            title, note = title_text(wanted.title), note_text(wanted.note)
        except DecisionInputError as error:
            raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), error.field) from error
        document = await in_turn(evaluated, answers)
        saved = await _stored(_save, document, title, note)
        address = _address(request, saved.id)
        content: dict[str, Json] = {"id": saved.id, "url": address, "edit_key": saved.edit_key}
        return fresh(json_bytes(content), HTTPStatus.CREATED, location=address)

    return save


async def _reading(request: Request) -> Response:
    wanted = read_query(request, {"with": {"enum": ["current"]}})
    found = await _decision(request)
    address = _address(request, found.id)
    return tagged(request, await in_turn(_entry, found, address, is_compared=bool(wanted)))


def _entry(found: Decision, address: str, *, is_compared: bool) -> bytes:
    """The decision as it is answered."""
    content: dict[str, Json] = {
        "id": found.id,
        "url": address,
        "title": found.title,
        "note": found.note,
        "created_at": found.created_at,
        "changed_at": found.changed_at,
        "evaluation": dict(found.document),
        "current": None,
        "differences": None,
    }
    if is_compared:
        now = evaluated(found.answers)
        content["current"] = now
        content["differences"] = plain(asdict(differences(found.document, now)))
    return json_bytes(content)


async def _deleting(request: Request) -> Response:
    read_query(request, {})
    known = decision_id(request.path_params["decision_id"])
    try:
        await _stored(_delete, known, request.headers.get(EDIT_KEY, ""))
    except (UnknownDecisionError, WrongKeyError) as error:
        # The same for both: a wrong key must not tell whether there is such a decision.
        raise ApiError(
            HTTPStatus.NOT_FOUND, "There is no decision with this key.", EDIT_KEY
        ) from error
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={"cache-control": "no-store"})


def _file_handler(file: ExportFile) -> Handler:
    async def decision_file(request: Request) -> Response:
        read_query(request, {})
        found = await _decision(request)
        head = Head(
            address=_address(request, found.id),
            made_on=date.fromisoformat(found.created_at[:10]),
            title=found.title,
            note=found.note,
            decision_id=found.id,
        )
        body = await in_turn(_made, file.name, _Frozen(found), head)
        return file_answer(request, file, body, head.file_stem)

    return decision_file


async def _decision(request: Request) -> Decision:
    """The decision that the address names.

    Raises:
        ApiError: there is none, it was deleted, or the database cannot be read.
    """
    known = decision_id(request.path_params["decision_id"])
    found: Decision | DeletedDecision | None = await _stored(_find, known)
    if found is None:
        raise ApiError(HTTPStatus.NOT_FOUND, _NOBODY, "decision_id")
    if isinstance(found, DeletedDecision):
        raise ApiError(
            HTTPStatus.NOT_FOUND,
            f"This decision was deleted on {found.deleted_at[:10]}.",
            "decision_id",
            code="deleted",
        )
    return found


async def _stored(work: Callable[..., Any], *arguments: object) -> Any:
    """What the work with the database returns.

    Raises:
        ApiError: the database cannot do it now.
    """
    try:
        return await aside(work, *arguments)
    except StorageError as error:
        raise ApiError(HTTPStatus.SERVICE_UNAVAILABLE, str(error)) from error


def _save(document: Mapping[str, Json], title: str, note: str) -> Saved:
    try_to_keep_release()
    with get_database().writing() as session:
        return save_decision(session=session, document=document, title=title, note=note)


def _find(known: str) -> Decision | DeletedDecision | None:
    if not known:
        return None
    with get_database().reading() as session:
        return find_decision(session=session, decision_id=known)


def _delete(known: str, edit_key: str) -> None:
    with get_database().writing() as session:
        delete_decision(session=session, decision_id=known, edit_key=edit_key)


class _Frozen:
    """A decision by its id and its last change: its document never changes."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self._key = (decision.id, decision.changed_at)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=REMEMBERED_FILES)
def _made(name: str, frozen: _Frozen, head: Head) -> bytes:
    return FILES[name].make(frozen.decision.document, head)


def _address(request: Request, known: str) -> str:
    """The whole address of a decision's page, as the program reached us."""
    return site(request) + routes.decision(known)


def _request_body() -> Body:
    return Body(
        "The answers, and what to call the decision. Title and note are plain text.",
        DecisionRequest,
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["answers"],
            "properties": {
                "answers": answers_schema(get_catalog()),
                "title": {"type": "string", "maxLength": LONGEST_TITLE},
                "note": {"type": "string", "maxLength": LONGEST_NOTE},
            },
        },
        {**EXAMPLE, "title": "Shop, new backend"},
    )


def _saved_example() -> dict[str, Json]:
    return {
        "id": _EXAMPLE_ID,
        "url": f"http://localhost:3000{routes.decision(_EXAMPLE_ID)}",
        "edit_key": "a long secret",
    }
