"""Where figures stand on an axis."""

from __future__ import annotations

from random import Random

import pytest

from framework_picker.domain.axis import MOST_TICKS, axis


def test_a_linear_axis_begins_at_zero_and_ends_at_a_round_number() -> None:
    found = axis([820, 3700, 2100], "linear")

    assert (found.low, found.high) == (0, 4000)
    assert [tick.label for tick in found.ticks] == ["0", "1000", "2000", "3000", "4000"]
    assert found.position(1000) == 25


def test_a_logarithmic_axis_has_equal_steps_for_equal_factors() -> None:
    found = axis([10, 1000], "log")

    assert [tick.label for tick in found.ticks] == ["10", "100", "1000"]
    assert found.position(100) == pytest.approx(50)


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_every_value_lies_on_the_axis_in_its_order(scale: str) -> None:
    random = Random(3)
    for _ in range(300):
        values = [10 ** random.uniform(-3, 6) for _ in range(random.randint(1, 12))]
        found = axis(values, scale)  # type: ignore[arg-type]
        places = [found.position(value) for value in sorted(values)]

        assert places == sorted(places)
        assert places[0] >= 0
        assert places[-1] <= 100
        assert found.low <= min(values)
        assert max(values) <= found.high * (1 + 1e-9)
        assert len(found.ticks) >= 2
        if scale == "linear":
            assert len(found.ticks) <= MOST_TICKS + 1


@pytest.mark.parametrize("values", [[], [0.0], [0.0, 0.0]])
def test_nothing_and_zero_have_an_axis_too(values: list[float]) -> None:
    assert axis(values, "linear").position(0) == 0
    assert axis(values, "log").position(0) == 0


def test_zero_on_a_logarithmic_axis_makes_it_linear() -> None:
    assert axis([0, 10], "log").scale == "linear"
