"""Signs per test and source: by hand, by law, and on the real rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.catalog.current import get_published, get_samples
from framework_picker.domain.level import CONFIDENCE, Sign, median_interval, sign_of
from framework_picker.domain.published import (
    SPEED_METRICS,
    NotCounted,
    Published,
    PublishedRow,
    Workload,
    WorkloadTest,
)
from framework_picker.domain.runs import BenchmarkSample
from framework_picker.domain.signs import (
    NO_SHARED_CLASS,
    SIGNS,
    SignTable,
    sign_of_rows,
    sign_table,
)

ROW = PublishedRow(
    source="bench",
    round="1",
    on=date(2026, 1, 1),
    framework="oak",
    version="1.0",
    server="uvicorn",
    test="json",
    metric="rps",
    unit="req/s",
    value=300.0,
    place="owner/repository:file.json",
    commit="0123456789ab",
    grade="A",
)
ELM = replace(ROW, framework="elm", value=100.0)
WORKLOADS = {
    "json": Workload("json", "JSON", "", (), (WorkloadTest("json"),), scenarios=("json",)),
    "db": Workload("db", "Database", "", (), (WorkloadTest("db"),), uses_database=True),
}
SAMPLE = BenchmarkSample(
    framework="oak",
    scenario="json",
    mode="keep-alive",
    round=1,
    is_valid=True,
    requests_per_second=1000.0,
    run="2026-11-20-http",
    as_of=date(2026, 11, 20),
    machine="two cores",
)


def table(*rows: PublishedRow, not_counted: tuple[NotCounted, ...] = ()) -> SignTable:
    """The signs of oak against elm."""
    return sign_table(Published(rows, {"bench": "Bench"}, WORKLOADS, not_counted), (), "oak", "elm")


def measured(*rates: tuple[float, float]) -> SignTable:
    """The signs of our own rounds, each the rates of oak and elm."""
    samples = [
        replace(SAMPLE, framework=slug, round=number, requests_per_second=rate)
        for number, pair in enumerate(rates, start=1)
        for slug, rate in zip(("oak", "elm"), pair, strict=True)
    ]
    return sign_table(Published((), {}, WORKLOADS, ()), samples, "oak", "elm")


def swapped(sign: Sign) -> Sign:
    """The sign from the other side."""
    return {"ahead": "behind", "behind": "ahead"}.get(sign, sign)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("value", "sign"),
    [(300.0, "ahead"), (106.0, "ahead"), (105.0, "level"), (96.0, "level"), (50.0, "behind")],
)
def test_a_published_pair_is_level_within_five_percent(value: float, sign: Sign) -> None:
    [line] = table(replace(ROW, value=value), ELM).lines

    assert line.sign == sign
    assert line.is_counted
    assert line.rows[0].sources[0].href.startswith("https://github.com/owner/repository/blob/")
    assert (line.rows[0].on, line.rows[0].one_with) == ("2026-01-01", "1.0, uvicorn")


def test_a_source_that_knows_only_one_of_them_has_not_measured_the_pair() -> None:
    [line] = table(ROW).lines

    assert (line.sign, line.missing, line.rows) == ("unmeasured", ("elm",), ())
    assert table(ROW).count("unmeasured") == 1
    assert table().lines == ()


def test_figures_of_different_settings_say_nothing_about_the_pair() -> None:
    [line] = table(ROW, replace(ELM, round="2")).lines
    assert (line.sign, line.missing) == ("unmeasured", ())
    assert "never in one setting" in line.why_not

    raw = replace(ELM, test="db", remarks=("orm=raw",))
    [line] = table(replace(ROW, test="db", remarks=("orm=full",)), raw).lines
    assert (line.sign, line.why_not) == ("unmeasured", NO_SHARED_CLASS)


def test_rows_that_do_not_count_are_shown_with_their_sign_and_left_out_of_the_sum() -> None:
    found = table(ROW, ELM, not_counted=(NotCounted("bench", "nobody runs it"),))

    assert [(line.sign, line.why_not) for line in found.lines] == [("ahead", "nobody runs it")]
    assert found.count("ahead") == found.counted == 0


def test_a_test_that_depends_on_the_load_says_so() -> None:
    light, heavy = ("concurrency=64",), ("concurrency=512",)
    [line] = table(
        replace(ROW, remarks=light),
        replace(ELM, remarks=light),
        replace(ROW, remarks=heavy, value=10.0),
        replace(ELM, remarks=heavy),
    ).lines

    assert line.sign == "split"
    assert (line.rows_with("ahead"), line.rows_with("behind")) == (1, 1)


@pytest.mark.parametrize(
    ("signs", "sign"),
    [
        ([], "unmeasured"),
        (["ahead"], "ahead"),
        (["ahead"] * 4 + ["behind"], "ahead"),
        (["ahead"] * 3 + ["behind"], "split"),
        (["ahead", "level"], "ahead"),
        (["ahead", "level", "level"], "level"),
        (["behind", "behind", "level"], "behind"),
    ],
)
def test_many_rows_have_one_sign_when_most_agree(signs: list[Sign], sign: Sign) -> None:
    assert sign_of_rows(signs) == sign
    assert sign_of_rows([swapped(one) for one in signs]) == swapped(sign)


def test_our_own_rounds_are_compared_round_by_round() -> None:
    # The second round ran on a slow machine; both slowed down, the ratio did not.
    [line] = measured((1200, 1000), (600, 500), (1230, 1000), (1190, 1000), (1210, 1000)).lines

    assert (line.origin, line.sign, line.workload) == ("measured", "ahead", "json")
    assert line.rows[0].ratio == pytest.approx(1.2)
    assert line.rows[0].rounds == 5
    assert line.rows[0].sources[0].text.startswith("measured for this catalog")


def test_rounds_that_disagree_are_within_noise() -> None:
    assert measured((1300, 1000), (900, 1000), (1300, 1000)).lines[0].sign == "level"


def test_a_round_that_only_one_of_them_ran_does_not_compare() -> None:
    samples = (SAMPLE, replace(SAMPLE, framework="elm", round=2))
    found = sign_table(Published((), {}, WORKLOADS, ()), samples, "oak", "elm")

    assert [(line.sign, line.rows) for line in found.lines] == [("unmeasured", ())]
    rejected = replace(SAMPLE, framework="elm", is_valid=False)
    found = sign_table(Published((), {}, WORKLOADS, ()), (SAMPLE, rejected), "oak", "elm")
    assert found.lines[0].missing == ("elm",)


@pytest.mark.parametrize(
    # Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2: with n = 8 the second
    # smallest and second largest hold the median with 1 - 2 * 9 / 256 = 0.930, with n = 7 only
    # 1 - 2 * 8 / 128 = 0.875, so there the ends are needed (0.984).
    ("rounds", "places"),
    [(1, (0, 0)), (2, (0, 1)), (5, (0, 4)), (7, (0, 6)), (8, (1, 6)), (20, (5, 14))],
)
def test_the_interval_of_the_median_is_that_of_the_sign_test(
    rounds: int, places: tuple[int, int]
) -> None:
    assert CONFIDENCE == 0.9
    assert median_interval([float(n) for n in range(rounds)]) == places


@given(st.floats(0.01, 100), st.floats(1, 3))
def test_from_the_other_side_the_sign_is_turned_round(ratio: float, spread: float) -> None:
    low, high = ratio / spread, ratio * spread

    assert sign_of(1 / ratio, 1 / high, 1 / low) == swapped(sign_of(ratio, low, high))


@pytest.mark.parametrize(
    ("one", "other"),
    [("flask", "django"), ("fastapi", "litestar"), ("starlette", "falcon"), ("reflex", "django")],
)
def test_the_real_rows_answer_the_same_from_both_sides(one: str, other: str) -> None:
    published, samples = get_published(), get_samples()
    there = sign_table(published, samples, one, other)
    back = sign_table(published, samples, other, one)

    assert [swapped(line.sign) for line in there.lines] == [line.sign for line in back.lines]
    assert sum(there.count(sign) for sign in SIGNS if sign != "unmeasured") == there.counted
    for line in there.lines:
        assert line.rows or line.why_not or line.missing
        for row in line.rows:
            assert row.sources
            date.fromisoformat(row.on)


def test_every_source_with_figures_of_one_of_them_has_a_line() -> None:
    published = get_published()
    lines = sign_table(published, (), "flask", "django").lines
    names = {line.source for line in lines}

    sources = {
        published.sources.get(row.source, row.source)
        for row in published.rows
        if row.framework in ("flask", "django") and row.metric in SPEED_METRICS and row.grade != "D"
    }
    assert names == sources
