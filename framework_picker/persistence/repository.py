"""Saving, finding, changing and deleting decisions: functions that take a session.

Each does its part of a transaction; ``Database.writing`` commits it, or nothing of it. Titles and
notes come in as ``domain/decisions.py`` made them: nothing is checked here a second time.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlmodel import Session

from framework_picker.domain.decisions import Decision, DeletedDecision
from framework_picker.domain.document import Json, canonical_json
from framework_picker.persistence import keys
from framework_picker.persistence.errors import (
    StorageError,
    UnknownDecisionError,
    WrongKeyError,
)
from framework_picker.persistence.tables import DecisionRow

LARGEST_DOCUMENT = 4_000_000
"""Bytes of JSON. Sixteen frameworks with all their sources take 350,000."""

_DAMAGED = "This decision is damaged in the database, so it is not shown."
_GONE = "deleted"


@dataclass(frozen=True, slots=True)
class Saved:
    """A decision that was just saved. The key is shown once and kept by nobody here."""

    id: str
    edit_key: str = field(repr=False)


def save_decision(
    *, session: Session, document: Mapping[str, Json], title: str = "", note: str = ""
) -> Saved:
    """The new decision's id and edit key.

    Args:
        session: Of ``Database.writing``.
        document: The evaluation document; answers and versions are taken from it.
        title: As ``title_text`` returned it.
        note: As ``note_text`` returned it.

    Raises:
        ValueError: the document is larger than any of ours.
    """
    text = canonical_json(document).encode()
    if len(text) > LARGEST_DOCUMENT:
        message = f"a document of {len(text)} bytes; at most {LARGEST_DOCUMENT} are kept"
        raise ValueError(message)
    saved = Saved(keys.new_id(), keys.new_edit_key())
    now = _now()
    session.add(
        DecisionRow(
            id=saved.id,
            created_at=now,
            changed_at=now,
            title=title,
            note=note,
            data_version=str(document["data_version"]),
            method_version=str(document["method_version"]),
            schema_version=int(str(document["schema_version"])),
            edit_key_hash=keys.hash_of(saved.edit_key),
            answers=json.dumps(document["answers"], ensure_ascii=False, separators=(",", ":")),
            document=zlib.compress(text, 9),
            document_hash=hashlib.sha256(text).hexdigest(),
        )
    )
    session.flush()
    return saved


def find_decision(*, session: Session, decision_id: str) -> Decision | DeletedDecision | None:
    """The decision; what is left of it after it was deleted; None when there never was one.

    Raises:
        StorageError: what the database holds is not what was saved.
    """
    row = session.get(DecisionRow, decision_id)
    if row is None:
        return None
    if row.deleted_at:
        return DeletedDecision(row.id, row.deleted_at)
    return Decision(
        id=row.id,
        title=row.title,
        note=row.note,
        created_at=row.created_at,
        changed_at=row.changed_at,
        data_version=row.data_version,
        method_version=row.method_version,
        answers=json.loads(row.answers),
        document=_document(row),
    )


def edit_decision(
    *, session: Session, decision_id: str, edit_key: object, title: str, note: str
) -> None:
    """Change title and note; the evaluation never changes.

    Raises:
        UnknownDecisionError: there is none, or it was deleted.
        WrongKeyError: this is not its key.
    """
    row = _row_for(session, decision_id, edit_key)
    row.title = title
    row.note = note
    row.changed_at = _now()
    session.add(row)
    session.flush()


def delete_decision(*, session: Session, decision_id: str, edit_key: object) -> None:
    """Empty the decision; its id stays, so that its link can say that it was deleted.

    Raises:
        UnknownDecisionError: there is none, or it was deleted before.
        WrongKeyError: this is not its key.
    """
    row = _row_for(session, decision_id, edit_key)
    row.deleted_at = row.changed_at = _now()
    row.title = row.note = row.edit_key_hash = row.document_hash = ""
    row.answers, row.document = "{}", b""
    session.add(row)
    session.flush()


def has_room_for_one_more(*, session: Session) -> str:
    """The id of a row as large as a decision, to be removed again by ``remove``.

    It is written to find out whether the next decision could be. It counts as deleted from the
    start, and its id is nobody's.
    """
    now = _now()
    row = DecisionRow(
        id=keys.new_id(),
        created_at=now,
        changed_at=now,
        deleted_at=now,
        data_version="",
        method_version="",
        schema_version=0,
        edit_key_hash="",
        answers="{}",
        document=bytes(50_000),
        document_hash="",
    )
    session.add(row)
    session.flush()
    return row.id


def remove(*, session: Session, row_id: str) -> None:
    """Take out a row of ``has_room_for_one_more`` without a trace."""
    row = session.get(DecisionRow, row_id)
    if row is not None:
        session.delete(row)
        session.flush()


def _row_for(session: Session, decision_id: str, edit_key: object) -> DecisionRow:
    row = session.get(DecisionRow, decision_id)
    if row is None or row.deleted_at:
        raise UnknownDecisionError(_GONE if row else decision_id)
    if not keys.fits(edit_key, row.edit_key_hash):
        raise WrongKeyError(decision_id)
    return row


def _document(row: DecisionRow) -> dict[str, Json]:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(row.document, LARGEST_DOCUMENT)
        is_whole = unpacker.eof and hashlib.sha256(text).hexdigest() == row.document_hash
        content = json.loads(text) if is_whole else None
    except (zlib.error, ValueError) as error:
        raise StorageError(_DAMAGED, f"decision {row.id}: {error}") from error
    if not isinstance(content, dict):
        raise StorageError(_DAMAGED, f"decision {row.id}: its hash does not fit")
    return content


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
