"""The evaluation document: complete, plain, the same every time, and equal to what pages show."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping

import pytest

from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.domain.answers import with_answer
from framework_picker.domain.differences import differences
from framework_picker.domain.document import (
    DIGITS,
    METHOD_VERSION,
    SCHEMA_VERSION,
    Json,
    canonical_json,
    evaluation_document,
    plain,
)
from framework_picker.domain.engine import Engine, engine
from framework_picker.domain.judging import evaluate
from framework_picker.domain.outlook import outlook
from framework_picker.domain.overrides import override_id
from framework_picker.domain.replay import replay
from tests.random_answers import random_answers

SAMPLES = 500


@pytest.fixture(scope="module")
def small_engine() -> Engine:
    """An engine with few samples; what the document says of them does not depend on how many."""
    return engine(get_catalog(), get_value_table(), samples=SAMPLES)


def documents(answers: Mapping[str, str], drawn: Engine) -> dict[str, Json]:
    return replay(get_catalog(), get_value_table(), drawn, answers)


def numbers(found: Json) -> Iterator[float]:
    if isinstance(found, dict):
        for entry in found.values():
            yield from numbers(entry)
    elif isinstance(found, list):
        for entry in found:
            yield from numbers(entry)
    elif isinstance(found, float):
        yield found


def test_the_document_names_its_versions_and_the_date_of_the_data(small_engine: Engine) -> None:
    found = documents({}, small_engine)

    assert found["schema_version"] == SCHEMA_VERSION
    assert found["method_version"] == METHOD_VERSION
    assert found["data_version"] == get_catalog().data_version
    assert found["data_as_of"] == get_catalog().as_of.isoformat()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_the_document_is_plain_json_and_the_same_byte_for_byte(
    small_engine: Engine, seed: int
) -> None:
    answers = random_answers(seed)
    shuffled = dict(reversed(answers.items()))

    text = canonical_json(documents(answers, small_engine))

    assert text == canonical_json(documents(shuffled, small_engine))
    assert canonical_json(json.loads(text)) == text
    assert all(math.isfinite(n) and round(n, DIGITS) == n for n in numbers(json.loads(text)))
    assert "-0.0," not in text


@pytest.mark.parametrize("seed", range(12))
def test_replaying_the_answers_of_a_document_gives_the_document(
    small_engine: Engine, seed: int
) -> None:
    found = documents(random_answers(seed), small_engine)
    assert isinstance(found["answers"], dict)
    answers = {name: str(value) for name, value in found["answers"].items()}

    assert canonical_json(documents(answers, small_engine)) == canonical_json(found)


@pytest.mark.parametrize("seed", range(12))
def test_its_numbers_are_those_of_the_evaluation_and_the_parts_sum_to_the_score(
    small_engine: Engine, seed: int
) -> None:
    answers = random_answers(seed)
    catalog, table = get_catalog(), get_value_table()
    evaluation = evaluate(catalog, table, answers)
    look = outlook(catalog, table, small_engine, evaluation)

    found = json.loads(canonical_json(documents(answers, small_engine)))

    assert [entry["slug"] for entry in found["ranking"]] == [r.slug for r in evaluation.ranking]
    weights = {entry["criterion"]: entry["weight"] for entry in found["weights"]}
    for entry, ranked in zip(found["ranking"], evaluation.ranking, strict=True):
        # Exactly, not nearly: whoever rounds them for the screen gets the same figure.
        assert (entry["rank"], entry["score"]) == (ranked.rank, ranked.score)
        parts = {part["criterion"]: part["points"] for part in entry["contributions"]}
        assert parts == dict(ranked.contributions)
        assert math.fsum(parts.values()) == pytest.approx(entry["score"], abs=1e-8)
        for part in entry["contributions"]:
            assert part["weight"] == weights[part["criterion"]]
            assert part["points"] == pytest.approx(part["weight"] * part["value"], abs=1e-8)
        if look.is_available:
            assert entry["acceptability"]["first"] == look.standings[ranked.slug].first_share
        else:
            assert entry["acceptability"] is None
    assert [entry["slug"] for entry in found["excluded"]] == [e.slug for e in evaluation.excluded]
    assert [flip["sentence"] for flip in found["flips"]] == [f.sentence for f in look.flips]
    assert found["settled"] is look.proof.is_settled
    asked = found["next_question"]
    assert (asked["question"] if asked else "") == look.next_question


def test_a_document_can_be_held_against_another_one(small_engine: Engine) -> None:
    then = documents({"use": "api"}, small_engine)
    now = documents({"use": "api", override_id("flask", "learning"): "3"}, small_engine)

    found = differences(then, now)

    assert differences(then, then).changes == ()
    (change,) = [one for one in found.changes if one.slug == "flask"]
    assert change.criterion_name == get_catalog().criteria["learning"].name
    assert change.value_now == 3


def test_a_flip_of_the_document_leads_to_the_leaders_it_names(small_engine: Engine) -> None:
    catalog = get_catalog()
    answers = {"use": "api", "admin": "must"}
    found = json.loads(canonical_json(documents(answers, small_engine)))
    assert found["flips"]

    for flip in found["flips"]:
        changed = dict(answers)
        for question, answer in flip["answers"].items():
            changed = with_answer(catalog, changed, question, answer)
        after = json.loads(canonical_json(documents(changed, small_engine)))
        first = [entry["slug"] for entry in after["ranking"] if entry["rank"] == 1]
        assert first == flip["leaders"]


def test_what_is_unknown_is_left_out_and_named(small_engine: Engine) -> None:
    found = documents({"use": "api", "colour": "red"}, small_engine)

    assert found["answers"] == {"use": "api"}
    assert found["notices"] == ["We have no question called “colour”, so it was left out."]


def test_every_reading_has_its_date_and_source(small_engine: Engine) -> None:
    found = json.loads(canonical_json(documents(random_answers(1), small_engine)))
    readings = [
        part
        for entry in found["ranking"]
        for contribution in entry["contributions"]
        for part in contribution["parts"]
    ] + [
        evidence
        for entry in found["excluded"]
        for reason in entry["reasons"]
        for evidence in reason["evidence"]
    ]
    assert len(readings) > 100

    for reading in readings:
        is_verified = reading["reading"] != "not verified"
        assert bool(reading["as_of"]) is is_verified, reading
        assert bool(reading["source"]) is is_verified, reading
        assert bool(reading["grade"]) is is_verified, reading


def test_a_value_of_the_visitors_own_stands_beside_ours(small_engine: Engine) -> None:
    own = override_id("flask", "learning")
    found = json.loads(canonical_json(documents({"use": "api", own: "7~no time"}, small_engine)))

    flask = next(entry for entry in found["ranking"] if entry["slug"] == "flask")
    cell = next(part for part in flask["contributions"] if part["criterion"] == "learning")

    ours = get_value_table().cells["flask"]["learning"]
    assert cell["value"] == 7
    assert cell["grade"] is None
    assert cell["own"]["replaces"] == round(ours.value, DIGITS)
    assert cell["own"]["reason"] == "no time"


def test_without_survivors_the_document_says_what_to_give_up(small_engine: Engine) -> None:
    catalog = get_catalog()
    must = {
        q.id: "must" for q in catalog.questions.values() if any(o.id == "must" for o in q.options)
    }
    for use in ("data-app", "api", "site"):
        found = json.loads(canonical_json(documents({**must, "use": use}, small_engine)))
        if found["status"] == "no-survivor":
            break
    assert found["status"] == "no-survivor"
    assert found["ranking"] == []
    assert found["relaxations"]

    first = found["relaxations"][0]
    changed = {**found["answers"], **first["answers"]}
    again = documents({name: v for name, v in changed.items() if v is not None}, small_engine)
    ranking = again["ranking"]
    assert isinstance(ranking, list)
    back = {entry["slug"] for entry in ranking if isinstance(entry, dict)}
    assert set(first["returning"]) <= back


def test_the_whole_document_of_an_evaluation_needs_no_second_computing(
    small_engine: Engine,
) -> None:
    catalog, table = get_catalog(), get_value_table()
    evaluation = evaluate(catalog, table, {"use": "api"})
    look = outlook(catalog, table, small_engine, evaluation)

    found = evaluation_document(catalog, table, evaluation, look)

    assert canonical_json(found) == canonical_json(documents({"use": "api"}, small_engine))


def test_plain_values() -> None:
    facts = [
        fact.value
        for alternative in get_catalog().alternatives.values()
        for fact in alternative.facts.values()
    ]

    assert plain(True) is True
    assert plain((1, "two", {"a": 0.1 + 0.2})) == [1, "two", {"a": 0.3}]
    assert plain(-0.0) == 0
    assert json.loads(json.dumps([plain(value) for value in facts], allow_nan=False))
