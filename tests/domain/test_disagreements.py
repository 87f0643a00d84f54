"""What other sources say about a fact: all of it, by hand and in the real data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from framework_picker.catalog.current import get_catalog, get_ledger
from framework_picker.domain.claims import Ledger
from framework_picker.domain.disagreements import other_readings
from framework_picker.domain.model import FactKind, Observation
from tests.domain.catalogs import alternative, fact, observation, small_catalog

STARS = FactKind(
    "stars",
    "GitHub stars",
    "",
    "",
    "stars",
    derive={"kind": "newest", "table": "stars", "metric": "stars", "column": "value"},
    stale_after_days=270,
)
OTHER = "other/list:README.md@0123456789ab"
OURS = "our/list:stars.csv@ba9876543210"


def row(on: date, value: float, source: str, metric: str = "stars") -> Observation:
    """A count of a public list."""
    return observation(on.isoformat(), value, metric=metric, source=source)


def test_every_list_that_counts_it_is_named_with_its_newest_count() -> None:
    catalog = small_catalog()
    oak = alternative(
        "oak",
        facts={"stars": replace(fact(300), source=(OURS,))},
        series={
            "stars": (
                row(date(2024, 1, 1), 100, OTHER),
                row(date(2026, 5, 1), 250, OTHER),
                row(date(2026, 6, 1), 9, OTHER, metric="forks"),
                row(date(2026, 9, 1), 290, OURS),
                row(date(2026, 11, 1), 300, OURS),
            )
        },
    )
    catalog = replace(
        catalog,
        as_of=date(2026, 11, 20),
        alternatives={"oak": oak},
        fact_kinds={"stars": STARS},
    )

    [other] = other_readings(catalog, Ledger(), "oak", "stars")

    assert (other.reading, other.as_of, other.claim) == ("250 stars", "2026-05-01", "")
    assert other.source.href == "https://github.com/other/list/blob/0123456789ab/README.md"
    assert other.remark == "7 months old"
    stale = replace(catalog, as_of=date(2027, 5, 2))
    assert other_readings(stale, Ledger(), "oak", "stars")[0].remark == "stale, 12 months old"
    assert other_readings(catalog, Ledger(), "oak", "unknown") == ()
    assert other_readings(catalog, Ledger(), "nobody", "stars") == ()


def test_support_dates_of_two_sources_are_laid_side_by_side() -> None:
    found = {
        one.reading.partition(":")[0]: one
        for one in other_readings(get_catalog(), get_ledger(), "django", "support_end")
    }

    assert found["6.1"].source.text.startswith("endoflife-date/endoflife.date")
    # The project says 2027-04, the table 2027-04-30: a month means its last day.
    assert found["6.1"].remark == "the same"


def test_support_dates_that_differ_say_where() -> None:
    catalog = get_catalog()
    django = catalog.alternatives["django"]
    written = django.facts["support_end"]
    assert isinstance(written.value, tuple)
    moved = tuple(
        {**entry, "security": "2099-12"} if entry["series"] == "6.1" else entry
        for entry in written.value
        if isinstance(entry, Mapping)
    )
    changed = replace(
        catalog,
        alternatives={
            "django": replace(
                django, facts={**django.facts, "support_end": replace(written, value=moved)}
            )
        },
    )

    remarks = {
        one.reading.partition(":")[0]: one.remark
        for one in other_readings(changed, get_ledger(), "django", "support_end")
    }
    assert remarks["6.1"] == "differs on security fixes"
    assert remarks["6.0"] == "the same"


def test_articles_stand_beside_the_fact_that_settles_what_they_say() -> None:
    ledger = get_ledger()
    found = other_readings(get_catalog(), ledger, "flask", "first_release_year")

    assert {(one.claim, one.reading, one.remark) for one in found} == {
        ("C004", "2010", "holds"),
        ("C175", "2011", "contradicted"),
    }
    for one in found:
        assert one.source.text == ledger.sources[ledger.claims[one.claim].source].name
        assert one.as_of
    claims = {one.claim for one in other_readings(get_catalog(), ledger, "django", "stars")}
    assert {"C252", "C200", "C064"} <= claims


def test_the_newest_stands_first_and_our_own_list_is_left_out() -> None:
    catalog = get_catalog()
    for slug, one in catalog.alternatives.items():
        if "stars" not in one.facts:
            continue
        found = other_readings(catalog, get_ledger(), slug, "stars")
        days = [other.as_of for other in found]
        assert days == sorted(days, reverse=True)
        ours = one.facts["stars"].source[0].partition(":")[0]
        assert not any(other.source.text.startswith(ours) for other in found)
