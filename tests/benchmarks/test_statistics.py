"""Ratios, intervals and ties: worked examples, laws, and how often an interval is right."""

import statistics as standard
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.statistics import (
    Interval,
    bootstrap,
    drift,
    paired_ratios,
    ranks,
    tie_groups,
)

positive = st.floats(min_value=1.0, max_value=1e6)
rounds = st.dictionaries(st.integers(1, 9), st.lists(positive, min_size=1, max_size=3))


def test_only_rounds_that_both_have_are_compared() -> None:
    own = {1: [500.0], 2: [600.0], 4: [700.0]}
    baseline = {1: [1000.0], 2: [1000.0, 1500.0, 1200.0], 3: [9.0]}

    assert paired_ratios(own, baseline) == [0.5, 0.5]


def test_a_machine_at_half_speed_for_a_round_changes_no_ratio() -> None:
    own, baseline = {1: [500.0], 2: [250.0]}, {1: [1000.0], 2: [500.0]}

    assert paired_ratios(own, baseline) == [0.5, 0.5]


@given(rounds)
def test_nobody_is_faster_than_itself(samples: dict[int, list[float]]) -> None:
    assert paired_ratios(samples, samples) == pytest.approx([1.0] * len(samples))


def test_a_round_without_samples_is_no_round() -> None:
    assert paired_ratios({1: []}, {1: [5.0]}) == []
    assert paired_ratios({1: [5.0]}, {1: [0.0]}) == []


@given(st.lists(positive, min_size=1, max_size=9))
def test_the_median_lies_in_its_interval_and_the_interval_in_the_samples(
    values: list[float],
) -> None:
    found = bootstrap(values)

    assert min(values) <= found.low <= found.median <= found.high <= max(values)
    assert found.median == standard.median(values)
    assert found == bootstrap(values)


def test_one_value_is_its_own_interval() -> None:
    assert bootstrap([0.5]) == Interval(0.5, 0.5, 0.5)


def test_no_value_has_no_interval() -> None:
    with pytest.raises(ValueError, match="at least one"):
        bootstrap([])


def test_three_values_by_hand() -> None:
    # A median of three draws is the lowest value with probability 7/27 and the highest likewise:
    # more than 2.5 % each, so the interval reaches both.
    assert bootstrap([1.0, 2.0, 3.0]) == Interval(1.0, 2.0, 3.0)


@pytest.mark.slow
@pytest.mark.parametrize("size", [5, 7, 15])
def test_the_interval_holds_the_true_median_about_as_often_as_it_says(size: int) -> None:
    chance = Random(20261120)
    hits = 0
    for _ in range(200):
        found = bootstrap([chance.gauss(10.0, 1.0) for _ in range(size)])
        hits += found.low <= 10.0 <= found.high

    assert 0.88 <= hits / 200 <= 0.995


def interval(low: float, high: float) -> Interval:
    return Interval(low, (low + high) / 2, high)


def test_overlapping_intervals_are_a_tie_and_ranks_leave_places_out() -> None:
    intervals = {
        "slow": interval(0.1, 0.2),
        "fast": interval(0.9, 1.0),
        "as-fast": interval(0.8, 0.9),
        "middle": interval(0.4, 0.5),
    }

    groups = tie_groups(intervals)

    assert groups == [["fast", "as-fast"], ["middle"], ["slow"]]
    assert ranks(groups) == {"fast": 1, "as-fast": 1, "middle": 3, "slow": 4}


def test_what_is_closer_than_the_noise_is_level_although_the_intervals_are_apart() -> None:
    near = {"a": Interval(1.0, 1.0, 1.0), "b": Interval(0.94, 0.94, 0.94)}
    far = {"a": Interval(1.0, 1.0, 1.0), "b": Interval(0.93, 0.93, 0.93)}

    assert tie_groups(near) == [["a", "b"]]
    assert tie_groups(far) == [["a"], ["b"]]


def test_a_chain_of_overlaps_is_no_single_tie() -> None:
    intervals = {"a": interval(8, 10), "b": interval(6, 9), "c": interval(4, 7)}

    assert tie_groups(intervals) == [["a", "b"], ["c"]]


@given(st.dictionaries(st.text(min_size=1), st.tuples(positive, positive), max_size=8))
def test_everybody_is_in_exactly_one_group(pairs: dict[str, tuple[float, float]]) -> None:
    intervals = {name: interval(min(pair), max(pair)) for name, pair in pairs.items()}

    members = [name for group in tie_groups(intervals) for name in group]

    assert sorted(members) == sorted(intervals)


def test_drift_is_the_range_as_a_share_of_the_median() -> None:
    assert drift([1000.0, 1040.0, 990.0]) == pytest.approx(0.05)
    assert drift([1000.0]) == drift([]) == 0.0
