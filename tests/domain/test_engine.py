"""What a process holds for every visitor: the same everywhere, made quickly, and small."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from framework_picker.catalog.folder import read_documents
from framework_picker.catalog.loader import LoadedData, load_data, loaded_from
from framework_picker.catalog.problems import Report
from framework_picker.domain.answers import DONT_KNOW, MUST, answer_values
from framework_picker.domain.engine import OPEN, Engine, engine
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.importance import IMPORTANCE
from framework_picker.domain.judging import evaluate
from framework_picker.domain.outlook import outlook
from framework_picker.domain.values import value_table
from tests.domain.catalogs import small_catalog

ROOT = Path(__file__).parents[2]
ANSWERS = {"use": "site", "admin": "lot-unsure", "async": "little", "people": "dont-know"}


@pytest.fixture(scope="module")
def data() -> LoadedData:
    return load_data(ROOT / "data")


@pytest.fixture(scope="module")
def made(data: LoadedData) -> Engine:
    return engine(data.catalog, data.table)


def fingerprint(data: LoadedData) -> str:
    """Everything the outlook says about some answers, to the last bit."""
    own = engine(data.catalog, data.table)
    found = [
        outlook(data.catalog, data.table, own, evaluate(data.catalog, data.table, answers))
        for answers in ({}, ANSWERS)
    ]
    return hashlib.sha256(repr(found).encode() + own.samples.tobytes()).hexdigest()


def turned_round(content: Any) -> Any:
    """The same content with every mapping in the other order."""
    if isinstance(content, dict):
        return {name: turned_round(content[name]) for name in reversed(list(content))}
    if isinstance(content, list):
        return [turned_round(item) for item in content]
    return content


@pytest.mark.slow
@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_every_process_sees_the_same(data: LoadedData, hash_seed: str) -> None:
    command = (
        "from tests.domain.test_engine import ROOT, fingerprint, load_data;"
        "import sys; sys.stdout.write(fingerprint(load_data(ROOT / 'data')))"
    )
    found = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "OMP_NUM_THREADS": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == fingerprint(data)


@pytest.mark.slow
def test_the_order_of_the_data_files_changes_nothing(data: LoadedData) -> None:
    report = Report()
    documents = read_documents(ROOT / "data", report)
    # Frameworks are files of their own; what stands inside lists has an order that means something.
    other = {
        path: turned_round(content) if path.startswith("frameworks/") else content
        for path, content in reversed(list(documents.items()))
    }
    again = loaded_from(other, "data", report)

    assert list(other) != list(documents)
    assert again.catalog.data_version == data.catalog.data_version
    assert fingerprint(again) == fingerprint(data)


def test_the_order_of_the_questions_changes_no_sample(made: Engine, data: LoadedData) -> None:
    questions = dict(reversed(list(data.catalog.questions.items())))
    catalog = dataclasses.replace(data.catalog, questions=questions)
    again = engine(catalog, data.table)
    assert list(again.asked) == list(made.asked)
    for evaluated in ({}, ANSWERS):
        one = outlook(data.catalog, data.table, made, evaluate(data.catalog, data.table, evaluated))
        other = outlook(catalog, data.table, again, evaluate(catalog, data.table, evaluated))
        assert one.standings == other.standings
        assert {q.question: q.gain_bits for q in one.next_questions} == {
            q.question: q.gain_bits for q in other.next_questions
        }


def test_other_data_are_other_draws(made: Engine, data: LoadedData) -> None:
    other = engine(dataclasses.replace(data.catalog, data_version="other"), data.table)
    assert not np.array_equal(other.drawn.questions, made.drawn.questions)


def test_it_starts_quickly_and_stays_small(data: LoadedData) -> None:
    begun = time.process_time()
    made = engine(data.catalog, data.table)
    assert time.process_time() - begun < 0.5
    held = made.samples.nbytes + made.drawn.values.nbytes + made.drawn.questions.nbytes
    assert held < 60e6
    assert made.samples.dtype == np.float32


def test_every_answer_has_a_belief_and_a_nominal_weight(made: Engine, data: LoadedData) -> None:
    for name, asked in made.asked.items():
        for value in (OPEN, *answer_values(data.catalog, asked.question)):
            assert asked.beliefs[value].probabilities.sum() == pytest.approx(1)
            assert asked.nominal[value].shape == (len(asked.criteria),)
        assert name == asked.question.id


def test_doubt_about_a_level_spreads_to_its_neighbors(made: Engine) -> None:
    beliefs = made.asked["admin"].beliefs
    assert beliefs["lot"].probabilities.tolist() == [0, 0, 0, 1, 0, 0]
    assert beliefs["lot-unsure"].probabilities.tolist() == [0, 0, 0.25, 0.5, 0.25, 0]
    assert beliefs["none-unsure"].probabilities.tolist() == pytest.approx(
        [2 / 3, 1 / 3, 0, 0, 0, 0]
    )
    assert beliefs[DONT_KNOW].probabilities.tolist() == [0.2, 0.2, 0.2, 0.2, 0.2, 0]
    assert beliefs[OPEN].probabilities.tolist() == [0.2, 0.2, 0.2, 0.2, 0.2, 0]


def test_an_open_must_have_is_likely_in_three_of_ten(made: Engine) -> None:
    asked = made.asked["admin"]
    assert asked.when_asked.probabilities.tolist() == pytest.approx([0.14] * 5 + [0.3])
    assert made.asked["load"].when_asked is made.asked["load"].beliefs[OPEN]
    assert asked.options[5] == MUST


def test_a_must_have_adds_exactly_nothing(made: Engine) -> None:
    belief = made.asked["admin"].beliefs[MUST]
    points = np.zeros((100, len(made.criteria)), dtype=np.float32)
    belief.add(made.drawn.questions[:100, 0], points, np.zeros(100, dtype=np.uint8))
    assert not points.any()


def test_an_option_stands_for_the_cell_of_its_points(made: Engine) -> None:
    shape = made.asked["shape"]
    box, mostly = shape.options.index("box"), shape.options.index("mostly-box")
    features = shape.question.feeds.index("features")
    flexibility = shape.question.feeds.index("flexibility")
    assert (shape.lowest[box, features], shape.highest[box, features]) == (6, 10)
    assert (shape.lowest[box, flexibility], shape.highest[box, flexibility]) == (0, 0.5)
    # 5 points lie a quarter of the way from "a lot" (4: 3 to 6) to "decisive" (8: 6 to 10).
    assert (shape.lowest[mostly, features], shape.highest[mostly, features]) == (3.75, 7)


def test_each_criterion_has_a_question_of_its_own(made: Engine) -> None:
    own = [name for name in made.asked if name.startswith(IMPORTANCE)]
    assert own == [f"{IMPORTANCE}{criterion}" for criterion in made.criteria]
    columns = [asked.column for asked in made.asked.values()]
    assert columns == list(range(made.drawn.questions.shape[1]))


def test_two_questions_about_add_ons_are_refused() -> None:
    catalog = small_catalog()
    scope = catalog.questions["scope"]
    twice = {**catalog.questions, "again": dataclasses.replace(scope, id="again")}
    catalog = dataclasses.replace(catalog, questions=twice)
    with pytest.raises(ScoringInputError, match=r"one question that lists add-ons"):
        engine(catalog, value_table(catalog))


def test_an_engine_of_other_data_is_refused(made: Engine, data: LoadedData) -> None:
    catalog = small_catalog()
    table = value_table(catalog)
    with pytest.raises(ScoringInputError, match="other data"):
        outlook(catalog, table, made, evaluate(catalog, table, {}))
