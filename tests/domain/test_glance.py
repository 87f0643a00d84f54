"""The glance and the next questions say what the whole outlook says, number by number."""

from __future__ import annotations

from random import Random

import pytest

from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.domain.answers import DONT_KNOW, answer_values
from framework_picker.domain.engine import Engine, engine
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.importance import importance_id
from framework_picker.domain.judging import evaluate
from framework_picker.domain.outlook import Outlook, glance, next_questions, outlook
from framework_picker.domain.outlook_rows import Glance, NextQuestion
from framework_picker.domain.overrides import override_id
from tests.domain.catalogs import small_catalog

Looks = tuple[Outlook, Glance, tuple[NextQuestion, ...]]


@pytest.fixture(scope="module")
def drawn() -> Engine:
    """The engine of the real catalog."""
    return engine(get_catalog(), get_value_table())


def looks(drawn: Engine, answers: dict[str, str], samples: int = 10_000) -> Looks:
    """All three of one evaluation."""
    catalog, table = get_catalog(), get_value_table()
    evaluation = evaluate(catalog, table, answers)
    return (
        outlook(catalog, table, drawn, evaluation, samples=samples),
        glance(catalog, table, drawn, evaluation, samples=samples),
        next_questions(catalog, table, drawn, evaluation, samples=samples),
    )


def some_answers() -> list[dict[str, str]]:
    """Every preset, edge cases, and visitors at random."""
    catalog = get_catalog()
    source = Random(20261120)
    questions = [question for question in catalog.questions.values() if question.kind != "switch"]
    found = [{}, *(dict(preset.answers) for preset in catalog.presets.values())]
    nothing = {question.id: "none" for question in questions if question.kind == "importance"}
    found.append(nothing | {"use": "learning", "shape": "none"})
    found.append(nothing | {"use": "learning", "shape": "none", "learning": "lot"})
    found.append({"use": "api", "ui": "must"})
    found.append(
        {
            "use": "site",
            importance_id("learning"): "decisive-unsure",
            override_id("django", "learning"): "95",
        }
    )
    for _ in range(30):
        picked = source.sample(questions, source.randint(0, len(questions)))
        found.append(
            {
                question.id: source.choice([*answer_values(catalog, question), DONT_KNOW])
                for question in picked
            }
        )
    return found


@pytest.mark.slow
def test_a_glance_is_a_part_of_the_outlook(drawn: Engine) -> None:
    seen = set()
    for answers in some_answers():
        look, found, _ = looks(drawn, answers, samples=1_000)
        seen.add(found.status)
        assert (found.status, found.is_available, found.leader) == (
            look.status,
            look.is_available,
            look.leader,
        )
        assert (found.words, found.split_with, found.is_split) == (
            look.words,
            look.split_with,
            look.is_split,
        )
        assert found.proof == look.proof
        assert {
            slug: (band.first_share, band.low, band.high) for slug, band in found.standings.items()
        } == {slug: (own.first_share, own.low, own.high) for slug, own in look.standings.items()}
    assert seen == {"clear", "split", "tie", "no-preference", "no-survivor"}


@pytest.mark.slow
def test_the_next_questions_are_those_of_the_outlook(drawn: Engine) -> None:
    for answers in some_answers():
        look, _, found = looks(drawn, answers, samples=1_000)
        assert found == look.next_questions


def test_it_is_the_same_with_all_samples(drawn: Engine) -> None:
    look, found, open_ones = looks(drawn, {"use": "api", "admin": "little-unsure"})
    assert found.proof == look.proof
    assert found.standings["fastapi"].first_share == look.standings["fastapi"].first_share
    assert found.standings["fastapi"].low == look.standings["fastapi"].low
    assert open_ones == look.next_questions


def test_the_advice_is_not_lost(drawn: Engine) -> None:
    advised = [
        answers
        for answers in some_answers()
        if looks(drawn, answers, samples=1_000)[1].proof.is_probably_settled
    ]
    assert advised


def test_another_catalogs_evaluation_is_refused(drawn: Engine) -> None:
    catalog, table = small_catalog(), get_value_table()
    evaluation = evaluate(get_catalog(), table, {})
    for ask in (glance, next_questions):
        with pytest.raises(ScoringInputError):
            ask(catalog, table, drawn, evaluation)
