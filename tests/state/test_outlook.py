"""One process serves everybody: what was computed for one visitor is there for the next."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from typing import Any

import pytest

from framework_picker.domain.model import Catalog
from framework_picker.state import outlook
from framework_picker.state.outlook import (
    CacheUse,
    cache_use,
    evaluation_of,
    get_engine,
    glance_of,
    next_questions_of,
    outlook_of,
    settle_memory,
    warm_up,
)

CACHES: Mapping[str, Any] = {
    "evaluation": outlook._evaluation,
    "glance": outlook._glance,
    "next questions": outlook._next_questions,
    "outlook": outlook._outlook,
}


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Each test starts with empty caches."""
    for remembered in CACHES.values():
        remembered.cache_clear()


@pytest.mark.parametrize("ask", [evaluation_of, glance_of, next_questions_of, outlook_of])
def test_the_same_answers_in_another_order_are_computed_once(ask: Any) -> None:
    first = ask({"use": "api", "admin": "lot"})

    assert ask({"admin": "lot", "use": "api"}) is first
    assert ask({"admin": "lot", "use": "site"}) is not first


def test_fewer_samples_are_remembered_apart() -> None:
    assert outlook_of({}, samples=1_000).samples == 1_000
    assert outlook_of({}).samples == 10_000


def test_the_engine_is_made_once() -> None:
    assert get_engine() is get_engine()


def test_all_of_them_speak_about_the_same_samples() -> None:
    answers = {"use": "service", "admin": "little"}
    look = outlook_of(answers)

    assert glance_of(answers).proof == look.proof
    assert next_questions_of(answers) == look.next_questions
    assert evaluation_of(answers).winner == look.leader


def test_the_hit_rate_is_counted() -> None:
    assert cache_use()["glance"] == CacheUse(hits=0, misses=0, kept=0)
    assert cache_use()["glance"].hit_rate == 0.0

    for use in ("api", "site", "api", "api"):
        glance_of({"use": use})

    assert cache_use()["glance"] == CacheUse(hits=2, misses=2, kept=2)
    assert cache_use()["glance"].hit_rate == 0.5
    assert set(cache_use()) == set(CACHES)


def test_what_is_remembered_is_bounded() -> None:
    for remembered in CACHES.values():
        assert remembered.cache_info().maxsize is not None


def test_a_process_starts_with_what_everybody_needs(catalog: Catalog) -> None:
    warm_up()
    before = cache_use()
    for option in catalog.questions["use"].options:
        glance_of({"use": option.id})
        next_questions_of({"use": option.id})
    glance_of({})

    assert cache_use()["glance"].misses == before["glance"].misses
    assert cache_use()["next questions"].misses == before["next questions"].misses


def test_a_started_process_is_not_looked_through_again() -> None:
    thresholds = gc.get_threshold()
    try:
        settle_memory()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold() == outlook.COLLECTOR_THRESHOLDS
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
