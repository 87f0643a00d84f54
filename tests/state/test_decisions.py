"""Saving, opening, changing and deleting a decision, as the pages do it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.answers import answer_label
from framework_picker.domain.document import canonical_json
from framework_picker.persistence.database import Database
from framework_picker.persistence.repository import find_decision, save_decision
from framework_picker.state import decision, keeping, my_decisions, saving
from framework_picker.state.answers import AnswersState
from framework_picker.state.decision import DecisionState
from framework_picker.state.my_decisions import MyDecisionsState
from framework_picker.state.outlook import document_of
from framework_picker.state.own_decisions import (
    MOST_DECISIONS,
    OwnDecision,
    OwnDecisionsState,
    own_decisions,
    written,
)
from framework_picker.state.ranking import ranking_rows
from framework_picker.state.saving import SavingState
from tests.persistence.documents import MIGRATIONS

ANSWERS = {"use": "api", "admin": "lot", "async": "decisive"}
FORM = {"title": "Orders <b>API</b>", "note": "Because.\nReally."}


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An empty database in place of the app's own."""
    database = Database(f"sqlite:///{tmp_path / 'picker.db'}", MIGRATIONS, patience_s=0.2)
    for module in (keeping, decision, my_decisions):
        monkeypatch.setattr(module, "get_database", lambda: database)
    monkeypatch.setattr(keeping, "try_to_keep_release", lambda: None)
    monkeypatch.setattr(decision, "is_kept", lambda version: version != "00000000")
    monkeypatch.setattr(saving, "seconds_to_wait", lambda address: 0)
    yield database
    database.close()


async def run(state: rx.State, name: str, *arguments: object) -> None:
    """Call a background handler."""
    await type(state).event_handlers[name].fn(state, *arguments)


async def save(root: rx.State, form: object = FORM, kept: object = "") -> SavingState:
    """A visitor with answers saves."""
    answers = await root.get_state(AnswersState)
    for name, value in ANSWERS.items():
        answers.choose_option(name, "", value)
    state = await root.get_state(SavingState)
    await run(state, "save", "", kept, form)
    return state


async def saved(root: rx.State) -> OwnDecision:
    """The decision that was just saved, as this browser knows it."""
    await save(root)
    own = await root.get_state(OwnDecisionsState)
    return own_decisions(own.kept)[0]


async def opened(root: rx.State, address: str) -> DecisionState:
    """A decision's page, opened."""
    state = await root.get_state(DecisionState)
    any_root: Any = state.get_root_state()  # the class, as in the other tests of states
    any_root.router = RouterData.from_router_data({"pathname": address, "asPath": address})
    await run(state, "open_decision")
    return state


def count(database: Database) -> int:
    assert database.file is not None
    if not database.file.exists():
        return 0
    with closing(sqlite3.connect(database.file)) as file:
        found: int = file.execute("SELECT count(*) FROM decision").fetchone()[0]
    return found


async def test_what_is_saved_is_what_the_page_shows(
    root_state: rx.State, database: Database
) -> None:
    state = await save(root_state)

    own = await root_state.get_state(OwnDecisionsState)
    (mine,) = own_decisions(own.kept)
    assert (state.problem, state.is_saving) == ("", False)
    assert await state.saved_href == f"/d/{mine.id}/"
    assert mine.title == FORM["title"]
    with database.reading() as session:
        found: Any = find_decision(session=session, decision_id=mine.id)
    assert canonical_json(found.document) == canonical_json(document_of(ANSWERS))
    assert (found.title, found.note) == (FORM["title"], FORM["note"])


async def test_the_page_of_a_decision_shows_the_ranking_of_that_day(root_state: rx.State) -> None:
    mine = await saved(root_state)

    state = await opened(root_state, f"/d/{mine.id}/")

    shown = state.shown
    assert (shown.kind, shown.heading, shown.note) == ("found", FORM["title"], FORM["note"])
    live = ranking_rows(get_catalog(), ANSWERS, ANSWERS)
    figures = ("slug", "name", "rank", "score", "parts", "total", "low", "high", "first")
    assert [[getattr(row, name) for name in figures] for row in shown.rows] == [
        [getattr(row, name) for name in figures] for row in live
    ]
    assert shown.today.holds
    assert shown.today.unchanged
    assert shown.release == ""
    assert await state.is_own
    assert await state.title == f"{FORM['title']} · Framework Picker"


