"""From expected requests to cores, memory and cost, by what was measured here.

A core works on one request for 1 / (requests per second) seconds. A mix of small answers and pages
from a database needs the weighted sum of both times; expected requests times that, over the share
of a core that may be busy at the peak, is the number of cores.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from framework_picker.domain.errors import PlanError

MOST_REQUESTS = 10_000_000.0
MOST_PRICE = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Need:
    """Cores at the peak: with the median of the samples, with the best and the worst of them."""

    cores: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load needs. Whole cores, since half a core cannot be rented for a worker.

    ``memory_mb`` is that of one worker per core; the ``_high`` ones go with the worst samples.
    ``cost`` is the visitor's price per core times whole cores, 0 without a price.
    """

    need: Need
    microseconds: float
    cores: int
    cores_low: int
    cores_high: int
    memory_mb: float
    memory_high_mb: float
    cost: float
    cost_low: float
    cost_high: float


def plan(
    *,
    requests_per_second: float,
    page_share: float,
    small: Sequence[float],
    pages: Sequence[float],
    worker_memory_mb: float,
    price_per_core: float,
    busy_share: float,
) -> Plan:
    """Cores, memory and cost for a peak.

    Args:
        requests_per_second: Expected at the peak.
        page_share: Which part of the requests are pages from a database, 0 to 1.
        small: Samples of a small answer, requests per second of one core.
        pages: Samples of a page from a database; unused at a share of 0.
        worker_memory_mb: Memory of one worker under load; 0 where it was not measured.
        price_per_core: What the visitor pays for a core and month; 0 leaves the cost out.
        busy_share: The part of a core that may be busy at the peak, above 0 and up to 1.

    Raises:
        PlanError: a number out of range, or no samples for a share that is asked for.
    """
    checks = {
        "requests_per_second": 0 <= requests_per_second <= MOST_REQUESTS,
        "page_share": 0 <= page_share <= 1,
        "price_per_core": 0 <= price_per_core <= MOST_PRICE,
        "busy_share": 0 < busy_share <= 1,
        "small": page_share == 1 or (bool(small) and min(small) > 0),
        "pages": page_share == 0 or (bool(pages) and min(pages) > 0),
    }
    if wrong := [name for name, is_good in checks.items() if not is_good]:
        raise PlanError(f"plan: {', '.join(wrong)}: out of range or missing")

    def seconds(pick: Callable[[Sequence[float]], float]) -> float:
        total = 0.0
        if page_share < 1:
            total += (1 - page_share) / pick(small)
        if page_share > 0:
            total += page_share / pick(pages)
        return total

    typical, best, worst = seconds(median), seconds(max), seconds(min)
    need = Need(
        *(requests_per_second * one / busy_share for one in (typical, best, worst)),
    )
    cores, low, high = (_whole(one) for one in (need.cores, need.low, need.high))
    return Plan(
        need=need,
        microseconds=typical * 1e6,
        cores=cores,
        cores_low=low,
        cores_high=high,
        memory_mb=cores * worker_memory_mb,
        memory_high_mb=high * worker_memory_mb,
        cost=cores * price_per_core,
        cost_low=low * price_per_core,
        cost_high=high * price_per_core,
    )


def _whole(cores: float) -> int:
    """At least one core, whole ones; a rounding error does not buy another."""
    return max(1, math.ceil(cores - 1e-9))
