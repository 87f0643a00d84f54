"""Saving, finding, changing and deleting decisions, in both kinds of database."""

import hashlib
import re

import pytest
from sqlalchemy import text

from framework_picker.domain.decisions import Decision, DeletedDecision, decision_id
from framework_picker.domain.document import canonical_json
from framework_picker.persistence.database import Database
from framework_picker.persistence.errors import (
    StorageError,
    UnknownDecisionError,
    WrongKeyError,
)
from framework_picker.persistence.repository import (
    LARGEST_DOCUMENT,
    Saved,
    delete_decision,
    edit_decision,
    find_decision,
    save_decision,
)
from tests.persistence.documents import document

HOSTILE = "<script>alert(1)</script> '; DROP TABLE decision; -- %s {0} \\ \U0001f40d"


def save(database: Database, seed: int = 0, title: str = "", note: str = "") -> Saved:
    with database.writing() as session:
        return save_decision(session=session, document=document(seed), title=title, note=note)


def find(database: Database, wanted: str) -> Decision | DeletedDecision | None:
    with database.reading() as session:
        return find_decision(session=session, decision_id=wanted)


def found(database: Database, wanted: str) -> Decision:
    decision = find(database, wanted)
    assert isinstance(decision, Decision)
    return decision


def test_a_decision_comes_back_as_it_was_saved_to_the_last_digit(database: Database) -> None:
    saved = save(database, title=HOSTILE, note="one\ntwo")

    decision = found(database, saved.id)

    assert canonical_json(decision.document) == canonical_json(document())
    assert (decision.title, decision.note) == (HOSTILE, "one\ntwo")
    assert decision.answers == document()["answers"]
    assert (decision.data_version, decision.method_version) == ("0123abcd", "1.0")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", decision.created_at)
    assert decision.changed_at == decision.created_at


def test_ids_are_short_and_differ_and_keys_are_nowhere_in_the_database(database: Database) -> None:
    saved = [save(database, seed) for seed in range(20)]

    assert len({one.id for one in saved} | {one.edit_key for one in saved}) == 40
    assert all(decision_id(one.id) == one.id and len(one.id) == 14 for one in saved)
    with database.reading() as session:
        rows = str(session.connection().execute(text("SELECT * FROM decision")).all())
    for one in saved:
        assert one.edit_key not in rows
        assert hashlib.sha256(one.edit_key.encode()).hexdigest() in rows
        assert one.edit_key not in repr(one)


def test_the_key_changes_title_and_note_and_nothing_else(database: Database) -> None:
    saved = save(database, title="A")
    before = found(database, saved.id)

    with database.writing() as session:
        edit_decision(
            session=session,
            decision_id=saved.id,
            edit_key=saved.edit_key,
            title=HOSTILE,
            note="why",
        )

    after = found(database, saved.id)
    assert (after.title, after.note) == (HOSTILE, "why")
    assert after.document == before.document
    assert after.created_at == before.created_at


@pytest.mark.parametrize("key", ["", "x", None, 5, b"key", "ä" * 32, "x" * 100_000, "\ud800"])
def test_without_the_key_nothing_changes(database: Database, key: object) -> None:
    saved = save(database, title="A")
    other = save(database, 1)

    for wrong in (key, other.edit_key, saved.edit_key[:-1], saved.edit_key.swapcase()):
        with pytest.raises(WrongKeyError), database.writing() as session:
            edit_decision(session=session, decision_id=saved.id, edit_key=wrong, title="B", note="")
        with pytest.raises(WrongKeyError), database.writing() as session:
            delete_decision(session=session, decision_id=saved.id, edit_key=wrong)

    assert found(database, saved.id).title == "A"


def test_a_deleted_decision_leaves_its_name_and_the_day_and_nothing_else(
    database: Database,
) -> None:
    saved = save(database, title="Secret plan", note="names")

    with database.writing() as session:
        delete_decision(session=session, decision_id=saved.id, edit_key=saved.edit_key)

    assert isinstance(find(database, saved.id), DeletedDecision)
    with database.reading() as session:
        row = session.connection().execute(text("SELECT * FROM decision")).mappings().one()
    kept = {name for name, value in row.items() if value not in ("", b"", "{}")}
    assert kept == {
        *("id", "created_at", "changed_at", "deleted_at"),
        *("data_version", "method_version", "schema_version"),
    }
    for change in (edit_decision, delete_decision):
        more = {"title": "B", "note": ""} if change is edit_decision else {}
        with pytest.raises(UnknownDecisionError), database.writing() as session:
            change(session=session, decision_id=saved.id, edit_key=saved.edit_key, **more)


def test_an_unknown_decision_is_none(database: Database) -> None:
    assert find(database, "2" * 14) is None
    with pytest.raises(UnknownDecisionError), database.writing() as session:
        delete_decision(session=session, decision_id="2" * 14, edit_key="x")


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE decision SET document = substr(document, 1, 100)",
        "UPDATE decision SET document_hash = 'other'",
    ],
)
def test_a_damaged_decision_is_not_shown(database: Database, damage: str) -> None:
    saved = save(database)
    with database.writing() as session:
        session.connection().execute(text(damage))

    with pytest.raises(StorageError, match="damaged"):
        find(database, saved.id)


def test_a_document_larger_than_any_of_ours_is_refused(database: Database) -> None:
    huge = document()
    huge["notices"] = ["x" * LARGEST_DOCUMENT]

    with pytest.raises(ValueError, match="at most"), database.writing() as session:
        save_decision(session=session, document=huge)


def test_what_fails_in_the_middle_leaves_nothing(database: Database) -> None:
    saved: list[Saved] = []

    def save_and_fail() -> None:
        with database.writing() as session:
            saved.append(save_decision(session=session, document=document()))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        save_and_fail()

    assert find(database, saved[0].id) is None
