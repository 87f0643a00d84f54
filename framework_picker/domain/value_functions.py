"""From a raw measure to a value between 0 and 100, on fixed anchors (METHOD section 1)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framework_picker.domain.errors import ValueFunctionError
from framework_picker.domain.model import Capability, FactValue, ValueFunction, capability_state

LOWEST = 0.0
HIGHEST = 100.0
UNKNOWN_VALUE = 50.0


def category(raw: FactValue) -> str:
    """The word a table of levels or a rule compares with: booleans read ``yes`` and ``no``."""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return str(raw)


def checked_points(points: Sequence[Sequence[float]]) -> tuple[NDArray[np.float64], ...]:
    """The breakpoints as two arrays, x and value.

    Raises:
        ValueFunctionError: fewer than two breakpoints, NaN or infinity, x not strictly
            increasing, or values that go up and down.
    """
    if len(points) < 2:
        raise ValueFunctionError(f"expected at least two breakpoints, got {len(points)}")
    for position, point in enumerate(points):
        if len(point) != 2:
            raise ValueFunctionError(f"breakpoint {position + 1}: expected (x, value), got {point}")
    table = np.asarray(points, dtype=np.float64)
    if not np.isfinite(table).all():
        raise ValueFunctionError(f"expected finite breakpoints, got {_listed(points)}")
    x, values = table[:, 0], table[:, 1]
    if not (np.diff(x) > 0).all():
        raise ValueFunctionError(f"expected x to increase strictly, got {_listed(points)}")
    steps = np.diff(values)
    if not ((steps >= 0).all() or (steps <= 0).all()):
        raise ValueFunctionError(
            f"expected values that only rise or only fall, got {_listed(points)}"
        )
    return x, values


def check(function: ValueFunction) -> None:
    """Nothing, when the value function maps onto 0..100 as it should.

    Raises:
        ValueFunctionError: for everything METHOD section 1 refuses.
    """
    if bool(function.points) == (function.levels is not None):
        raise ValueFunctionError("expected either breakpoints or levels, and not both")
    if function.levels is not None:
        if not function.levels:
            raise ValueFunctionError("expected at least one level")
        for level, value in function.levels.items():
            if not (math.isfinite(value) and LOWEST <= value <= HIGHEST):
                raise ValueFunctionError(f"level {level}: expected a value in 0..100, got {value}")
        return
    x, values = checked_points(function.points)
    if values.min() < LOWEST or values.max() > HIGHEST:
        raise ValueFunctionError(
            f"expected values in 0..100, got {values.min():g} to {values.max():g}"
        )
    if function.scale == "log" and x[0] <= 0:
        raise ValueFunctionError(f"expected positive x on a log scale, got {x[0]:g}")


@overload
def piecewise_linear(x: float, points: Sequence[Sequence[float]]) -> float: ...
@overload
def piecewise_linear(
    x: Sequence[float] | NDArray[np.float64], points: Sequence[Sequence[float]]
) -> NDArray[np.float64]: ...
def piecewise_linear(
    x: ArrayLike, points: Sequence[Sequence[float]]
) -> float | NDArray[np.float64]:
    """The value at x on straight lines between the breakpoints; outside them the nearest end.

    ``v = v_k + (v_{k+1} - v_k) (x - x_k) / (x_{k+1} - x_k)``. The scale of the values is the
    caller's (0..1 and 0..100 both work).

    Raises:
        ValueFunctionError: breakpoints as in ``checked_points``, or an x that is no finite number.
    """
    ends, values = checked_points(points)
    raw = np.asarray(x, dtype=np.float64)
    if not np.isfinite(raw).all():
        raise ValueFunctionError(f"expected a finite number, got {x!r}")
    result = np.interp(raw, ends, values)
    return float(result) if raw.ndim == 0 else np.asarray(result, dtype=np.float64)


def value(raw: FactValue, function: ValueFunction) -> float:
    """The value, 0..100, of one raw fact.

    On a log scale the breakpoints' x and the fact are both taken as log10; a fact of zero
    sits at the lower end, where a count that small belongs.

    Raises:
        ValueFunctionError: a fact that is no number where one is needed, a category without a
            level, or a value function that is not one.
    """
    if function.levels is not None:
        word = category(raw)
        if word not in function.levels:
            known = ", ".join(function.levels)
            raise ValueFunctionError(f"expected one of {known}, got {word!r}")
        result = float(function.levels[word])
    else:
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise ValueFunctionError(f"expected a number, got {raw!r}")
        if not math.isfinite(raw):
            raise ValueFunctionError(f"expected a finite number, got {raw}")
        points: Sequence[Sequence[float]] = function.points
        x = float(raw)
        if function.scale == "log":
            lowest = min((point[0] for point in points), default=0.0)
            if lowest <= 0:
                raise ValueFunctionError(f"expected positive x on a log scale, got {lowest:g}")
            if x < 0:
                raise ValueFunctionError(f"expected zero or more on a log scale, got {x:g}")
            x = math.log10(max(x, lowest))
            points = [(math.log10(point[0]), point[1]) for point in points]
        result = piecewise_linear(x, points)
    if not (math.isfinite(result) and LOWEST <= result <= HIGHEST):
        raise ValueFunctionError(f"expected a value in 0..100, got {result}")
    return result


def capability_worth(capability: Capability, capability_value: Mapping[str, float]) -> float:
    """The value, 0..100, of a capability on the catalog's capability table.

    Raises:
        ValueFunctionError: the table has no row for this state.
    """
    state = capability_state(capability)
    if state not in capability_value:
        raise ValueFunctionError(f"the capability table has no value for {state!r}")
    return float(capability_value[state])


def _listed(points: Sequence[Sequence[float]]) -> str:
    return ", ".join(f"({point[0]:g}, {point[1]:g})" for point in points)
