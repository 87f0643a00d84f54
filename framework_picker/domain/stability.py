"""How far importances and facts may be wrong before the winner changes (METHOD section 7).

All of it is exact and needs no samples. With swing points s and the leader a, a rival b is behind
by ``Σ s_j d_j`` with ``d_j = v_aj - v_bj``: who leads depends on the sign of that sum only, and the
sum is linear in every importance (Mareschal 1988; Triantaphyllou and Sanchez 1997).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from framework_picker.domain.arrays import Floats, table, vector
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.sampling import band
from framework_picker.domain.scoring import TIE


@dataclass(frozen=True, slots=True)
class Interval:
    """Where one importance may lie, the others as they are, while the leader stays first.

    The leader is the only first exactly while the points lie strictly between ``low`` and
    ``high``; None means that there is no upper end. ``low_share`` and ``high_share`` say the same
    as a share of all weight, the others keeping their proportions. ``below`` and ``above`` name
    who draws level at each end; empty where nobody does.
    """

    low: float
    high: float | None
    low_share: float
    high_share: float | None
    below: tuple[int, ...]
    above: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """How firmly the leader stands, by position of alternatives and criteria.

    ``intervals`` has one entry per criterion, none when there is a tie. ``error_factors`` has one
    entry per alternative: every importance may be wrong at once, each by up to this factor up or
    down, before that rival draws level; None for the leader and for rivals that never can.
    ``error_factor`` is the smallest, and ``nearest_rival`` whose it is: often not the runner-up.
    ``value_drops``: by how much the leader's value may fall, per criterion, before the runner-up
    draws level; None where the criterion has no weight.
    """

    leaders: tuple[int, ...]
    runner_up: int | None
    gap: float | None
    intervals: tuple[Interval, ...]
    error_factors: tuple[float | None, ...]
    error_factor: float | None
    nearest_rival: int | None
    value_drops: tuple[float | None, ...]

    @property
    def leader(self) -> int | None:
        """The only leader; None when several share the first place."""
        return self.leaders[0] if len(self.leaders) == 1 else None

    @property
    def is_tie(self) -> bool:
        """Whether several share the first place."""
        return len(self.leaders) > 1


@dataclass(frozen=True, slots=True)
class ShakyFact:
    """One fact that could change the first place without leaving its evidence band.

    ``change`` is what it takes, in value points: a fall of the leader's value (negative) or a rise
    of a rival's. ``room`` is what the evidence allows in that direction. ``rival`` draws level.
    """

    alternative: int
    criterion: int
    rival: int
    change: float
    room: float


def stability(values: ArrayLike, points: ArrayLike) -> Stability | None:
    """How firmly the leader stands; None when there is nothing to lead.

    There is nothing to lead without an alternative, and when all points are zero.

    Args:
        values: one row per living alternative, one column per criterion.
        points: swing points, or weights, one per criterion.

    Raises:
        ScoringInputError: a number that is missing, infinite or, for points, negative.
    """
    block, swing = _checked(values, points)
    total = math.fsum(swing)
    if not block.shape[0] or total <= 0:
        return None
    scores = block @ swing / total
    leaders = tuple(int(i) for i in np.flatnonzero(scores >= scores.max() - TIE))
    if len(leaders) > 1:
        return Stability(leaders, _runner_up(scores, leaders), 0.0, (), (), 1.0, leaders[1], ())
    leader = leaders[0]
    ahead = block[leader] - block
    factors = _error_factors(ahead * swing)
    possible = [(factor, i) for i, factor in enumerate(factors) if factor is not None]
    nearest = min(possible, default=(None, None))
    runner_up = _runner_up(scores, leaders)
    gap = None if runner_up is None else float(scores[leader] - scores[runner_up])
    return Stability(
        leaders=leaders,
        runner_up=runner_up,
        gap=gap,
        intervals=_intervals(ahead, swing, total),
        error_factors=factors,
        error_factor=nearest[0],
        nearest_rival=nearest[1],
        value_drops=tuple(
            None if gap is None or weight <= 0 else float(gap * total / weight) for weight in swing
        ),
    )


def shaky_facts(
    values: ArrayLike, half_widths: ArrayLike, points: ArrayLike
) -> tuple[ShakyFact, ...]:
    """The facts worth checking first: one of them alone could change the first place.

    The leader's value may fall, or one rival's may rise, to the end of its evidence band. Those
    that need the smallest part of their band come first. Empty when there is no single leader.

    Raises:
        ScoringInputError: as in ``stability``, or half-widths of another shape or below zero.
    """
    block, swing = _checked(values, points)
    spread = table("half-widths", half_widths, columns=swing.size)
    if spread.shape != block.shape or (spread < 0).any():
        raise ScoringInputError("expected one half-width of zero or more per value")
    standing = stability(block, swing)
    if standing is None or standing.leader is None or standing.runner_up is None:
        return ()
    leader, runner_up = standing.leader, standing.runner_up
    lowest, highest = band(block, spread)
    behind = (block[leader] - block) @ swing
    # The leader falls until the runner-up draws level; a rival rises until it does itself.
    behind[leader] = behind[runner_up]
    room = highest - block
    room[leader] = block[leader] - lowest[leader]
    needed = np.divide(
        behind[:, np.newaxis], swing, out=np.full_like(block, np.inf), where=swing > 0
    )
    found = [
        ShakyFact(
            alternative=i,
            criterion=j,
            rival=runner_up if i == leader else i,
            change=float(-needed[i, j] if i == leader else needed[i, j]),
            room=float(room[i, j]),
        )
        for i, j in np.argwhere(needed <= room + TIE).tolist()
    ]
    return tuple(
        sorted(found, key=lambda fact: (abs(fact.change) / fact.room, fact.alternative != leader))
    )


def _checked(values: ArrayLike, points: ArrayLike) -> tuple[Floats, Floats]:
    swing = vector("points", points, lowest=0.0)
    return table("values", values, columns=swing.size), swing


def _runner_up(scores: Floats, leaders: tuple[int, ...]) -> int | None:
    """The best below the first place; the first of several."""
    rest = [i for i in range(scores.size) if i not in leaders]
    if not rest:
        return None
    best = max(scores[i] for i in rest)
    return next(i for i in rest if scores[i] >= best - TIE)


def _intervals(ahead: Floats, swing: Floats, total: float) -> tuple[Interval, ...]:
    gains = ahead * swing
    rest = gains.sum(axis=1, keepdims=True) - gains
    with np.errstate(divide="ignore", invalid="ignore"):
        tie_points = -rest / ahead
    # Adding zero turns -0.0 into 0.0.
    from_below = np.where(ahead > TIE, tie_points, -np.inf) + 0.0
    from_above = np.where(ahead < -TIE, tie_points, np.inf) + 0.0
    return tuple(
        _interval(from_below[:, k], from_above[:, k], max(total - float(swing[k]), 0.0))
        for k in range(swing.size)
    )


def _interval(from_below: Floats, from_above: Floats, others: float) -> Interval:
    low, high = float(from_below.max()), float(from_above.min())
    return Interval(
        low=max(0.0, low),
        high=None if math.isinf(high) else high,
        low_share=_share(max(0.0, low), others),
        high_share=None if math.isinf(high) else _share(high, others),
        below=_at(from_below, low) if low >= 0 else (),
        above=() if math.isinf(high) else _at(from_above, high),
    )


def _share(points: float, others: float) -> float:
    return points / (points + others) if points > 0 else 0.0


def _at(tie_points: Floats, end: float) -> tuple[int, ...]:
    near = np.abs(tie_points - end) <= TIE * max(1.0, abs(end))
    return tuple(int(i) for i in np.flatnonzero(near))


def _error_factors(gains: Floats) -> tuple[float | None, ...]:
    """``sqrt(P / Q)`` per row: P what speaks for the leader, Q what speaks for the rival."""
    found: list[float | None] = []
    for row in gains:
        pro = math.fsum(row[row > 0])
        con = -math.fsum(row[row < 0])
        ratio = pro / con if con > 0 else math.inf
        found.append(math.sqrt(ratio) if math.isfinite(ratio) else None)
    return tuple(found)
