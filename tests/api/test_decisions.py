"""Decisions through the API: saved, read as they were, held against today's data, deleted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.testclient import TestClient

from framework_picker import routes
from framework_picker.api import decisions
from framework_picker.api.application import api_mount
from framework_picker.api.shapes import DecisionEntry, ErrorAnswer, SavedDecision
from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.catalog.engine import get_engine
from framework_picker.domain.document import canonical_json
from framework_picker.domain.replay import replay
from framework_picker.exports.files import FILES
from framework_picker.persistence.database import Database
from framework_picker.settings import settings_from
from tests.persistence.documents import MIGRATIONS

SETTINGS = settings_from({"FRAMEWORK_PICKER_DECISION_LIMIT": "off"})
ANSWERS = {"use": "api", "admin": "must", "value.flask.learning": "80~we know it"}
PLACE = f"{routes.API}/v1/decisions"
NOBODY = "222222222222222"[:14]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An empty database in place of the app's own."""
    database = Database(f"sqlite:///{tmp_path / 'picker.db'}", MIGRATIONS)
    monkeypatch.setattr(decisions, "get_database", lambda: database)
    monkeypatch.setattr(decisions, "try_to_keep_release", lambda: None)
    yield database
    database.close()


@pytest.fixture
def client(database: Database) -> Iterator[TestClient]:
    """A program that asks the API."""
    app = Starlette(routes=[api_mount(SETTINGS)])
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def in_shape(shape: type[BaseModel], content: object) -> None:
    shape.model_validate(content, strict=True)


def error_of(answer: Any) -> dict[str, str]:
    in_shape(ErrorAnswer, answer.json())
    error: dict[str, str] = answer.json()["error"]
    return error


@pytest.fixture
def saved(client: TestClient) -> dict[str, str]:
    """A decision that was just saved."""
    answer = client.post(
        PLACE, json={"answers": ANSWERS, "title": " Shop <b>new</b> ", "note": "Ask Ada.\nThen go."}
    )
    assert answer.status_code == 201, answer.text
    in_shape(SavedDecision, answer.json())
    assert answer.headers["location"] == answer.json()["url"]
    content: dict[str, str] = answer.json()
    return content


def test_a_saved_decision_is_the_evaluation_of_that_day_byte_for_byte(
    client: TestClient, saved: dict[str, str]
) -> None:
    answer = client.get(f"{PLACE}/{saved['id']}")

    assert answer.status_code == 200
    in_shape(DecisionEntry, answer.json())
    content = answer.json()
    assert content["title"] == "Shop <b>new</b>"
    assert content["note"] == "Ask Ada.\nThen go."
    found = replay(get_catalog(), get_value_table(), get_engine(), ANSWERS)
    assert canonical_json(content["evaluation"]) == canonical_json(found)
    assert content["current"] is None
    assert content["url"] == saved["url"] == f"http://testserver/d/{saved['id']}/"
    assert "edit_key" not in answer.text
    again = client.get(f"{PLACE}/{saved['id']}", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_with_todays_data_beside_it(client: TestClient, saved: dict[str, str]) -> None:
    answer = client.get(f"{PLACE}/{saved['id']}?with=current")

    assert answer.status_code == 200
    in_shape(DecisionEntry, answer.json())
    content = answer.json()
    assert content["current"] == content["evaluation"]
    assert content["differences"]["holds"] is True
    assert content["differences"]["changes"] == []
    assert client.get(f"{PLACE}/{saved['id']}?with=yesterday").status_code == 422


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_every_file_comes_as_what_it_is(
    client: TestClient, saved: dict[str, str], name: str
) -> None:
    answer = client.get(f"{PLACE}/{saved['id']}/{name}")

    assert answer.status_code == 200
    kind = FILES[name].media_type.partition(";")[0]
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.headers["etag"]
    assert answer.content
    if FILES[name].is_download:
        assert re.search(
            rf'attachment; filename="shop-b-new-b-[0-9-]+-{name}"',
            answer.headers["content-disposition"],
        )
    assert client.get(f"{PLACE}/{NOBODY}/{name}").status_code == 404


def test_the_json_file_and_the_record_are_of_the_same_decision(
    client: TestClient, saved: dict[str, str]
) -> None:
    complete = client.get(f"{PLACE}/{saved['id']}/decision.json").json()
    record = client.get(f"{PLACE}/{saved['id']}/record.md").text

    assert complete["evaluation"] == client.get(f"{PLACE}/{saved['id']}").json()["evaluation"]
    assert complete["id"] == saved["id"]
    assert saved["url"] in record


def test_only_who_has_the_key_deletes_and_the_address_says_so(
    client: TestClient, saved: dict[str, str]
) -> None:
    address = f"{PLACE}/{saved['id']}"

    for headers in ({}, {"edit-key": "guess"}):
        refused = client.delete(address, headers=headers)
        assert refused.status_code == 404
        assert error_of(refused)["field"] == "edit-key"
    assert client.get(address).status_code == 200

    done = client.delete(address, headers={"edit-key": saved["edit_key"]})
    assert done.status_code == 204
    assert done.content == b""
    gone = client.get(address)
    assert gone.status_code == 404
    assert error_of(gone)["code"] == "deleted"
    assert "deleted on 20" in error_of(gone)["message"]
    assert client.get(f"{address}/record.md").status_code == 404
    assert client.delete(address, headers={"edit-key": saved["edit_key"]}).status_code == 404


@pytest.mark.parametrize("known", [NOBODY, "x", "a" * 5_000, "%00", "..%2f..", "DROP TABLE"])
def test_an_unknown_id_is_404(client: TestClient, known: str) -> None:
    answer = client.get(f"{PLACE}/{known}")

    assert answer.status_code == 404
    assert error_of(answer)["code"] == "not-found"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "answers"),
        ({"answers": {"colour": "red"}}, "answers.colour"),
        ({"answers": ANSWERS, "title": 7}, "title"),
        ({"answers": ANSWERS, "title": None}, "title"),
        ({"answers": ANSWERS, "title": "x" * 121}, "title"),
        ({"answers": ANSWERS, "note": "x" * 2_001}, "note"),
        ({"answers": ANSWERS, "id": NOBODY}, "id"),
    ],
)
def test_what_cannot_be_saved_is_refused_by_name_and_nothing_is_kept(
    client: TestClient, database: Database, body: object, field: str
) -> None:
    answer = client.post(PLACE, json=body)

    assert answer.status_code == 422
    assert error_of(answer)["field"] == field
    assert not database.file or not database.file.exists()


