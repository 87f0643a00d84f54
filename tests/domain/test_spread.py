"""How values spread, and which raw measures are worth round values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.model import ValueFunction
from framework_picker.domain.spread import spread, ticks
from framework_picker.domain.value_functions import value
from framework_picker.domain.values import value_table
from tests.domain.catalogs import catalog_of_values


def test_close_values_stand_above_each_other_and_unknown_ones_are_counted_apart() -> None:
    catalog = catalog_of_values(
        {
            "ash": {"x": 10.0},
            "elm": {"x": 11.0},
            "fir": {"x": 90.0},
            "oak": {"x": 100.0},
            "yew": {"x": None},
        }
    )
    found = spread(catalog, value_table(catalog), "x")

    assert found.stacks == ((10.0, 2), (90.0, 1), (100.0, 1))
    assert found.known == 4
    assert found.sentence == (
        "Lowest Ash (10), highest Oak (100), half of them at 50.5 or above; not verified for 1."
    )


def test_a_criterion_nobody_has_verified_says_so() -> None:
    catalog = catalog_of_values({"ash": {"x": None}, "elm": {"x": None}})

    assert spread(catalog, value_table(catalog), "x").stacks == ()


def test_a_logarithmic_scale_from_ten_to_a_thousand_has_its_middle_at_a_hundred() -> None:
    function = ValueFunction(points=((10, 100), (1000, 0)), scale="log")

    assert [worth for worth, _ in ticks(function)] == [0, 25, 50, 75, 100]
    assert [round(raw, 1) for _, raw in ticks(function)] == [1000, 316.2, 100, 31.6, 10]


def test_a_scale_that_does_not_reach_a_value_has_no_tick_there() -> None:
    assert [worth for worth, _ in ticks(ValueFunction(points=((0, 20), (10, 80))))] == [25, 50, 75]


def test_a_scale_with_a_flat_stretch_shows_its_breakpoints() -> None:
    function = ValueFunction(points=((0, 0), (10, 50), (20, 50), (30, 100)))

    assert ticks(function) == ((0, 0), (50, 10), (50, 20), (100, 30))


@given(
    low=st.floats(min_value=0.1, max_value=100),
    factor=st.floats(min_value=1.5, max_value=1000),
    scale=st.sampled_from(["linear", "log"]),
    is_falling=st.booleans(),
)
def test_a_tick_is_worth_what_it_says(
    low: float, factor: float, scale: str, is_falling: bool
) -> None:
    ends = (100.0, 0.0) if is_falling else (0.0, 100.0)
    function = ValueFunction(
        points=((low, ends[0]), (low * factor, ends[1])),
        scale="log" if scale == "log" else "linear",
    )

    for worth, raw in ticks(function):
        assert value(raw, function) == pytest.approx(worth, abs=1e-6)
