"""Rounded parts still add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework_picker.domain.rounding import rounded_parts

# Worked by hand: 33.33 three times is 100; the first part takes the missing unit.
CASES = [
    ([100 / 3, 100 / 3, 100 / 3], 0, ["34", "33", "33"], "100"),
    ([0.1, 0.2], 1, ["0.1", "0.2"], "0.3"),
    ([0.3, 0.3, 0.3], 0, ["1", "0", "0"], "1"),
    ([12.34, 20.04, 7.03], 1, ["12.4", "20.0", "7.0"], "39.4"),
    ([], 1, [], "0.0"),
    ([0.0, 0.0], 1, ["0.0", "0.0"], "0.0"),
]


@pytest.mark.parametrize(("parts", "decimals", "shown", "total"), CASES)
def test_parts_by_hand(parts: list[float], decimals: int, shown: list[str], total: str) -> None:
    assert rounded_parts(parts, decimals=decimals) == (shown, total)


@given(st.lists(st.floats(0, 100), max_size=8), st.integers(0, 2))
def test_the_parts_shown_sum_to_the_total_shown(parts: list[float], decimals: int) -> None:
    shown, total = rounded_parts(parts, decimals=decimals)
    scale = 10**decimals

    assert sum(round(float(part) * scale) for part in shown) == round(float(total) * scale)
    assert all(
        abs(float(text) - part) <= 1 / scale + 1e-9 for text, part in zip(shown, parts, strict=True)
    )