def test_text_that_cannot_be_stored_does_not_break_anything(client: TestClient) -> None:
    body = b'{"answers": {}, "title": "a\\u0000b\\ud800c\\u202ed", "note": "\\ud83d"}'

    answer = client.post(PLACE, content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 201
    assert client.get(f"{PLACE}/{answer.json()['id']}").json()["title"] == "abcd"


def test_a_database_that_does_not_answer_is_503_and_the_rest_goes_on(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    broken = Database(f"sqlite:///{tmp_path / 'file' / 'picker.db'}", MIGRATIONS)
    monkeypatch.setattr(decisions, "get_database", lambda: broken)

    for answer in (
        client.post(PLACE, json={"answers": ANSWERS}),
        client.get(f"{PLACE}/{NOBODY}"),
        client.delete(f"{PLACE}/{NOBODY}", headers={"edit-key": "x"}),
    ):
        assert answer.status_code == 503
        assert error_of(answer)["code"] == "not-available"
        assert str(tmp_path) not in answer.text
    evaluation = client.post(f"{routes.API}/v1/evaluations", json={"answers": ANSWERS})
    assert evaluation.status_code == 200


def test_saving_too_often_is_refused(database: Database) -> None:
    settings = settings_from({"FRAMEWORK_PICKER_DECISION_LIMIT": "1/hour"})
    app = Starlette(routes=[api_mount(settings)])
    with TestClient(app) as client:
        assert client.post(PLACE, json={"answers": {}}).status_code == 201
        refused = client.post(PLACE, json={"answers": {}})

    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 3600


@pytest.mark.parametrize(
    ("headers", "site"),
    [
        (
            {"x-forwarded-proto": "https", "x-forwarded-host": "picker.example"},
            "https://picker.example",
        ),
        ({"x-forwarded-proto": "https"}, "https://testserver"),
        ({"x-forwarded-proto": "javascript", "x-forwarded-host": "a b<c>"}, "http://testserver"),
        ({"x-forwarded-host": "[::1]:8080, other"}, "http://[::1]:8080"),
    ],
)
def test_the_address_is_the_one_that_the_proxy_was_asked_for(
    client: TestClient, saved: dict[str, str], headers: dict[str, str], site: str
) -> None:
    answer = client.get(f"{PLACE}/{saved['id']}", headers=headers)

    assert answer.json()["url"] == f"{site}/d/{saved['id']}/"


def test_another_method_learns_of_all_that_are_possible(
    client: TestClient, saved: dict[str, str]
) -> None:
    answer = client.put(f"{PLACE}/{saved['id']}")

    assert answer.status_code == 405
    assert {"GET", "DELETE"} <= set(answer.headers["allow"].replace(" ", "").split(","))
    assert json.dumps(error_of(answer))
