"""How far the questions have come, in words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.domain.engine import Engine, engine
from framework_picker.domain.judging import evaluate
from framework_picker.domain.meter import progress_words, race_sentence
from framework_picker.domain.outlook import glance
from framework_picker.domain.outlook_rows import Glance

NONE = {
    name: "none"
    for name, question in get_catalog().questions.items()
    if question.kind == "importance"
} | {"shape": "none"}


@pytest.fixture(scope="module")
def drawn() -> Engine:
    """The engine of the real catalog."""
    return engine(get_catalog(), get_value_table())


def look_at(drawn: Engine, answers: Mapping[str, str]) -> tuple[Glance, str, str]:
    """The glance, the line above the question, and the sentence below it."""
    catalog, table = get_catalog(), get_value_table()
    evaluation = evaluate(catalog, table, answers)
    found = glance(catalog, table, drawn, evaluation, samples=1_000)
    return (
        found,
        progress_words(catalog, answers, found),
        race_sentence(catalog, evaluation, found),
    )


def test_before_the_first_answer(drawn: Engine) -> None:
    found, progress, race = look_at(drawn, {})

    count = len(found.proof.can_change_first)
    assert progress == (
        f"Nothing answered yet · {count} open questions may still change the first place"
    )
    assert race == (
        "Nobody is out of the race yet: an open answer may still rule Django out, or put another "
        "ahead."
    )


def test_some_rivals_are_out_of_the_race(drawn: Engine) -> None:
    answers = {
        "use": "api",
        "scope": "python",
        "admin": "none",
        "accounts": "little",
        "database": "little",
        "api": "lot-unsure",
        "ui": "none",
        "async": "somewhat",
        "security": "little",
        "upkeep": "little",
        "load": "lot",
        "cost": "somewhat",
    }
    found, progress, race = look_at(drawn, answers)

    beaten, rivals = len(found.proof.beaten), len(found.proof.rivals)
    assert 0 < beaten < rivals
    assert progress == "12 answered · 4 open questions may still change the first place"
    assert race == (
        f"FastAPI can no longer be caught by {beaten} of {rivals} others, whatever you answer next."
    )


def test_one_question_that_may_still_matter_is_one_question(drawn: Engine) -> None:
    preset = dict(get_catalog().presets["api"].answers)
    del preset["people"]
    found, progress, _ = look_at(drawn, preset)

    assert found.proof.can_change_first == ("people",)
    assert progress == "15 answered · 1 open question may still change the first place"


def test_settled(drawn: Engine) -> None:
    answers = NONE | {
        "use": "site",
        "admin": "decisive",
        "accounts": "decisive",
        "database": "decisive",
        "scope": "python",
        "upkeep": "decisive",
    }
    for left_open in ("load", "cost", "tools"):
        del answers[left_open]
    _, progress, race = look_at(drawn, answers)

    assert progress == "13 answered · no open question can change the first place"
    assert race == (
        "Nothing you have not answered can change the first place: it stays with Django."
    )


def test_when_everything_is_answered_there_is_no_race_left(drawn: Engine) -> None:
    _, progress, race = look_at(drawn, get_catalog().presets["api"].answers)

    assert progress == "All 16 questions are answered"
    assert race == ""


def test_a_tie_settles_nothing(drawn: Engine) -> None:
    found, progress, race = look_at(drawn, NONE | {"use": "learning", "learning": "lot"})

    assert found.status == "tie"
    assert progress == "15 answered · 1 open question"
    assert race == "Bottle and Flask share first place, so nothing is settled yet."


def test_nobody_left_and_nothing_that_matters_are_no_race(drawn: Engine) -> None:
    found, progress, race = look_at(drawn, {"use": "api", "ui": "must"})
    assert found.status == "no-survivor"
    assert progress == "2 answered · 14 open questions"
    assert race == ""

    found, _, race = look_at(drawn, NONE | {"use": "learning"})
    assert found.status == "no-preference"
    assert race == ""


def test_the_only_one_left_may_still_be_ruled_out(drawn: Engine) -> None:
    answers = {"use": "data-app", "accounts": "must", "database": "must", "admin": "none"}
    found, _, race = look_at(drawn, answers)

    assert len(found.standings) == 1
    assert not found.proof.rivals
    name = get_catalog().alternatives[found.leader].name
    assert race == f"{name} is the only one left, but an open answer may still rule it out."
