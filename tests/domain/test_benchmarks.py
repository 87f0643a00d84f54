"""What a benchmark run says: ratios within rounds, intervals, groups of equals."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from benchmarks import statistics
from framework_picker.domain.benchmarks import (
    NOISE,
    Interval,
    bootstrap,
    cell_of,
    cells,
    latencies_at,
    latency_lines,
    line_of,
    microseconds,
    pair_ratio,
    places,
    ratios,
    speed_lines,
    speeds_of,
    start_lines,
    ui_lines,
    unusable,
    unusable_latencies,
)
from framework_picker.domain.runs import Latency, newest_first
from tests.domain.benchmark_runs import run, sample, start, ui_sample

ROUNDS = (1, 2, 3)
DOCUMENTED: dict[str, Any] = {"matrix": "documented-server"}

# The machine is slow in round 2: everybody halves. Oak answers half of what the bare server does.
SAMPLES = (
    *(sample("bare-asgi", r, rps) for r, rps in ((1, 1000), (1, 1040), (2, 510), (3, 1000))),
    *(sample("oak", r, rps) for r, rps in ((1, 510), (2, 255), (3, 500))),
    *(sample("elm", r, rps) for r, rps in ((1, 102), (2, 51), (3, 110))),
    sample("elm", 2, 1, is_valid=False, why_rejected="a busy neighbour"),
    sample("ash", 1, 400, is_valid=False, why_rejected="a busy neighbour"),
)
RUN = run(samples=SAMPLES)
CELL = cells(RUN)[0]


def test_a_ratio_compares_samples_of_one_round_by_their_medians() -> None:
    assert ratios(SAMPLES, "oak", "bare-asgi") == ((1, 0.5), (2, 0.5), (3, 0.5))
    assert ratios(SAMPLES, "ash", "bare-asgi") == ()


def test_lines_hold_every_valid_sample_and_count_the_others() -> None:
    bare, oak, elm = speed_lines(RUN, CELL)

    assert [line.entry.id for line in (bare, oak, elm)] == ["bare-asgi", "oak", "elm"]
    assert elm.points == ((1, 102), (2, 51), (3, 110))
    assert (elm.median, elm.low, elm.high, elm.rejected) == (102, 51, 110, 1)
    assert elm.reasons == ("a busy neighbour",)
    assert (oak.interval.low, oak.interval.median, oak.interval.high) == (0.5, 0.5, 0.5)
    assert bare.interval == Interval(1, 1, 1)
    assert [line.place for line in (bare, oak, elm)] == [1, 2, 3]


def test_an_entry_without_a_valid_sample_is_named_with_the_reason() -> None:
    ((entry, rejected, why),) = unusable(RUN, CELL)

    assert (entry.id, rejected, why) == ("ash", 1, ("a busy neighbour",))


def test_entries_whose_intervals_overlap_share_a_place_and_places_count_on() -> None:
    intervals = {
        "a": Interval(0.9, 1.0, 1.1),
        "b": Interval(0.8, 0.85, 0.92),
        "c": Interval(0.7, 0.75, 0.82),  # overlaps b, but not the best of the group
        "d": Interval(0.1, 0.2, 0.3),
    }

    assert places(intervals) == {"a": 1, "b": 1, "c": 3, "d": 4}
    assert places(intervals, more_is_better=False) == {"d": 1, "c": 2, "b": 2, "a": 4}


def test_the_interval_holds_the_median_lies_in_the_range_and_repeats() -> None:
    random = Random(5)
    for n in range(1, 9):
        values = [random.uniform(0.2, 0.9) for _ in range(n)]
        found = bootstrap(values)

        assert min(values) <= found.low <= found.median <= found.high <= max(values)
        assert found == bootstrap(values)
    assert bootstrap([3, 3, 3]) == Interval(3, 3, 3)


def test_the_tables_of_the_harness_have_the_same_intervals() -> None:
    random = Random(6)
    for n in range(1, 9):
        values = [random.uniform(0.2, 0.9) for _ in range(n)]
        found, theirs = bootstrap(values), statistics.bootstrap(values)

        assert (found.low, found.median, found.high) == (theirs.low, theirs.median, theirs.high)
    assert statistics.NOISE == NOISE


def test_what_is_closer_than_the_noise_is_level_although_the_intervals_are_apart() -> None:
    def alone(value: float) -> Interval:
        return Interval(value, value, value)

    assert places({"a": alone(1.0), "b": alone(0.94)}) == {"a": 1, "b": 1}
    assert places({"a": alone(1.0), "b": alone(0.93)}) == {"a": 1, "b": 2}
    assert places({"a": alone(1.0), "b": alone(1.06)}, more_is_better=False) == {"a": 1, "b": 1}
    assert places({"a": alone(1.0), "b": alone(1.08)}, more_is_better=False) == {"a": 1, "b": 2}


def test_a_slower_machine_changes_no_ratio() -> None:
    random = Random(9)
    speed = {r: random.uniform(0.3, 3) for r in ROUNDS}
    steady = [
        sample(name, r, rps * random.uniform(0.97, 1.03))
        for name, rps in (("bare-asgi", 1000), ("oak", 600))
        for r in ROUNDS
    ]
    shaken = [
        sample(one.framework, one.round, one.requests_per_second * speed[one.round])
        for one in steady
    ]

    for r in range(3):
        before = ratios(steady, "oak", "bare-asgi")[r][1]
        assert ratios(shaken, "oak", "bare-asgi")[r][1] == pytest.approx(before)


def test_more_noise_never_narrows_the_interval_of_the_same_rounds() -> None:
    calm = [0.5, 0.51, 0.49, 0.5, 0.52]
    middle = bootstrap(calm).median
    widths = [
        found.high - found.low
        for factor in (1, 2, 4, 8)
        if (found := bootstrap([middle + (value - middle) * factor for value in calm]))
    ]

    assert all(a <= b for a, b in pairwise(widths))
    assert widths[0] < widths[-1]


def test_ratios_of_a_pair_are_inverse_to_each_other() -> None:
    there, back = pair_ratio(RUN, CELL, "oak", "elm"), pair_ratio(RUN, CELL, "elm", "oak")

    assert there is not None
    assert back is not None
    assert there.median == pytest.approx(1 / back.median)
    assert pair_ratio(RUN, CELL, "oak", "ash") is None


def test_the_cell_of_a_test_is_that_at_its_usual_load() -> None:
    samples = (
        *(sample("bare-asgi", 1, 100, connections=level) for level in (1, 32, 64)),
        sample("bare-asgi", 1, 50, connections=32, mode="close"),
    )
    found = run(samples=samples)

    cell = cell_of(found, matrix="same-server", scenario="json")

    assert cell is not None
    assert cell.connections == 32
    assert cell.words == ("the same server for all, connections kept open, 32 connections at once")
    assert cell_of(found, matrix="same-server", scenario="query") is None


def test_frameworks_are_read_where_most_were_measured_and_else_on_the_other_server() -> None:
    samples = (
        *SAMPLES,
        sample("bare-asgi", 1, 2000, **DOCUMENTED),
        sample("oak", 1, 1500, **DOCUMENTED),
        sample("fir", 1, 900, **DOCUMENTED),
    )

    found = speeds_of(run(samples=samples), ("oak", "fir", "yew"), scenario="json")

    assert set(found) == {"oak", "fir"}
    assert {cell.matrix for cell, _ in found.values()} == {"documented-server"}
    assert found["oak"][1].median == 1500
    others = speeds_of(run(samples=samples), ("oak", "elm", "fir"), scenario="json")
    assert [others[slug][0].matrix for slug in ("oak", "elm", "fir")] == [
        "documented-server",
        "same-server",
        "documented-server",
    ]


def test_an_entry_without_a_common_round_is_ordered_and_says_so() -> None:
    samples = (sample("bare-asgi", 1, 100), sample("oak", 2, 50))

    oak = line_of(speed_lines(run(samples=samples), cells(run(samples=samples))[0]), "oak")

    assert oak is not None
    assert not oak.has_ratio
    assert oak.interval.median == 0.5


def test_memory_and_starting_are_better_when_less() -> None:
    starts = (
        *(start("oak", mb, round=r, start_ms=100 * r) for r, mb in enumerate((40, 42, 41), 1)),
        *(start("elm", mb, round=r) for r, mb in enumerate((30, 31, 29), 1)),
        start("elm", 900, round=4, is_valid=False),
    )
    found = run(starts=starts)

    lines = start_lines(found, "same-server", "idle-memory")

    assert [(line.entry.id, line.median, line.place) for line in lines] == [
        ("elm", 30, 1),
        ("oak", 41, 2),
    ]
    assert lines[0].rejected == 1
    assert start_lines(found, "same-server", "start-up")[0].entry.id == "oak"
    assert start_lines(found, "documented-server", "start-up") == ()


def test_latency_and_user_interfaces_have_lines_of_their_own() -> None:
    latencies = tuple(
        Latency(name, "same-server", "json", "", r, 500, "common", 1 + r, 2 + r, 3 + r)
        for name in ("oak", "elm")
        for r in ROUNDS
    )
    ui = run("ui", kind="ui", ui_samples=(ui_sample("oak", 90), ui_sample("elm", 70, p50_ms=50)))

    calm = run(starts=(start("oak", 1), start("elm", 1)), latencies=latencies)
    at_rate = latencies_at(
        calm, matrix="same-server", scenario="json", database="", rate_kind="common"
    )
    lines = latency_lines(calm, at_rate, "p99")

    assert [(line.median, line.place) for line in lines] == [(5, 1), (5, 1)]
    assert unusable_latencies(calm, at_rate) == ()
    assert [line.entry.id for line in ui_lines(ui, "change-p50")] == ["oak", "elm"]
    assert [line.entry.id for line in ui_lines(ui, "ui-memory")] == ["elm", "oak"]
    assert ui_lines(ui, "first-visit")[0].median == 200


def test_an_entry_whose_latencies_were_all_rejected_is_named_with_the_reason() -> None:
    rejected = tuple(
        Latency(
            "oak",
            "same-server",
            "json",
            "",
            r,
            9,
            "half-of-own",
            1,
            2,
            3,
            False,
            "the client was busy",
        )
        for r in ROUNDS
    )
    found = run(starts=(start("oak", 1),), latencies=rejected)

    assert latency_lines(found, found.latencies, "p50") == ()
    ((entry, count, reasons),) = unusable_latencies(found, found.latencies)
    assert (entry.id, count, reasons) == ("oak", 3, ("the client was busy",))


def test_microseconds_are_what_one_core_works_on_one_request() -> None:
    # The example of the rules: 5,900 against 5,500 requests/s is 12 microseconds.
    assert microseconds(5500) - microseconds(5900) == pytest.approx(12.3, abs=0.05)


def test_the_newest_run_comes_first() -> None:
    runs = (run("b"), run("a"), run("old", as_of=date(2026, 1, 1)), run("ui", kind="ui"))

    assert [one.name for one in newest_first(runs, "http")] == ["b", "a", "old"]
