"""A decision's page before scripts run, and whether the server is ready for one."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from framework_picker import routes
from framework_picker.api import decision_page, health
from framework_picker.api.decision_page import decision_document
from framework_picker.persistence.database import Database
from framework_picker.persistence.repository import delete_decision, save_decision
from tests.persistence.documents import MIGRATIONS, document

HOSTILE = "\"><script>alert(1)</script></title><b x='y'> & </noscript>"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An empty database in place of the app's own."""
    database = Database(f"sqlite:///{tmp_path / 'var' / 'picker.db'}", MIGRATIONS)
    monkeypatch.setattr(decision_page, "get_database", lambda: database)
    monkeypatch.setattr(health, "get_database", lambda: database)
    monkeypatch.setattr(health, "get_redis", lambda: None)
    monkeypatch.setattr(health, "FRESH_S", 0.0)
    yield database
    database.close()


@pytest.fixture
def client(tmp_path: Path, database: Database) -> TestClient:
    """A reader without scripts."""
    (tmp_path / "__spa-fallback.html").write_text("<html><head></head><body>app</body></html>")
    return TestClient(
        Starlette(
            routes=[
                Route(routes.decision("{decision_id}"), decision_document(tmp_path)),
                Route(routes.READY, health.readiness),
                Route(routes.HEALTH, health.health),
            ]
        )
    )


class Reader(HTMLParser):
    """What a page says: its tags, the content of its meta tags, its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.meta: dict[str, str] = {}
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = {name: value or "" for name, value in attributes}
        if tag == "meta":
            self.meta[found.get("property") or found.get("name", "")] = found.get("content", "")

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_preview_has_title_description_and_picture(
    client: TestClient, database: Database
) -> None:
    with database.writing() as session:
        saved = save_decision(session=session, document=document(), title="Orders")

    answer = client.get(routes.decision(saved.id))

    assert answer.status_code == 200
    page = Reader(answer.text)
    assert page.meta["og:title"] == "Orders · Framework Picker"
    assert page.meta["og:description"].startswith("Djängo fits best")
    assert page.meta["og:image"] == f"http://testserver/api/v1/decisions/{saved.id}/card.png"
    assert page.meta["og:url"] == f"http://testserver/d/{saved.id}/"
    assert page.meta["robots"] == "noindex"
    assert "app" in page.text
    assert "F 0, " in page.text


def test_what_visitors_wrote_is_text_and_never_markup(
    client: TestClient, database: Database
) -> None:
    with database.writing() as session:
        saved = save_decision(session=session, document=document(), title=HOSTILE, note=HOSTILE)

    page = Reader(client.get(routes.decision(saved.id)).text)

    assert not {"script", "b"} & set(page.tags)
    assert page.meta["og:title"] == f"{HOSTILE} · Framework Picker"
    assert page.text.count(HOSTILE) == 3


def test_unknown_deleted_and_unreadable_are_told_apart(
    client: TestClient, database: Database
) -> None:
    with database.writing() as session:
        saved = save_decision(session=session, document=document(), title="Secret")
    with database.writing() as session:
        delete_decision(session=session, decision_id=saved.id, edit_key=saved.edit_key)

    for unknown in ("2" * 14, "nonsense", "x" * 5_000, "%00", "..%2f..%2fetc"):
        answer = client.get(routes.decision(unknown))
        assert answer.status_code == 404
        assert "app" in answer.text or "Not Found" in answer.text
    deleted = client.get(routes.decision(saved.id))
    assert (deleted.status_code, "was deleted" in deleted.text) == (410, True)
    assert "Secret" not in deleted.text

    assert database.file is not None
    database.file.unlink()
    failing = client.get(routes.decision(saved.id))
    assert (failing.status_code, "cannot be opened" in failing.text) == (503, True)
    assert failing.headers["cache-control"] == "no-store"


def test_ready_turns_to_503_with_the_failing_part_and_back(
    client: TestClient, database: Database
) -> None:
    assert client.get(routes.READY).json() == {"status": "ok"}
    assert database.file is not None
    away = database.file.rename(database.file.with_name("away.db"))

    failing = client.get(routes.READY)

    assert failing.status_code == 503
    assert failing.json() == {
        "status": "unavailable",
        "failing": {"database": "The database cannot be opened."},
    }
    assert client.get(routes.HEALTH).status_code == 200
    away.rename(database.file)
    again = client.get(routes.READY)
    assert (again.status_code, again.json()) == (200, {"status": "ok"})
    assert again.headers["cache-control"] == "no-store"
