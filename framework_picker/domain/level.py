"""Who is ahead, and what is too close to say: one rule for signs and for checked claims."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from typing import Literal

Sign = Literal["ahead", "behind", "level", "split", "unmeasured"]

LEVEL = 1.05
"""Figures closer than this count as level: nobody is ahead."""

MOST_BEHIND = 0.2
"""A setting bears "faster" out while at most this share of its rows says the opposite."""

CONFIDENCE = 0.9
"""How sure the interval of a median of rounds is at least, where there are rounds enough."""


def sign_of(ratio: float, low: float, high: float, level: float = LEVEL) -> Sign:
    """The sign of a ratio: ahead or behind beyond ``level`` and beyond its interval, else level."""
    if ratio > level and low > 1:
        return "ahead"
    if ratio < 1 / level and high < 1:
        return "behind"
    return "level"


def median_interval(ratios: Sequence[float]) -> tuple[float, float]:
    """The narrowest pair of rounds that holds the median of all rounds with ``CONFIDENCE``.

    The sign-test interval: with n rounds, the k-th smallest and the k-th largest hold the true
    median with 1 - 2 P(B < k), B binomial(n, 1/2). Fewer than five rounds cannot reach it; then
    it is the smallest and the largest. (Conover, Practical Nonparametric Statistics, 3rd ed.,
    section 3.2.)
    """
    ordered = sorted(ratios)
    n = len(ordered)
    k = 1
    while 1 - 2 * _below(k + 1, n) >= CONFIDENCE:
        k += 1
    return ordered[k - 1], ordered[n - k]


def _below(k: int, n: int) -> float:
    """P(B < k) for B binomial(n, 1/2)."""
    return float(sum(comb(n, i) for i in range(k)) / 2**n)
