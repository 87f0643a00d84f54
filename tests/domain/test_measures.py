"""Facts that follow from other facts, from community rows and from benchmark samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from framework_picker.domain.errors import MeasureError
from framework_picker.domain.measures import (
    days_since,
    derived_facts,
    grade_on,
    idle_memory,
    months_left,
    published_date,
    ratio_to_baseline,
    with_derived_facts,
    worst_grade,
)
from framework_picker.domain.model import Alternative, Fact, FactKind
from framework_picker.domain.runs import Run
from tests.domain.benchmark_runs import run, sample, start, ui_sample
from tests.domain.catalogs import (
    AS_OF,
    EVIDENCE,
    STALE_AFTER_DAYS,
    alternative,
    capability,
    fact,
    observation,
)

STARS = {"kind": "newest", "table": "stars", "metric": "stars", "column": "value"}
SUPPORT = {
    "kind": "months_left",
    "fact": "support_end",
    "zero_when": {"fact": "lts_policy", "equals": "no"},
}


def kind(rule: Mapping[str, object], unit: str = "") -> dict[str, FactKind]:
    return {"it": FactKind(key="it", label="It", group="", meaning="", unit=unit, derive=rule)}


def derived(
    framework: Alternative,
    rule: Mapping[str, object],
    *others: Alternative,
    runs: tuple[Run, ...] = (),
    unit: str = "",
) -> Fact | None:
    return derived_facts(
        framework,
        fact_kinds=kind(rule, unit),
        as_of=AS_OF,
        stale_after_days=STALE_AFTER_DAYS,
        others={other.slug: other for other in (framework, *others)},
        runs=runs,
    ).get("it")


# --- newest


def test_the_newest_row_counts_whatever_the_order_of_rows() -> None:
    rows = (
        observation("2026-03-01", 300, source="third"),
        observation("2025-01-01", 100, source="first"),
        observation("2026-02-01", 200, source="second"),
    )

    found = derived(alternative("oak", series={"stars": rows}), STARS, unit="stars")

    assert found is not None
    assert (found.value, found.as_of, found.source, found.grade, found.unit) == (
        300,
        date(2026, 3, 1),
        ("third",),
        "A",
        "stars",
    )
    assert found.note == "newest of 3 rows (stars), from 2026-03-01"


def test_rows_of_other_metrics_and_rows_without_a_number_do_not_count() -> None:
    rows = (
        observation("2026-01-01", 100),
        observation("2026-02-01", 7, metric="forks"),
        observation("2026-03-01", None),
        observation("2026-04-01", "many"),
    )

    found = derived(alternative("oak", series={"stars": rows}), STARS)

    assert found is not None
    assert found.value == 100


def test_a_column_of_the_table_can_be_read_under_a_condition() -> None:
    rows = (
        observation("2026-01-01", 3000, metric="downloads", value_per_day="100", package="oak"),
        observation("2026-02-01", 9000, metric="downloads", value_per_day="300.5", package="oat"),
    )
    framework = alternative("oak", series={"downloads": rows})
    rule = {"kind": "newest", "table": "downloads", "column": "value_per_day"}

    anybody = derived(framework, rule)
    named = derived(framework, {**rule, "where": {"package": "oak"}})
    own = derived(framework, {**rule, "same_package": "package"})

    assert anybody is not None
    assert named is not None
    assert own is not None
    assert (anybody.value, named.value, own.value) == (300.5, 100, 100)


def test_where_there_is_no_row_there_is_no_fact() -> None:
    assert derived(alternative("oak"), STARS) is None


def test_two_projects_that_are_one_signal_share_one_reading_and_say_so() -> None:
    star = alternative("starlette", series={"stars": (observation("2026-01-01", 11),)})
    fast = alternative(
        "fastapi", name="FastAPI", series={"stars": (observation("2026-02-01", 90),)}
    )
    rule = {**STARS, "shares_signal_with": {"starlette": "fastapi"}}

    shared, own = derived(star, rule, fast), derived(fast, rule, star)

    assert shared is not None
    assert own is not None
    assert (shared.value, shared.as_of) == (own.value, own.as_of) == (90, date(2026, 2, 1))
    assert shared.note.startswith("FastAPI and Starlette are one signal")
    assert "signal" not in own.note


def test_a_reading_older_than_the_threshold_is_grade_d() -> None:
    old = alternative("oak", series={"stars": (observation("2024-05-01", 11),)})

    found = derived(old, STARS)

    assert found is not None
    assert found.grade == "D"
    assert grade_on("A", date(2024, 11, 20), AS_OF, STALE_AFTER_DAYS) == "A"
    assert grade_on("A", date(2024, 11, 19), AS_OF, STALE_AFTER_DAYS) == "D"


# --- days_since


def test_days_are_counted_to_the_date_of_the_catalog() -> None:
    written = fact("2026-02-19", source=("index",))

    found = derived(
        alternative("oak", facts={"latest_release_date": written}),
        {"kind": "days_since", "fact": "latest_release_date"},
    )

    assert found is not None
    assert (found.value, found.unit, found.source) == (274, "days", ("index",))
    assert found.note == "counted from 2026-02-19 to 2026-11-20"


def test_days_since_an_unknown_or_unreadable_date_are_unknown() -> None:
    rule = {"kind": "days_since", "fact": "latest_release_date"}

    assert derived(alternative("oak"), rule) is None
    assert days_since(fact("soon"), AS_OF) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2028-04", date(2028, 4, 30)),
        ("2028-02", date(2028, 2, 29)),
        ("2027-Q3", date(2027, 9, 30)),
        ("2028", date(2028, 12, 31)),
        ("2027-04-05", date(2027, 4, 5)),
        ("ongoing", None),
        ("2027-13", None),
        ("2027-02-30", None),
    ],
)
def test_a_published_date_means_its_last_day(text: str, expected: date | None) -> None:
    assert published_date(text) == expected


# --- months_left


def test_the_longest_security_support_of_a_released_series_counts() -> None:
    written = Fact(
        value=(
            {"series": "5.2 LTS", "mainstream": "2025-12-03", "security": "2028-04"},
            {"series": "6.1", "security": "2027-12"},
            {"series": "2028", "security": "2031-01", "planned": True},
            {"series": "rolling", "security": "ongoing"},
        ),
        as_of=date(2026, 8, 21),
        source=("page",),
        grade="B",
    )

    found = derived(alternative("oak", facts={"support_end": written}), SUPPORT)

    assert found is not None
    # 2026-11-20 to 2028-04-30 is 527 days, 30.44 days a month.
    assert found.value == pytest.approx(17.3)
    assert (found.as_of, found.source) == (date(2026, 8, 21), ("page",))
    assert "5.2 LTS ends on 2028-04-30" in found.note


def test_support_that_is_over_is_zero_months_not_less() -> None:
    over = fact(({"series": "7.0", "security": "2026-08-19"},))

    found = months_left(over, AS_OF)

    assert found is not None
    assert found.value == 0


def test_without_any_end_date_the_months_are_unknown() -> None:
    endless = fact(({"series": "5.x", "security": "ongoing"},))

    assert months_left(endless, AS_OF) is None


def test_an_old_date_says_nothing_while_a_newer_series_goes_on() -> None:
    rolling = fact(
        (
            {"series": "7.1", "security": "ongoing"},
            {"series": "7.0", "security": "2026-08-19"},
        )
    )

    assert months_left(rolling, AS_OF) is None
    assert derived(alternative("oak"), SUPPORT) is None


@pytest.mark.parametrize("answer", ["no", False])
def test_a_project_that_promises_no_longer_support_has_no_months(answer: str | bool) -> None:
    found = derived(alternative("oak", facts={"lts_policy": answer}), SUPPORT)

    assert found is not None
    assert (found.value, found.source) == (0, ("manual",))


def test_a_promise_without_dates_is_unknown_not_zero() -> None:
    assert derived(alternative("oak", facts={"lts_policy": "yes"}), SUPPORT) is None


# --- covered


def covered_rule(*keys: str) -> dict[str, object]:
    return {"kind": "covered", "capabilities": list(keys)}


def test_coverage_is_the_percentage_of_verified_jobs_that_are_done() -> None:
    framework = alternative(
        "oak",
        capabilities={
            "a": capability("built-in", source=("one",), as_of=date(2026, 11, 1)),
            "b": capability("third-party", source=("two",), grade="C", as_of=date(2026, 3, 1)),
            "c": capability("none", source=("one",)),
        },
    )

    found = derived(framework, covered_rule("a", "b", "c", "d"))

    assert found is not None
    assert found.value == pytest.approx(66.7)
    assert (found.source, found.grade, found.as_of) == (("one", "two"), "C", date(2026, 3, 1))
    assert found.note == "2 of 3; none: c; not verified: d"


def test_coverage_is_unknown_when_more_than_a_third_is_not_verified() -> None:
    framework = alternative("oak", capabilities={"a": "built-in", "b": "built-in"})

    assert derived(framework, covered_rule("a", "b", "c")) is not None
    assert derived(framework, covered_rule("a", "b", "c", "d")) is None


# --- total and count


def test_a_total_adds_the_rows_since_a_date() -> None:
    rows = tuple(
        observation(f"{year}-01-01", year - 2000, metric="posts") for year in (2019, 2025, 2026)
    )
    rule = {"kind": "total", "table": "jobs", "metric": "posts", "since": "2025-01-01"}

    found = derived(alternative("oak", series={"jobs": rows}), rule)

    assert found is not None
    assert (found.value, found.as_of) == (51, date(2026, 1, 1))
    assert found.note == "sum of 2 rows, 2025-01-01 to 2026-01-01"
    assert derived(alternative("oak"), rule) is None


def test_rows_are_counted_and_no_row_is_zero_only_where_the_table_looks() -> None:
    rows = (observation("2025-01-01", None, metric="advisory"),)
    seen = alternative("oak", series={"advisories": rows * 3})
    clean = alternative("elm")
    ruby = alternative("rubus", language="Ruby")
    rule = {"kind": "count", "table": "advisories", "zero_when": {"language": "Python"}}

    counted, none = derived(seen, rule), derived(clean, rule, seen)

    assert counted is not None
    assert none is not None
    assert (counted.value, none.value) == (3, 0)
    assert none.source
    assert derived(ruby, rule, seen) is None


# --- benchmark


def test_the_ratio_is_taken_within_each_round_and_then_the_median() -> None:
    samples = (
        # A slow second round slows both alike.
        *(sample("bare-asgi", 1, 10_000), sample("oak", 1, 5_000)),
        *(sample("bare-asgi", 2, 1_000), sample("oak", 2, 400)),
        *(sample("bare-asgi", 3, 10_000), sample("oak", 3, 4_500)),
        sample("oak", 4, 9_999),
        sample("oak", 3, 1, is_valid=False),
        sample("oak", 1, 1, scenario="template"),
    )

    found = ratio_to_baseline("oak", samples, scenario="json")

    assert found is not None
    assert found.value == pytest.approx(0.45)
    assert (found.grade, found.source, found.as_of) == ("A", ("measured:first",), AS_OF)
    assert "median of 3 rounds (0.4 to 0.5) on two cores" in found.note


def test_within_a_round_the_median_of_the_samples_counts() -> None:
    samples = (
        *(sample("bare-asgi", 1, rps) for rps in (90, 100, 900)),
        *(sample("oak", 1, rps) for rps in (10, 50, 60)),
    )

    found = ratio_to_baseline("oak", samples, scenario="json")

    assert found is not None
    assert found.value == 0.5


def test_without_valid_samples_throughput_is_unknown() -> None:
    rule = {"kind": "benchmark", "scenario": "json", "metric": "ratio_to_baseline"}
    invalid = (sample("bare-asgi", 1, 100), sample("oak", 1, 50, is_valid=False))

    assert derived(alternative("oak"), rule) is None
    assert derived(alternative("oak"), rule, runs=(run(samples=invalid),)) is None
    assert ratio_to_baseline("oak", (sample("oak", 1, 5),), scenario="json") is None


def test_the_newest_run_that_measured_the_framework_counts() -> None:
    older = date(2026, 1, 1)
    samples = (
        sample("bare-asgi", 1, 100, run="old", as_of=older),
        sample("oak", 1, 10, run="old", as_of=older),
        sample("elm", 1, 30, run="old", as_of=older),
        sample("bare-asgi", 1, 100, run="new"),
        sample("oak", 1, 20, run="new"),
    )

    oak = ratio_to_baseline("oak", samples, scenario="json")
    elm = ratio_to_baseline("elm", samples, scenario="json")

    assert oak is not None
    assert elm is not None
    assert (oak.value, oak.source) == (0.2, ("measured:new",))
    assert (elm.value, elm.source) == (0.3, ("measured:old",))


def test_connection_modes_are_never_mixed() -> None:
    samples = (
        *(sample("bare-asgi", r, 100) for r in (1, 2)),
        *(sample("oak", r, 50) for r in (1, 2)),
        sample("bare-asgi", 1, 100, mode="close"),
        sample("oak", 1, 90, mode="close"),
    )

    main = ratio_to_baseline("oak", samples, scenario="json")
    close = ratio_to_baseline("oak", samples, scenario="json", mode="close")

    assert main is not None
    assert close is not None
    assert (main.value, close.value) == (0.5, 0.9)


def test_a_framework_with_its_own_server_is_held_against_the_bare_one_beside_it() -> None:
    documented: dict[str, Any] = {"matrix": "documented-server"}
    samples = (
        *(sample("bare-asgi", r, 100) for r in (1, 2)),
        *(sample("oak", r, 60) for r in (1, 2)),
        *(sample("bare-asgi", r, 200, **documented) for r in (1, 2)),
        *(sample("oak", r, 180, **documented) for r in (1, 2)),
        *(sample("elm", r, 50, **documented) for r in (1, 2)),
    )

    oak = ratio_to_baseline("oak", samples, scenario="json")
    elm = ratio_to_baseline("elm", samples, scenario="json")

    assert oak is not None
    assert elm is not None
    assert (oak.value, elm.value) == (0.6, 0.25)
    assert "documented server" not in oak.note
    assert "it was not measured otherwise" in elm.note
    own = ratio_to_baseline("oak", samples, scenario="json", matrix="documented-server")
    assert own is not None
    assert own.value == 0.9
    assert "each on its documented server" in own.note
    assert "not measured otherwise" not in own.note


def test_classes_of_database_access_and_levels_of_load_are_never_mixed() -> None:
    samples = (
        *(sample("bare-asgi", r, 100, database="raw", connections=32) for r in (1, 2)),
        *(sample("bare-asgi", r, 50, database="orm", connections=32) for r in (1, 2)),
        *(sample("bare-asgi", r, 10, database="orm", connections=1) for r in (1, 2)),
        *(sample("oak", r, 25, database="orm", connections=32) for r in (1, 2)),
        sample("oak", 1, 9, database="orm", connections=1),
    )

    found = ratio_to_baseline("oak", samples, scenario="json")

    assert found is not None
    assert found.value == 0.5


def test_an_entry_counts_for_the_framework_it_names() -> None:
    samples = (sample("bare-asgi", 1, 100), sample("oak-api", 1, 40, entry="oak-with-api"))

    found = ratio_to_baseline("oak-api", samples, scenario="json")

    assert found is not None
    assert found.value == 0.4
    assert ratio_to_baseline("oak-with-api", samples, scenario="json") is None


# --- idle memory

MEMORY = {"kind": "idle_memory", "fact": "idle_pss_mb"}


def test_memory_at_rest_is_the_median_of_the_starts_on_the_shared_server() -> None:
    starts = (
        *(start("oak", mb, round=r) for r, mb in enumerate((40, 50, 90), start=1)),
        start("oak", 1, is_valid=False),
        start("oak", 200, matrix="documented-server"),
        start("elm", 70, matrix="documented-server"),
    )
    runs = (run(starts=starts),)

    oak, elm = idle_memory("oak", runs), idle_memory("elm", runs)

    assert oak is not None
    assert elm is not None
    assert (oak.value, oak.unit, oak.source) == (50, "MB", ("measured:first",))
    assert "the server that all were measured with" in oak.note
    assert elm.value == 70
    assert "documented server" in elm.note


def test_a_run_of_user_interfaces_measures_memory_too_and_the_newest_run_counts() -> None:
    runs = (
        run("old", as_of=date(2026, 1, 1), starts=(start("oak", 40), start("elm", 30))),
        run("new", kind="ui", ui_samples=(ui_sample("oak", 90), ui_sample("oak", 100, round=2))),
    )

    oak, elm = idle_memory("oak", runs), idle_memory("elm", runs)

    assert oak is not None
    assert elm is not None
    assert (oak.value, oak.source) == (95, ("measured:new",))
    assert (elm.value, elm.source) == (30, ("measured:old",))


def test_without_a_run_the_written_memory_counts_and_the_note_says_so() -> None:
    framework = alternative("oak", facts={"idle_pss_mb": 44.3})

    alone = derived(framework, MEMORY)
    beside = derived(framework, MEMORY, runs=(run(starts=(start("elm", 30),)),))
    measured = derived(framework, MEMORY, runs=(run(starts=(start("oak", 30),)),))

    assert alone is not None
    assert beside is not None
    assert measured is not None
    assert (alone.value, beside.value, measured.value) == (44.3, 44.3, 30)
    assert "no benchmark run measured it" not in alone.note
    assert "no benchmark run measured it" in beside.note
    assert derived(alternative("elm"), MEMORY) is None


# --- the whole catalog


def test_an_addon_reads_the_community_of_its_base_and_says_so() -> None:
    base = alternative("oak", series={"stars": (observation("2026-01-01", 100, package="oak"),)})
    addon = alternative("oak-api", role="addon", extends="oak", name="Oak API", package="oak-api")
    rule = {**STARS, "same_package": "package"}

    completed = with_derived_facts(
        {"oak-api": addon, "oak": base},
        fact_kinds=kind(rule),
        capability_value=EVIDENCE.capability_value,
        as_of=AS_OF,
        stale_after_days=STALE_AFTER_DAYS,
    )

    assert list(completed) == ["oak", "oak-api"]
    assert completed["oak-api"].facts["it"].value == 100
    assert "so this is the reading of Oak:" in completed["oak-api"].facts["it"].note


def test_an_addon_derives_from_its_own_written_facts_first() -> None:
    base = alternative("oak", facts={"latest_release_date": "2026-11-10"})
    addon = alternative("oak-api", extends="oak", facts={"latest_release_date": "2026-11-19"})

    completed = with_derived_facts(
        {"oak": base, "oak-api": addon},
        fact_kinds=kind({"kind": "days_since", "fact": "latest_release_date"}),
        capability_value=EVIDENCE.capability_value,
        as_of=AS_OF,
        stale_after_days=STALE_AFTER_DAYS,
    )

    assert (completed["oak"].facts["it"].value, completed["oak-api"].facts["it"].value) == (10, 1)


def test_an_addon_without_its_base_is_refused() -> None:
    with pytest.raises(MeasureError, match="oak-api: extends oak"):
        with_derived_facts(
            {"oak-api": alternative("oak-api", extends="oak")},
            fact_kinds={},
            capability_value=EVIDENCE.capability_value,
            as_of=AS_OF,
            stale_after_days=STALE_AFTER_DAYS,
        )


def test_a_written_fact_is_never_overwritten() -> None:
    framework = alternative(
        "oak", facts={"it": 7}, series={"stars": (observation("2026-01-01", 100),)}
    )

    assert derived(framework, STARS) is None


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "guess"},
        {},
        {"kind": "newest"},
        {"kind": "newest", "table": 3},
        {"kind": "newest", "table": "stars", "where": "all"},
        {"kind": "total", "table": "jobs", "since": "long ago"},
        {"kind": "covered", "capabilities": "all"},
        {"kind": "benchmark", "scenario": "json", "metric": "mean"},
        {"kind": "months_left", "fact": "support_end", "zero_when": "never"},
        {"kind": "count", "table": "advisories", "zero_when": {"colour": "red"}},
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_by_name(rule: Mapping[str, object]) -> None:
    with pytest.raises(MeasureError, match="it: derive"):
        derived(alternative("oak"), rule)


def test_the_worst_grade_is_the_last_letter() -> None:
    assert worst_grade(["A", "C", "B"]) == "C"
    assert worst_grade([]) == "A"


def test_every_derived_fact_carries_a_source_a_date_and_a_note() -> None:
    framework = alternative(
        "oak",
        facts={"latest_release_date": "2026-02-19", "lts_policy": "no"},
        capabilities={"a": "built-in"},
        series={"stars": (observation("2026-01-01", 100),)},
    )
    rules: list[Mapping[str, object]] = [
        STARS,
        SUPPORT,
        covered_rule("a"),
        {"kind": "days_since", "fact": "latest_release_date"},
        {"kind": "count", "table": "stars"},
        {"kind": "total", "table": "stars", "since": date(2025, 1, 1)},
    ]

    for rule in rules:
        found = derived(framework, rule)
        assert found is not None
        assert found.source
        assert found.as_of <= AS_OF
        assert found.note
        assert replace(found, note="") != found
