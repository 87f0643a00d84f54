"""The list of frameworks: sorted, narrowed, counted, and nothing claimed that is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.catalog.current import get_catalog
from framework_picker.domain.community import Point, advisories
from framework_picker.domain.health import (
    COLUMNS,
    FACETS,
    MADE_FOR,
    WITHOUT_FIX,
    Column,
    Facet,
    Wanted,
    facet_counts,
    facet_values,
    licence_family,
    listed,
    made_for,
    narrowed,
    star_rise,
)
from framework_picker.domain.model import Alternative

CATALOG = get_catalog()
EVERYBODY = sorted(CATALOG.alternatives)


def slugs(wanted: Wanted) -> list[str]:
    return [one.slug for one in listed(CATALOG, wanted)]


def has_value(alternative: Alternative, column: Column) -> bool:
    keys = {
        "release": "latest_release_date",
        "cadence": "releases_12m",
        "python": "python_versions_declared",
        "support": "support_months_left",
        "governance": "governance",
        "advisories": "advisory_count",
        "stars": "stars",
    }
    return column == "name" or keys[column] in alternative.facts


@pytest.mark.parametrize("column", ["", *COLUMNS])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_every_order_has_everybody_once(column: Column, is_reversed: bool) -> None:
    assert sorted(slugs(Wanted(column=column, is_reversed=is_reversed))) == EVERYBODY


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_unknown_comes_last_in_either_direction(column: Column, is_reversed: bool) -> None:
    known = [
        has_value(one, column)
        for one in listed(CATALOG, Wanted(column=column, is_reversed=is_reversed))
    ]

    assert known == sorted(known, reverse=True)


@pytest.mark.parametrize("column", COLUMNS)
def test_the_other_direction_turns_the_values_around_and_keeps_equals_from_a_to_z(
    column: Column,
) -> None:
    def measured(is_reversed: bool) -> list[Alternative]:
        order = listed(CATALOG, Wanted(column=column, is_reversed=is_reversed))
        return [one for one in order if has_value(one, column)]

    there, back = measured(False), measured(True)

    assert {one.slug for one in there} == {one.slug for one in back}
    assert there[0].slug != back[0].slug
    if column == "governance":
        names = [one.name for one in there if one.facts["governance"].value == "company"]
        assert names == sorted(names, key=str.casefold)
        assert [one.name for one in back if one.facts["governance"].value == "company"] == names


def test_stars_and_releases_begin_with_the_most_and_the_newest() -> None:
    stars = [one.facts["stars"].value for one in listed(CATALOG, Wanted(column="stars"))[:20]]
    released = [
        str(one.facts["latest_release_date"].value)
        for one in listed(CATALOG, Wanted(column="release"))[:20]
    ]

    assert stars == sorted(stars, reverse=True)
    assert released == sorted(released, reverse=True)


def test_advisories_without_a_fix_weigh_more_than_many_advisories() -> None:
    order = slugs(Wanted(column="advisories"))

    assert order.index("gradio") < order.index("reflex") < order.index("django")


def test_the_records_without_a_fix_are_counted_with_their_sources() -> None:
    for slug, one in CATALOG.alternatives.items():
        counted, lacking = one.facts.get("advisory_count"), one.facts.get(WITHOUT_FIX)
        assert (counted is None) == (lacking is None), slug
        if lacking is None or counted is None:
            continue
        assert lacking.source, slug
        assert lacking.value == sum(not item.fixed_in for item in advisories(one)), slug
        assert int(str(lacking.value)) <= int(str(counted.value)), slug
    assert CATALOG.alternatives["gradio"].facts[WITHOUT_FIX].value == 14  # data/community/README.md
    assert WITHOUT_FIX not in CATALOG.alternatives["express"].facts


@given(words=st.text(max_size=30))
def test_narrowing_only_takes_away_and_keeps_the_order(words: str) -> None:
    everybody = slugs(Wanted(column="stars"))
    kept = slugs(Wanted(words=words, column="stars"))

    assert kept == [slug for slug in everybody if slug in kept]


def test_words_are_found_in_name_package_licence_and_kind_in_any_case() -> None:
    assert slugs(Wanted(words="DJANGO ninja")) == ["django-ninja"]
    assert "wordpress" in slugs(Wanted(words="php"))
    assert "flask" in slugs(Wanted(words="bsd-3"))
    assert slugs(Wanted(words="no such framework")) == []


@pytest.mark.parametrize("facet", FACETS)
def test_the_counts_are_what_choosing_the_value_shows(facet: Facet) -> None:
    for rest in (Wanted(), Wanted(words="async"), Wanted(made="pages", licence="MIT")):
        counts = facet_counts(CATALOG, rest)[facet]
        assert tuple(counts) == facet_values(CATALOG, facet)
        for value, count in counts.items():
            assert len(slugs(narrowed(rest, facet, value))) == count, (facet, value)


def test_everybody_is_made_for_one_thing_read_from_the_facts() -> None:
    assert {made_for(one) for one in CATALOG.alternatives.values()} == set(MADE_FOR)
    by_slug = {slug: made_for(one) for slug, one in CATALOG.alternatives.items()}
    assert by_slug["flask"] == "sites"
    assert by_slug["fastapi"] == "async-apis"
    assert by_slug["reflex"] == "pages"
    assert by_slug["django-ninja"] == "add-ons"
    assert by_slug["wordpress"] == "outside-python"


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("MIT License", "MIT"),
        ("MIT", "MIT"),
        ("BSD-3-Clause", "BSD"),
        ("Apache-2.0 AND MIT", "Apache and MIT"),
        ("LicenseRef-Repoze-BSD-derived", "own licence text"),
    ],
)
def test_licences_that_are_spelled_differently_are_one_family(words: str, family: str) -> None:
    flask = CATALOG.alternatives["flask"]
    licence = replace(flask.facts["licence"], value=words)

    assert licence_family(replace(flask, facts={**flask.facts, "licence": licence})) == family


def test_a_licence_that_is_not_verified_belongs_to_no_family() -> None:
    assert licence_family(CATALOG.alternatives["wordpress"]) == ""


def test_the_rise_is_taken_over_the_readings_nearest_to_a_year() -> None:
    newest = date(2026, 8, 1)
    points = [
        Point(newest - timedelta(days=days), value, "source")
        for days, value in ((800, 10.0), (430, 50.0), (370, 60.0), (310, 70.0), (100, 90.0))
    ] + [Point(newest, 100.0, "source")]

    rise = star_rise(points)

    assert rise is not None
    assert (rise.gained, rise.since, rise.until) == (40, newest - timedelta(days=370), newest)


def test_without_a_reading_about_a_year_earlier_there_is_no_rise() -> None:
    newest = date(2026, 8, 1)

    assert star_rise([]) is None
    assert star_rise([Point(newest, 5.0, "source")]) is None
    assert (
        star_rise([Point(newest - timedelta(days=200), 4.0, "s"), Point(newest, 5.0, "s")]) is None
    )