async def test_another_browser_reads_and_cannot_change(
    root_state: rx.State, database: Database
) -> None:
    mine = await saved(root_state)
    other: rx.State = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
    state = await opened(other, f"/d/{mine.id}/")

    assert state.shown.kind == "found"
    assert not await state.is_own
    stolen = written([OwnDecision(mine.id, "wrong key", "", "")])
    for kept in ("", stolen):
        await run(state, "edit", kept, {"title": "Mine now", "note": ""})
        assert state.problem == decision.NOT_YOURS
        await run(state, "delete", kept)
        assert state.problem == decision.NOT_YOURS

    assert (await opened(root_state, f"/d/{mine.id}/")).shown.heading == FORM["title"]


async def test_the_one_who_saved_it_renames_and_deletes_it(root_state: rx.State) -> None:
    mine = await saved(root_state)
    state = await opened(root_state, f"/d/{mine.id}/")
    own = await root_state.get_state(OwnDecisionsState)
    kept = own.kept
    own.kept = ""  # a session that was lost; the browser's copy comes with the event

    await run(state, "edit", kept, {"title": "New name", "note": ""})
    assert (state.problem, state.shown.heading, state.shown.note) == ("", "New name", "")
    assert own_decisions(own.kept)[0].title == "New name"

    await run(state, "delete", own.kept)
    assert (state.problem, state.shown.kind) == ("", "deleted")
    assert own_decisions(own.kept) == []
    assert (await opened(root_state, f"/d/{mine.id}/")).shown.kind == "deleted"


@pytest.mark.parametrize("asked", ["/d/22222222222222/", "/d/nonsense/", "/d//", "/d/%00/"])
async def test_an_unknown_address_is_said_to_be_unknown(root_state: rx.State, asked: str) -> None:
    assert (await opened(root_state, asked)).shown.kind == "unknown"


async def test_a_decision_of_older_data_shows_what_moved_it(
    root_state: rx.State, database: Database
) -> None:
    """As if Django's value had been lower that day: the document alone says what changed."""
    then: Any = json.loads(canonical_json(document_of(ANSWERS)))
    leader = then["ranking"][0]
    part = max(leader["contributions"], key=lambda entry: entry["points"])
    lost = part["points"]
    part.update(value=0.0, points=0.0)
    part["parts"][0].update(reading="not known then", value=None)
    leader["score"] -= lost
    then["ranking"].sort(key=lambda entry: -entry["score"])
    for entry in then["ranking"]:
        entry["rank"] = 1 + sum(other["score"] > entry["score"] for other in then["ranking"])
    then.update(winner=then["ranking"][0]["slug"], data_version="00000000")
    with database.writing() as session:
        found = save_decision(session=session, document=then)

    today = (await opened(root_state, f"/d/{found.id}/")).shown

    assert today.release
    assert not today.today.holds
    assert today.today.sentence.startswith(f"{leader['name']} now leads, no longer ")
    assert leader["name"] in today.today.because
    first = today.today.changes[0]
    assert first.points == f"+{lost:.1f}"
    assert "It changes the first place." in first.effect
    assert first.readings[0].then.startswith("not known then")
    assert first.readings[0].sources_now
    assert [row.name for row in today.rows] == [entry["name"] for entry in then["ranking"]]


async def test_what_is_too_long_is_said_and_not_saved(
    root_state: rx.State, database: Database
) -> None:
    state = await save(root_state, {"title": "x" * 121, "note": ""})

    assert (state.field, "at most 120" in state.problem) == ("title", True)
    assert count(database) == 0


async def test_without_answers_nothing_is_saved(root_state: rx.State, database: Database) -> None:
    state = await root_state.get_state(SavingState)

    await run(state, "save", "", "", FORM)

    assert "answer a question first" in state.problem
    assert count(database) == 0


async def test_a_lost_session_saves_the_answers_that_the_browser_has(root_state: rx.State) -> None:
    answers = await root_state.get_state(AnswersState)
    answers.choose_option("use", "", "site")
    copy = answers.saved
    fresh: rx.State = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
    state = await fresh.get_state(SavingState)

    await run(state, "save", copy, "", FORM)

    own = await fresh.get_state(OwnDecisionsState)
    shown = (await opened(fresh, f"/d/{own_decisions(own.kept)[0].id}/")).shown
    label = answer_label(get_catalog(), "use", "site")
    assert [(pair.subject, pair.label) for pair in shown.answers] == [("Kind of project", label)]


