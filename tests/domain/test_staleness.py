"""How old a reading is, and when that is too old."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.judging import evaluate
from framework_picker.domain.model import CapabilityKind, FactKind
from framework_picker.domain.staleness import age_words, stale_days, stale_words, with_ages
from framework_picker.domain.values import value_table
from tests.domain.catalogs import alternative, capability, fact

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 days old"),
        (44, "44 days old"),
        (46, "2 months old"),
        (426, "14 months old"),
        (720, "24 months old"),
        (1_080, "35 months old"),
        (1_096, "3 years old"),
        (2_930, "8 years old"),
    ],
)
def test_an_age_is_said_in_days_months_or_years(days: int, words: str) -> None:
    assert age_words(days) == words
    assert stale_words(days) == (f"stale, {words}" if days else "")


@pytest.mark.parametrize(("age", "marked"), [(364, 0), (365, 0), (366, 366)])
def test_a_reading_is_stale_once_its_threshold_is_past(age: int, marked: int) -> None:
    assert stale_days(TODAY - timedelta(days=age), TODAY, 365) == marked


@given(st.integers(0, 5_000), st.integers(1, 5_000))
def test_a_later_threshold_never_marks_more(age: int, threshold: int) -> None:
    read = TODAY - timedelta(days=age)

    assert stale_days(read, TODAY, threshold + 1) <= stale_days(read, TODAY, threshold)


def test_every_kind_has_a_threshold_of_its_own() -> None:
    read = TODAY - timedelta(days=200)
    one = alternative(
        "oak",
        facts={
            "stars": replace(fact(5), as_of=read),
            "licence": replace(fact("MIT"), as_of=read),
            "unlisted": replace(fact("x"), as_of=read),
        },
        capabilities={"admin": replace(capability("built-in"), as_of=read)},
    )
    kinds = {
        "stars": FactKind("stars", "", "", "", stale_after_days=180),
        "licence": FactKind("licence", "", "", "", stale_after_days=3650),
    }

    aged = with_ages(
        {"oak": one},
        fact_kinds=kinds,
        capability_kinds={"admin": CapabilityKind("admin", "", "", "", stale_after_days=199)},
        stale_after_days=365,
        as_of=TODAY,
    )["oak"]

    days = {key: found.stale_days for key, found in aged.facts.items()}
    assert days == {"stars": 200, "licence": 0, "unlisted": 0}
    assert aged.capabilities["admin"].stale_days == 200


def test_what_is_stale_today_is_marked_and_nothing_else() -> None:
    catalog = get_catalog()
    for one in catalog.alternatives.values():
        for key, found in one.facts.items():
            age = (catalog.as_of - found.as_of).days
            is_past = age > catalog.fact_kinds[key].stale_after_days
            assert found.stale_days == (age if is_past else 0), (one.slug, key)
    stale = catalog.alternatives["flask"].facts["hiring_mentions"]
    assert stale_words(stale.stale_days) == "stale, 31 months old"


def test_age_is_a_mark_and_changes_no_score() -> None:
    catalog = get_catalog()
    fresh = replace(
        catalog,
        alternatives={
            slug: replace(
                one,
                facts={key: replace(found, stale_days=0) for key, found in one.facts.items()},
                capabilities={
                    key: replace(found, stale_days=0) for key, found in one.capabilities.items()
                },
            )
            for slug, one in catalog.alternatives.items()
        },
    )
    answers = {"use": "site", "people": "lot"}
    found, other = (evaluate(one, value_table(one), answers) for one in (fresh, catalog))

    assert found.ranking == other.ranking
