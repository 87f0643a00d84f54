"""Where a figure stands on the axis of a chart, in percent of its width."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from framework_picker.domain.readings import number

Scale = Literal["linear", "log"]

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_TICKS = 5
LOG_STEPS = (1.0, 2.0, 5.0)
FEW_DECADES = 1.7
"""Up to here a logarithmic axis also names 2 and 5 of each power of ten."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis."""

    position: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from ``low`` to ``high``; a linear one begins at zero."""

    scale: Scale
    low: float
    high: float
    ticks: tuple[Tick, ...]

    def position(self, value: float) -> float:
        """Percent of the width, 0 to 100."""
        return _position(self.scale, self.low, self.high, value)


def axis(values: Sequence[float], scale: Scale) -> Axis:
    """An axis with round ends that holds all values.

    A logarithmic axis cannot show zero or less: with such a value it is linear.
    """
    largest = max(values, default=1.0)
    if scale == "log" and values and min(values) > 0:
        return _log_axis(min(values), largest)
    if largest <= 0:
        largest = 1.0
    step = _step(largest)
    count = math.ceil(largest / step - 1e-9)
    high = step * count
    marks = [step * place for place in range(count + 1)]
    return Axis("linear", 0.0, high, _ticks("linear", 0.0, high, marks))


def _log_axis(smallest: float, largest: float) -> Axis:
    marks = [
        step * 10.0**power
        for power in range(math.floor(math.log10(smallest)) - 1, math.ceil(math.log10(largest)) + 2)
        for step in LOG_STEPS
    ]
    low = max(mark for mark in marks if mark <= smallest * (1 + 1e-9))
    high = min(mark for mark in marks if mark >= largest * (1 - 1e-9) and mark > low)
    inside = [mark for mark in marks if low <= mark <= high]
    if math.log10(high / low) > FEW_DECADES:
        powers = [
            mark
            for mark in inside
            if math.isclose(math.log10(mark) % 1, 0, abs_tol=1e-9)
            or math.isclose(math.log10(mark) % 1, 1, abs_tol=1e-9)
        ]
        inside = powers if len(powers) > 1 else inside
    return Axis("log", low, high, _ticks("log", low, high, inside))


def _step(largest: float) -> float:
    """The smallest round step with at most ``MOST_TICKS`` of them up to the largest value."""
    power = 10.0 ** math.floor(math.log10(largest / MOST_TICKS))
    return next(step * power for step in STEPS if step * power * MOST_TICKS >= largest * (1 - 1e-9))


def _ticks(scale: Scale, low: float, high: float, marks: Sequence[float]) -> tuple[Tick, ...]:
    return tuple(
        Tick(round(_position(scale, low, high, mark), 3), number(_tidy(mark))) for mark in marks
    )


def _position(scale: Scale, low: float, high: float, value: float) -> float:
    if scale == "log":
        share = math.log(value / low) / math.log(high / low)
    else:
        share = (value - low) / (high - low)
    return min(100.0, max(0.0, 100 * share))


def _tidy(value: float) -> float:
    """Without the last digits of sums of floats."""
    return float(f"{value:.10g}")
