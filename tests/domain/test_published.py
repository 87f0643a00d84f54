"""Which published rows may be compared: small tables one can check by hand, and the real ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from framework_picker.catalog.current import get_published
from framework_picker.domain.published import (
    KEPT_OPEN,
    NEW_EACH_TIME,
    NotCounted,
    Published,
    PublishedRow,
    Workload,
    WorkloadTest,
    connection_mode,
    matches,
    pairs,
)

ROW = PublishedRow(
    source="bench",
    round="1",
    on=date(2026, 1, 1),
    framework="oak",
    version="1.0",
    server="",
    test="json",
    metric="rps",
    unit="req/s",
    value=300.0,
    place="a/b:c",
    commit="",
    grade="A",
    remarks=("concurrency=64",),
)
ELM = replace(ROW, framework="elm", value=100.0)
JSON = Workload("json", "JSON", "", ("JSON",), (WorkloadTest("json"),))
DATABASE = Workload("db", "Database", "", ("db",), (WorkloadTest("db*"),), uses_database=True)


def published(*rows: PublishedRow, not_counted: tuple[NotCounted, ...] = ()) -> Published:
    """These rows, with two workloads."""
    return Published(
        rows=rows,
        sources={"bench": "Bench"},
        workloads={"json": JSON, "db": DATABASE},
        not_counted=not_counted,
    )


def ratios(*rows: PublishedRow) -> list[float]:
    """The ratios of every pair that counts."""
    return [pair.ratio for pair in pairs(published(*rows), "oak", "elm")[0] if not pair.why_not]


def test_two_rows_of_one_setting_make_a_pair() -> None:
    assert ratios(ROW, ELM) == [3.0]


@pytest.mark.parametrize(
    "other",
    [
        replace(ELM, source="another"),
        replace(ELM, round="2"),
        replace(ELM, on=date(2026, 1, 2)),
        replace(ELM, test="other"),
        replace(ELM, metric="latency_avg"),
        replace(ELM, remarks=("concurrency=256",)),
        replace(ELM, remarks=("concurrency=64", "tool=wrk, Connection: close")),
        replace(ELM, grade="D"),
        replace(ELM, value=0.0),
        replace(ELM, framework="ash"),
    ],
)
def test_rows_of_different_settings_never_meet(other: PublishedRow) -> None:
    assert ratios(ROW, other) == []


def test_what_belongs_to_one_entry_alone_does_not_part_a_setting() -> None:
    with_entry = replace(ELM, remarks=("entry=elm", "concurrency=64", "errors=0", "orm=full"))

    assert ratios(ROW, with_entry) == [3.0]


def test_with_a_database_only_the_same_class_compares() -> None:
    full = replace(ROW, test="db", remarks=("orm=full", "db=mysql"))
    raw = replace(ELM, test="db", remarks=("orm=raw", "db=mysql"))
    found, unmatched = pairs(published(full, raw), "oak", "elm")

    assert found == ()
    assert [(one.workload, one.one, one.other) for one in unmatched] == [
        ("db", ("full mysql",), ("raw mysql",))
    ]
    assert ratios(full, replace(raw, remarks=full.remarks)) == [3.0]


def test_the_fastest_entry_speaks_for_a_framework() -> None:
    slow = replace(ROW, value=50.0, server="slow")

    assert ratios(slow, ROW, ELM) == [3.0]


def test_where_a_source_names_its_best_the_levels_are_left_out() -> None:
    best = replace(ROW, metric="rps_best", value=400.0, remarks=("concurrency=512",))
    other = replace(ELM, metric="rps_best", value=200.0, remarks=("concurrency=64",))

    assert ratios(ROW, ELM, best, other) == [2.0]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (replace(ELM, source="bench (vendor)"), "published by one of the compared projects"),
        (replace(ELM, grade="C"), "copied by a third party, grade C"),
        (replace(ELM, remarks=("concurrency=64", "errors=100")), "more than one request in a"),
        (replace(ELM, server="dev server"), "nobody runs it"),
    ],
)
def test_what_does_not_count_is_shown_with_the_reason(row: PublishedRow, why: str) -> None:
    rule = NotCounted("bench", "nobody runs it", server="dev*")
    mate = replace(ROW, source=row.source)
    (pair,) = pairs(published(mate, row, not_counted=(rule,)), "oak", "elm")[0]

    assert pair.why_not.startswith(why)


def test_a_row_that_counts_is_preferred_to_a_faster_one_that_does_not() -> None:
    rule = NotCounted("bench", "nobody runs it", server="dev*")
    fast = replace(ELM, server="dev server", value=900.0)
    (pair,) = pairs(published(ROW, ELM, fast, not_counted=(rule,)), "oak", "elm")[0]

    assert (pair.ratio, pair.why_not) == (3.0, "")


def test_swapping_the_two_turns_every_ratio_over() -> None:
    real = get_published()
    forth, _ = pairs(real, "fastapi", "flask")
    back, _ = pairs(real, "flask", "fastapi")

    assert len(forth) == len(back) > 50
    assert sorted(pair.ratio for pair in forth) == pytest.approx(
        sorted(1 / pair.ratio for pair in back)
    )


@pytest.mark.parametrize(
    ("tool", "mode"),
    [
        ("tool=wrk, Connection: keep-alive", KEPT_OPEN),
        ("tool=wrk, Connection: close", NEW_EACH_TIME),
        ("tool=oha --disable-keepalive", NEW_EACH_TIME),
        ("tool=ab", ""),
        ("concurrency=64", ""),
    ],
)
def test_the_tool_says_whether_connections_were_kept_open(tool: str, mode: str) -> None:
    assert connection_mode(replace(ROW, remarks=(tool,))) == mode


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("json", "json", True),
        ("json", "json-4096", False),
        ("json-*", "json-4096", True),
        ("*nginx", "no nginx", True),
        ("*ng*", "no nginx", True),
        ("", "anything", True),
    ],
)
def test_patterns_have_a_star_at_either_end(pattern: str, text: str, fits: bool) -> None:
    assert matches(pattern, text) is fits


def test_the_real_rows_are_those_that_were_collected() -> None:
    rows = get_published().rows

    # The counts that came with the rows.
    assert len(rows) == 8972
    assert {grade: sum(row.grade == grade for row in rows) for grade in "ABCD"} == {
        "A": 6524,
        "B": 2117,
        "C": 25,
        "D": 306,
    }


def test_techempower_2019_gives_the_ratio_of_its_own_table() -> None:
    # fastapi 175 997.1 and flask 62 887.4 requests a second, JSON, run of 2019-12-11.
    found, _ = pairs(get_published(), "fastapi", "flask")
    (pair,) = [
        pair for pair in found if pair.workload == "json" and pair.one.source == "techempower-tfb"
    ]

    assert pair.ratio == pytest.approx(175_997.1 / 62_887.4, rel=1e-4)
    assert pair.grade == "A"


def test_django_and_fastapi_have_no_common_database_class_in_techempower() -> None:
    _, unmatched = pairs(get_published(), "django", "fastapi")

    assert {one.workload for one in unmatched} == {
        "database",
        "many-queries",
        "updates",
        "templates",
    }