async def test_a_database_that_fails_is_named_and_the_ranking_goes_on(
    root_state: rx.State, database: Database
) -> None:
    database.upgrade()
    assert database.file is not None
    away = database.file.rename(database.file.with_name("away.db"))

    state = await save(root_state)

    assert state.problem.startswith("Not saved. The database cannot be opened.")
    assert "still in the form" in state.problem
    assert not state.is_saving
    assert (await opened(root_state, "/d/22222222222222/")).shown.kind == "unavailable"
    answers = await root_state.get_state(AnswersState)
    answers.choose_option("learning", "", "lot")
    assert ranking_rows(get_catalog(), dict(answers.answers), {})

    away.rename(database.file)
    again = await save(root_state)
    assert again.problem == ""
    assert count(database) == 1


async def test_the_list_says_what_became_of_each(root_state: rx.State, database: Database) -> None:
    mine = await saved(root_state)
    own = await root_state.get_state(OwnDecisionsState)
    then: Any = json.loads(canonical_json(document_of(ANSWERS)))
    then["winner"] = then["ranking"][1]["slug"]
    with database.writing() as session:
        other = save_decision(session=session, document=then)
    unknown = OwnDecision("2" * 14, "key", "Elsewhere", "2020-01-01T00:00:00Z")
    changed = OwnDecision(other.id, other.edit_key, "", "2021-01-01T00:00:00Z")
    own.kept = written([unknown, changed, mine])
    state = await root_state.get_state(MyDecisionsState)

    await run(state, "open_page")

    assert [line.standing for line in state.lines] == ["holds", "changed", "unknown"]
    assert state.lines[0].title == FORM["title"]
    assert state.lines[1].winner == then["ranking"][1]["name"]
    assert then["ranking"][0]["name"] in state.lines[1].says

    await run(state, "delete", mine.id, own.kept)
    assert [line.id for line in state.lines] == [other.id, unknown.id]
    await run(state, "delete", unknown.id, own.kept)
    assert [one.id for one in own_decisions(own.kept)] == [other.id]
    assert (await opened(root_state, f"/d/{mine.id}/")).shown.kind == "deleted"


async def test_the_list_is_shown_without_a_database(
    root_state: rx.State, database: Database
) -> None:
    mine = await saved(root_state)
    assert database.file is not None
    database.file.unlink()
    state = await root_state.get_state(MyDecisionsState)

    await run(state, "open_page")

    assert [(line.id, line.title, line.standing) for line in state.lines] == [
        (mine.id, FORM["title"], "unread")
    ]
    assert "cannot be opened" in state.problem


async def test_many_saves_in_a_row_have_to_wait(
    root_state: rx.State, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "seconds_to_wait", lambda address: 17)

    state = await save(root_state)

    assert "17 s" in state.problem
    assert count(database) == 0


async def test_the_browser_s_list_has_an_end_and_says_so(
    root_state: rx.State, database: Database
) -> None:
    ids = ["".join(reversed(f"{n:014d}".replace("0", "z").replace("1", "y"))) for n in range(400)]
    full = written(OwnDecision(one, "key", "", "2026-01-01T00:00:00Z") for one in ids)
    assert len(own_decisions(full)) == MOST_DECISIONS

    state = await save(root_state, kept=full)

    assert f"{MOST_DECISIONS} decisions at most" in state.problem
    assert count(database) == 0


def test_two_copies_of_the_list_lose_nothing() -> None:
    one = OwnDecision("2" * 14, "a", "One", "2026-01-01T00:00:00Z")
    other = OwnDecision("3" * 14, "b", "Other", "2026-01-02T00:00:00Z")

    assert own_decisions(written([one]), written([other, one])) == [other, one]


@pytest.mark.parametrize(
    "text",
    [
        *("", "{}", "[]", "null", "[1, null, [], {}]", "x" * 200_000, "[" * 50_000, "\x00"),
        '[{"id": "../../etc", "key": "k", "title": "", "at": ""}]',
        '[{"id": "22222222222222", "key": "", "title": "", "at": ""}]',
        '[{"id": 5, "key": 5, "title": 5, "at": 5}]',
    ],
)
def test_a_list_that_is_none_of_ours_is_empty(text: str) -> None:
    assert own_decisions(text, None, 5, ["x"]) == []
