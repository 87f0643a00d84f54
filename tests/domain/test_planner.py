"""From expected requests to cores, memory and cost."""

from __future__ import annotations

import pytest

from framework_picker.domain.errors import PlanError
from framework_picker.domain.planner import Plan, plan


def planned(**entries: float | list[float]) -> Plan:
    """A plan with easy numbers: 1000 small answers or 100 pages a second and core, half busy."""
    known: dict[str, object] = {
        "requests_per_second": 1000.0,
        "page_share": 0.0,
        "small": [1000.0],
        "pages": [100.0],
        "worker_memory_mb": 50.0,
        "price_per_core": 10.0,
        "busy_share": 0.5,
    }
    return plan(**(known | entries))  # type: ignore[arg-type]


def test_by_hand() -> None:
    # 1000 requests of 1 ms are one busy core; half busy means two.
    alone = planned()
    assert (alone.cores, alone.memory_mb, alone.cost, alone.microseconds) == (2, 100, 20, 1000)

    # Half of them pages of 10 ms: 500 x 1 ms + 500 x 10 ms = 5.5 busy cores, 11 at half.
    mixed = planned(page_share=0.5)
    assert mixed.need.cores == pytest.approx(11)
    assert mixed.cores == 11


def test_the_range_comes_from_the_best_and_the_worst_sample() -> None:
    found = planned(small=[800.0, 1000.0, 1250.0])

    assert (found.need.low, found.need.cores, found.need.high) == pytest.approx((1.6, 2.0, 2.5))
    assert (found.cores_low, found.cores, found.cores_high) == (2, 2, 3)
    assert (found.cost_low, found.cost, found.cost_high) == (20, 20, 30)
    assert found.memory_high_mb == 150


@pytest.mark.parametrize("factor", [0.1, 2, 7.5, 100])
def test_need_grows_as_the_load_grows(factor: float) -> None:
    one, more = planned(page_share=0.3), planned(page_share=0.3, requests_per_second=1000 * factor)

    assert more.need.cores == pytest.approx(one.need.cores * factor)
    assert more.microseconds == one.microseconds


def test_more_pages_never_need_less_when_pages_are_slower() -> None:
    needs = [planned(page_share=share / 10).need.cores for share in range(11)]

    assert needs == sorted(needs)


def test_even_no_load_needs_a_core_and_a_price_of_nothing_costs_nothing() -> None:
    found = planned(requests_per_second=0.0, price_per_core=0.0)

    assert (found.cores, found.cost) == (1, 0)


def test_pages_alone_need_no_figure_for_small_answers() -> None:
    assert planned(page_share=1.0, small=[]).need.cores == pytest.approx(20)


@pytest.mark.parametrize(
    "wrong",
    [
        {"requests_per_second": -1.0},
        {"requests_per_second": float("nan")},
        {"requests_per_second": 1e12},
        {"page_share": 1.2},
        {"page_share": -0.1},
        {"price_per_core": -5.0},
        {"price_per_core": float("inf")},
        {"busy_share": 0.0},
        {"busy_share": 1.5},
        {"small": []},
        {"small": [0.0]},
        {"page_share": 0.5, "pages": []},
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(PlanError, match="out of range or missing"):
        planned(**wrong)
