"""From raw measures to values between 0 and 100."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.errors import ValueFunctionError
from framework_picker.domain.model import FactValue, ValueFunction
from framework_picker.domain.value_functions import (
    capability_worth,
    category,
    check,
    piecewise_linear,
    value,
)
from tests.domain.catalogs import EVIDENCE, capability

SIZE = ValueFunction(points=((10, 100), (1000, 0)), scale="log")
DAYS = ValueFunction(points=((90, 100), (365, 60), (730, 0)))
ASYNC = ValueFunction(levels={"native": 100, "partial": 35, "none": 0})


@pytest.mark.parametrize(("raw", "expected"), [(90, 100), (227.5, 80), (365, 60), (547.5, 30)])
def test_between_breakpoints_the_value_lies_on_the_line(raw: float, expected: float) -> None:
    assert value(raw, DAYS) == pytest.approx(expected)


@pytest.mark.parametrize(("raw", "expected"), [(0, 100), (89, 100), (731, 0), (10_000, 0)])
def test_outside_the_breakpoints_the_nearest_end_counts(raw: float, expected: float) -> None:
    assert value(raw, DAYS) == expected


@pytest.mark.parametrize(("raw", "expected"), [(10, 100), (100, 50), (1000, 0), (0, 100), (1e9, 0)])
def test_on_a_log_scale_each_factor_of_ten_counts_alike(raw: float, expected: float) -> None:
    assert value(raw, SIZE) == pytest.approx(expected)


def test_a_negative_count_on_a_log_scale_is_refused() -> None:
    with pytest.raises(ValueFunctionError, match="zero or more"):
        value(-1, SIZE)


def test_levels_give_each_category_its_value() -> None:
    assert [value(word, ASYNC) for word in ("native", "partial", "none")] == [100, 35, 0]


def test_booleans_read_yes_and_no() -> None:
    table = ValueFunction(levels={"yes": 100, "no": 0})

    assert (value(True, table), value(False, table)) == (100, 0)
    assert (category(True), category("native"), category(3)) == ("yes", "native", "3")


def test_a_category_without_a_level_is_refused_by_name() -> None:
    with pytest.raises(ValueFunctionError, match="native, partial, none, got 'greenlets'"):
        value("greenlets", ASYNC)


@pytest.mark.parametrize("raw", [math.nan, math.inf, -math.inf, "12", True, (1, 2)])
def test_what_is_no_finite_number_has_no_value_on_a_line(raw: FactValue) -> None:
    with pytest.raises(ValueFunctionError):
        value(raw, DAYS)


@pytest.mark.parametrize(
    ("points", "complaint"),
    [
        ([(1, 0)], "at least two"),
        ([(1, 0), (1, 100)], "increase strictly"),
        ([(2, 0), (1, 100)], "increase strictly"),
        ([(0, 0), (1, 100), (2, 50)], "only rise or only fall"),
        ([(0, 0), (math.nan, 100)], "finite"),
        ([(0, 0), (1, math.inf)], "finite"),
        ([(0, 0), (1, -5)], r"0\.\.100"),
        ([(0, 0), (1, 101)], r"0\.\.100"),
        ([(0, 0), (1, 2, 3)], "x, value"),
    ],
)
def test_breakpoints_that_are_no_value_function_are_refused(
    points: list[tuple[float, float]], complaint: str
) -> None:
    with pytest.raises(ValueFunctionError, match=complaint):
        check(ValueFunction(points=tuple(points)))


@pytest.mark.parametrize("levels", [{}, {"a": 101.0}, {"a": math.nan}, {"a": -0.1}])
def test_levels_outside_the_scale_are_refused(levels: Mapping[str, float]) -> None:
    with pytest.raises(ValueFunctionError):
        check(ValueFunction(levels=levels))


def test_a_value_function_has_breakpoints_or_levels_but_not_both() -> None:
    with pytest.raises(ValueFunctionError, match="not both"):
        check(ValueFunction())
    with pytest.raises(ValueFunctionError, match="not both"):
        check(ValueFunction(points=((0, 0), (1, 100)), levels={"a": 1}))


def test_a_log_scale_needs_positive_breakpoints() -> None:
    with pytest.raises(ValueFunctionError, match="positive x"):
        check(ValueFunction(points=((0, 0), (1, 100)), scale="log"))


@pytest.mark.parametrize("function", [SIZE, DAYS, ASYNC])
def test_good_value_functions_pass_the_check(function: ValueFunction) -> None:
    check(function)


def test_one_number_gives_one_value_and_a_list_gives_a_list() -> None:
    assert piecewise_linear(1, [(0, 0), (2, 1)]) == 0.5
    assert piecewise_linear([0, 1, 2], [(0, 0), (2, 1)]).tolist() == [0, 0.5, 1]
    with pytest.raises(ValueFunctionError):
        piecewise_linear([1, math.nan], [(0, 0), (2, 1)])


@given(
    st.lists(st.integers(-1000, 1000), min_size=2, max_size=6, unique=True),
    st.floats(-2000, 2000),
    st.floats(-2000, 2000),
)
def test_more_is_never_worth_less_on_a_rising_function(
    xs: list[int], low: float, high: float
) -> None:
    points = [(x, 100 * k / (len(xs) - 1)) for k, x in enumerate(sorted(xs))]
    low, high = sorted((low, high))

    assert piecewise_linear(low, points) <= piecewise_linear(high, points) + 1e-9
    assert 0 <= piecewise_linear(low, points) <= 100


def test_a_capability_is_worth_what_its_state_is_worth_on_the_table() -> None:
    table = EVIDENCE.capability_value

    assert capability_worth(capability("built-in"), table) == 100
    assert capability_worth(capability("built-in", is_partial=True), table) == 50
    assert capability_worth(capability("third-party", is_stale=True), table) == 20
    assert capability_worth(capability("none", is_partial=True), table) == 0


def test_a_state_without_a_row_on_the_table_is_refused_by_name() -> None:
    with pytest.raises(ValueFunctionError, match="third-party-stale"):
        capability_worth(capability("third-party", is_stale=True), {"third-party": 60})
