"""The feed and the calendar of a saved decision, on a database of their own."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from framework_picker import routes
from framework_picker.api import decision_watch
from framework_picker.api.decision_watch import decision_calendar, decision_feed
from framework_picker.api.evaluations import evaluated
from framework_picker.persistence.current import MIGRATIONS
from framework_picker.persistence.database import Database
from framework_picker.persistence.repository import delete_decision, save_decision

ATOM = "{http://www.w3.org/2005/Atom}"
ANSWERS = {"use": "site", "admin": "decisive", "accounts": "decisive"}


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'picker.db'}", MIGRATIONS)
    monkeypatch.setattr(decision_watch, "get_database", lambda: opened)
    yield opened
    opened.close()


@pytest.fixture
def client(database: Database) -> TestClient:
    return TestClient(
        Starlette(
            routes=[
                Route(routes.decision_feed("{decision_id}"), decision_feed),
                Route(routes.decision_calendar("{decision_id}"), decision_calendar),
            ]
        )
    )


def _document() -> dict[str, Any]:
    return copy.deepcopy(dict(evaluated(ANSWERS)))


def _save(database: Database, document: dict[str, Any], title: str = "Shop <b>&") -> str:
    with database.writing() as session:
        return save_decision(session=session, document=document, title=title, note="").id


def _entries(text: bytes) -> list[ElementTree.Element]:
    return ElementTree.fromstring(text).findall(f"{ATOM}entry")


def test_while_a_decision_holds_the_feed_says_only_that_it_was_saved(
    client: TestClient, database: Database
) -> None:
    known = _save(database, _document())
    answer = client.get(routes.decision_feed(known))
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entries = _entries(answer.content)
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Saved: Shop <b>&"]


def test_when_another_framework_leads_the_feed_says_so_once(
    client: TestClient, database: Database
) -> None:
    document = _document()
    first = document["ranking"][0]
    # On the day it was saved everything that the winner of today has was worth nothing.
    for part in first["contributions"]:
        part["value"] = part["points"] = 0.0
    first["score"] = 0.0
    document["ranking"] = [*document["ranking"][1:], first]
    for place, row in enumerate(document["ranking"], start=1):
        row["rank"] = place
    document["winner"] = document["ranking"][0]["slug"]
    document["ties"] = []
    document["data_version"] = "another"
    known = _save(database, document)
    twice = [client.get(routes.decision_feed(known)).content for _ in range(2)]
    assert twice[0] == twice[1]
    entries = _entries(twice[0])
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "No longer holds: Shop <b>&",
        "Saved: Shop <b>&",
    ]
    assert first["name"] in (entries[0].findtext(f"{ATOM}content") or "")


def test_the_calendar_has_the_review_and_the_ends_of_support(
    client: TestClient, database: Database
) -> None:
    known = _save(database, _document())
    answer = client.get(routes.decision_calendar(known))
    assert answer.headers["content-type"].startswith("text/calendar")
    summaries = [str(event["summary"]) for event in Calendar.from_ical(answer.content).events]
    assert summaries[0] == "Review: Shop <b>&"
    assert any("Django" in summary and "fixes end" in summary for summary in summaries[1:])


@pytest.mark.parametrize("address", [routes.decision_feed, routes.decision_calendar])
def test_an_unknown_and_a_deleted_decision_have_none(
    client: TestClient, database: Database, address: Any
) -> None:
    assert client.get(address("zzzzzzzzzzzzzz")).status_code == 404
    assert client.get(address("..%2f..%2fetc")).status_code == 404
    with database.writing() as session:
        saved = save_decision(session=session, document=_document(), title="", note="")
    with database.writing() as session:
        delete_decision(session=session, decision_id=saved.id, edit_key=saved.edit_key)
    answer = client.get(address(saved.id))
    assert answer.status_code == 410
    assert "deleted" in answer.text


def test_a_database_that_is_gone_is_named(client: TestClient, database: Database) -> None:
    known = _save(database, _document())
    assert database.file is not None
    database.close()
    for file in database.file.parent.glob("picker.db*"):
        file.unlink()
    database.file.mkdir()
    answer = client.get(routes.decision_feed(known))
    assert answer.status_code == 503
    assert answer.text.strip()
