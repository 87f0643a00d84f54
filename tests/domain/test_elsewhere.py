"""Who should choose something else: what the sentence says is true of people not seen before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from framework_picker.catalog.loader import LoadedData, load_data
from framework_picker.domain.elsewhere import Elsewhere, elsewhere, people, satisfies
from framework_picker.domain.engine import OPEN, Engine, engine
from framework_picker.domain.evaluation import Evaluation
from framework_picker.domain.judging import evaluate
from framework_picker.domain.overrides import override_id
from framework_picker.domain.sampling import swing_point_samples, value_samples, weight_samples
from framework_picker.domain.values import value_table
from tests.domain.catalogs import catalog_of_values

FRESH_PEOPLE = 20_000


@pytest.fixture(scope="module")
def data() -> LoadedData:
    return load_data(Path(__file__).parents[2] / "data")


@pytest.fixture(scope="module")
def made(data: LoadedData) -> Engine:
    return engine(data.catalog, data.table)


@pytest.fixture(scope="module")
def found(data: LoadedData, made: Engine) -> list[tuple[Evaluation, tuple[Elsewhere, ...]]]:
    answers = [{}, *(preset.answers for preset in data.catalog.presets.values())]
    evaluations = [evaluate(data.catalog, data.table, given) for given in answers]
    return [(one, elsewhere(data.catalog, made, one)) for one in evaluations]


def fresh(made: Engine) -> tuple[np.ndarray, np.ndarray]:
    """Weights and values of people who were not there when the sentences were made."""
    numbers = np.random.default_rng(99)
    asked = [entry for name, entry in made.asked.items() if "." not in name]
    uniforms = np.asfortranarray(numbers.random((FRESH_PEOPLE, len(asked)), dtype=np.float32))
    beliefs = [entry.beliefs[OPEN] for entry in asked]
    weights = weight_samples(swing_point_samples(uniforms, beliefs, len(made.criteria)).points)
    table = made.table
    shape = (len(made.criteria), len(made.slugs), FRESH_PEOPLE)
    values = value_samples(
        numbers.random(shape, dtype=np.float32),
        table.values.to_numpy(),
        table.half_widths.to_numpy(),
        table.is_known.to_numpy(dtype=bool),
    )
    return weights, values


@pytest.mark.slow
def test_most_people_of_the_sentence_come_to_that_framework(
    made: Engine, found: list[tuple[Evaluation, tuple[Elsewhere, ...]]]
) -> None:
    weights, values = fresh(made)
    checked = 0
    for evaluation, entries in found:
        rows = [made.position[ranked.slug] for ranked in evaluation.ranking]
        winners = np.einsum("jmk,kj->mk", values[:, rows], weights).argmax(axis=0)
        for entry in entries:
            if not entry.comparison:
                continue
            more = [made.criteria.index(c) for c in entry.more]
            less = [made.criteria.index(c) for c in entry.less]
            inside = satisfies(weights, entry.comparison, more, less)
            wins = winners == rows.index(made.position[entry.slug])
            assert inside.sum() > 50
            share = wins[inside].mean()
            if entry.holds:
                assert share > 0.5, entry.sentence
            else:
                assert share > 1.5 * wins.mean(), entry.sentence
            checked += 1
    assert checked > 20


def test_there_is_a_sentence_for_each_runner_up(
    found: list[tuple[Evaluation, tuple[Elsewhere, ...]]],
) -> None:
    for evaluation, entries in found:
        below = [ranked.slug for ranked in evaluation.ranking if ranked.rank > 1]
        assert [entry.slug for entry in entries] == below[:3]
        for entry in entries:
            assert entry.sentence.endswith(".")
            assert not set(entry.more) & set(entry.less)
            assert not entry.holds or " is for people to whom " in entry.sentence
            assert entry.holds or " is for people " not in entry.sentence


def test_a_condition_means_what_its_sentence_says() -> None:
    weights = np.array([[0.5, 0.3, 0.2], [0.4, 0.35, 0.25], [0.2, 0.2, 0.6]])
    assert satisfies(weights, "more", [0, 1], [2]).tolist() == [True, True, False]
    assert satisfies(weights, "twice", [0], [2]).tolist() == [True, False, False]
    assert satisfies(weights, "together", [0, 1], []).tolist() == [True, True, False]


def test_two_frameworks_and_two_criteria() -> None:
    catalog = catalog_of_values({"ash": {"a": 80, "b": 20}, "elm": {"a": 20, "b": 80}})
    table = value_table(catalog)
    own = engine(catalog, table)
    (entry,) = elsewhere(catalog, own, evaluate(catalog, table, {"ask-a": "lot", "ask-b": "none"}))
    assert (entry.slug, entry.comparison, entry.more, entry.less) == ("elm", "more", ("b",), ("a",))
    assert entry.share > 0.95
    assert entry.sentence.startswith("Elm is for people to whom “B” matters more than “A”: ")


def test_a_framework_nobody_comes_to_gets_no_story() -> None:
    catalog = catalog_of_values({"ash": {"a": 90, "b": 90}, "elm": {"a": 10, "b": 10}})
    table = value_table(catalog)
    own = engine(catalog, table)
    (entry,) = elsewhere(catalog, own, evaluate(catalog, table, {"ask-a": "lot"}))
    assert (entry.comparison, entry.holds, entry.everybody) == ("", False, 0)
    assert entry.sentence == "Elm comes first for nobody with your must-haves."


def test_nothing_to_say_without_a_winner(data: LoadedData, made: Engine) -> None:
    answers = {"use": "data-app", "api": "must", "admin": "must", "upkeep": "must"}
    nobody = evaluate(data.catalog, data.table, answers)
    assert elsewhere(data.catalog, made, nobody) == ()


def test_own_values_count_here_too(data: LoadedData, made: Engine) -> None:
    answers = dict(data.catalog.presets["shop"].answers)
    plain = elsewhere(data.catalog, made, evaluate(data.catalog, data.table, answers))
    slug = plain[-1].slug
    own = {override_id(slug, criterion): "90" for criterion in ("admin", "accounts", "security")}
    evaluation = evaluate(data.catalog, data.table, {**answers, **own})
    (after,) = elsewhere(data.catalog, made, evaluation, slugs=(slug,))
    assert after.everybody > plain[-1].everybody


def test_people_in_general_leave_every_question_open(made: Engine) -> None:
    weights = people(made)
    assert weights.sum(axis=1) == pytest.approx(1, abs=1e-5)
    # One question feeds both, so they weigh the same for everybody.
    ecosystem, hiring = (made.criteria.index(c) for c in ("ecosystem", "hiring"))
    assert np.array_equal(weights[:, ecosystem], weights[:, hiring])
