"""What other methods say about the same values and weights (METHOD section 10).

TOPSIS, PROMETHEE II and VIKOR, each in the form on this project's fixed scale 0..100 and in the
classical form that normalizes by the alternatives present. They are shown beside the headline, with
the reason for a disagreement; never averaged, never the headline.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from framework_picker.domain.arrays import Bools, Floats, table, vector
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.scoring import TIE, ranks
from framework_picker.domain.value_functions import HIGHEST
from framework_picker.domain.weights import weights as shares

Direction = Literal["max", "min"]
Normalization = Literal["vector", "minmax", "max", "sum"]
PreferenceKind = Literal["usual", "ushape", "vshape", "level", "linear", "gaussian"]
Method = Literal["TOPSIS", "PROMETHEE II", "VIKOR"]
Reason = Literal["one bad spot", "many small wins", "extreme profile"]

# On the fixed scale: differences up to 5 points are none, from 25 points on they count in full.
FIXED_INDIFFERENCE = 5.0
FIXED_PREFERENCE = 25.0


@dataclass(frozen=True, slots=True)
class Preference:
    """A PROMETHEE preference function: how a difference d > 0 becomes a preference of 0..1.

    ``usual`` 1; ``ushape`` 1 if d > q; ``vshape`` min(1, d / p); ``level`` ½ on (q, p], 1 above;
    ``linear`` clip((d - q) / (p - q), 0, 1); ``gaussian`` 1 - exp(-d² / (2 s²)).
    """

    kind: PreferenceKind = "usual"
    q: float = 0.0
    p: float = 0.0
    s: float = 0.0


@dataclass(frozen=True, slots=True)
class Topsis:
    """Distances to the ideal and the anti-ideal, and the closeness, 0..1; highest leads."""

    to_ideal: Floats
    to_anti_ideal: Floats
    closeness: Floats
    leaders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Promethee:
    """Flows of preference. ``preferences`` holds π of row over column; highest net flow leads.

    ``incomparable``: pairs that PROMETHEE I leaves open, because each has the better of one flow.
    """

    preferences: Floats
    positive: Floats
    negative: Floats
    net: Floats
    incomparable: tuple[tuple[int, int], ...]
    leaders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Vikor:
    """Group regret S, worst single regret R, compromise Q; lowest Q leads.

    ``regrets``: one row per alternative, one column per criterion. ``compromise``: the leader when
    its lead is acceptable (Q of the second is at least 1 / (m - 1) higher) and stable (it is first
    in S or in R too); otherwise everyone who belongs to the compromise, best first.
    """

    regrets: Floats
    s: Floats
    r: Floats
    q: Floats
    has_acceptable_advantage: bool
    has_acceptable_stability: bool
    compromise: tuple[int, ...]
    leaders: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """What one other method says about the headline's leader.

    When it disagrees, ``reason`` says what that method sees, ``about`` in which alternative, and
    ``criterion`` where: the worst regret of the headline's leader (VIKOR), the leader's largest
    single lead over the other, which PROMETHEE caps, or the criterion that stands out most from
    the profile with the larger highs and lows (TOPSIS). ``wins`` and ``losses`` count the criteria
    on which the other is ahead of the leader, and behind.
    """

    method: Method
    leaders: tuple[int, ...]
    agrees: bool
    reason: Reason | None = None
    about: int | None = None
    criterion: int | None = None
    wins: int = 0
    losses: int = 0


def fixed_topsis(values: ArrayLike, weights: ArrayLike) -> Topsis:
    """TOPSIS with the ends of the scale as ideal and anti-ideal: all 100, all 0."""
    block, shared = _checked("values", values, weights)
    return _topsis((HIGHEST - block) / HIGHEST * shared, block / HIGHEST * shared)


def topsis(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[Direction],
    normalization: Normalization = "vector",
) -> Topsis:
    """Classical TOPSIS (Hwang and Yoon 1981): ideal and anti-ideal are the best and worst present.

    A criterion whose normalization would divide by zero counts as equal for all.

    Raises:
        ScoringInputError: numbers, weights or directions that do not fit.
    """
    block, shared = _checked("matrix", matrix, weights)
    is_min = _minimized(directions, shared.size)
    if not block.size:
        return _topsis(block, block)
    weighted = _normalized(block, normalization) * shared
    best = np.where(is_min, weighted.min(axis=0), weighted.max(axis=0))
    worst = np.where(is_min, weighted.max(axis=0), weighted.min(axis=0))
    return _topsis(weighted - best, weighted - worst)


def fixed_promethee(values: ArrayLike, weights: ArrayLike) -> Promethee:
    """PROMETHEE II on value points: linear preference from 5 to 25 points on every criterion."""
    block, shared = _checked("values", values, weights)
    preference = Preference("linear", q=FIXED_INDIFFERENCE, p=FIXED_PREFERENCE)
    return promethee(block, shared, ["max"] * shared.size, [preference] * shared.size)


def promethee(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[Direction],
    preferences: Sequence[Preference],
    *,
    divide: bool = True,
) -> Promethee:
    """PROMETHEE I and II (Brans and Vincke 1985) with one preference function per criterion.

    Flows are sums over the others, divided by their number (``divide``); a single alternative has
    flows of 0.

    Raises:
        ScoringInputError: numbers, weights, directions or preference functions that do not fit.
    """
    block, shared = _checked("matrix", matrix, weights)
    is_min = _minimized(directions, shared.size)
    if len(preferences) != shared.size:
        raise ScoringInputError(
            f"expected {shared.size} preference functions, got {len(preferences)}"
        )
    count = block.shape[0]
    preferred: Floats = np.zeros((count, count))
    signed = np.where(is_min, -block, block)
    for j, preference in enumerate(preferences):
        column = signed[:, j]
        differences = column[:, np.newaxis] - column[np.newaxis, :]
        preferred += shared[j] * _preference(differences, preference)
    over = max(count - 1, 1) if divide else 1
    positive = preferred.sum(axis=1) / over
    negative = preferred.sum(axis=0) / over
    net = positive - negative
    return Promethee(
        preferences=preferred,
        positive=positive,
        negative=negative,
        net=net,
        incomparable=_incomparable(positive, negative),
        leaders=_first(net),
    )


def fixed_vikor(values: ArrayLike, weights: ArrayLike, v: float = 0.5) -> Vikor:
    """VIKOR with regrets measured on the whole scale: ``w (100 - value) / 100``."""
    block, shared = _checked("values", values, weights)
    return _vikor((HIGHEST - block) / HIGHEST * shared, v)


def vikor(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: Sequence[Direction],
    v: float = 0.5,
) -> Vikor:
    """Classical VIKOR (Opricovic and Tzeng 2007): regrets between the best and worst present.

    A criterion that is equal for all gives no regret.

    Raises:
        ScoringInputError: numbers, weights or directions that do not fit.
    """
    block, shared = _checked("matrix", matrix, weights)
    is_min = _minimized(directions, shared.size)
    if not block.size:
        return _vikor(block, v)
    best = np.where(is_min, block.min(axis=0), block.max(axis=0))
    worst = np.where(is_min, block.max(axis=0), block.min(axis=0))
    return _vikor(_ratio(best - block, best - worst) * shared, v)


def cross_checks(values: ArrayLike, weights: ArrayLike, leader: int) -> tuple[CrossCheck, ...]:
    """What the three methods on the fixed scale say about the headline's leader.

    A method agrees when the leader is first there too, alone or with others.

    Raises:
        ScoringInputError: numbers that do not fit, or a leader that is not in the table.
    """
    block, shared = _checked("values", values, weights)
    if not 0 <= leader < block.shape[0]:
        raise ScoringInputError(f"expected one of {block.shape[0]} alternatives, got {leader}")
    by_regret = fixed_vikor(block, shared)
    found: tuple[tuple[Method, tuple[int, ...]], ...] = (
        ("TOPSIS", fixed_topsis(block, shared).leaders),
        ("PROMETHEE II", fixed_promethee(block, shared).leaders),
        ("VIKOR", by_regret.leaders),
    )
    return tuple(_cross_check(method, leaders, leader, block, shared) for method, leaders in found)


def _cross_check(
    method: Method, leaders: tuple[int, ...], leader: int, block: Floats, shared: Floats
) -> CrossCheck:
    if leader in leaders:
        return CrossCheck(method, leaders, agrees=True)
    other = leaders[0]
    lead = shared * (block[leader] - block[other])
    # The leader has the smallest sum of regrets, so VIKOR can only object to the largest one.
    # PROMETHEE counts differences beyond 25 points no further, so a few large leads lose against
    # many small ones. TOPSIS squares distances, so highs and lows count more than their sum.
    if method == "VIKOR":
        reason: Reason = "one bad spot"
        about, size = leader, shared * (HIGHEST - block[leader])
    elif method == "PROMETHEE II":
        reason, about, size = "many small wins", other, lead
    else:
        reason = "extreme profile"
        uneven = shared * np.abs(block - (block @ shared)[:, np.newaxis])
        about = max((leader, other), key=lambda i: float((uneven[i] ** 2).sum()))
        size = uneven[about]
    return CrossCheck(
        method=method,
        leaders=leaders,
        agrees=False,
        reason=reason,
        about=about,
        criterion=int(np.argmax(size)),
        wins=int((lead < -TIE).sum()),
        losses=int((lead > TIE).sum()),
    )


def _checked(name: str, raw: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    shared = shares(vector("weights", weights, lowest=0.0))
    return table(name, raw, columns=shared.size), shared


def _minimized(directions: Sequence[Direction], criteria: int) -> Bools:
    if len(directions) != criteria or any(word not in ("max", "min") for word in directions):
        raise ScoringInputError(f"expected {criteria} directions, max or min, got {directions}")
    return np.array([word == "min" for word in directions], dtype=bool)


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Part by whole, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole != 0)


def _normalized(block: Floats, normalization: Normalization) -> Floats:
    whole: dict[Normalization, Callable[[], Floats]] = {
        "vector": lambda: np.sqrt((block**2).sum(axis=0)),
        "max": lambda: np.abs(block).max(axis=0),
        "sum": lambda: block.sum(axis=0),
        "minmax": lambda: block.max(axis=0) - block.min(axis=0),
    }
    if normalization not in whole:
        raise ScoringInputError(f"expected one of {', '.join(whole)}, got {normalization}")
    start = block.min(axis=0) if normalization == "minmax" else 0.0
    return _ratio(block - start, np.broadcast_to(whole[normalization](), block.shape))


def _topsis(from_ideal: Floats, from_anti_ideal: Floats) -> Topsis:
    to_ideal = np.sqrt((from_ideal**2).sum(axis=1))
    to_anti_ideal = np.sqrt((from_anti_ideal**2).sum(axis=1))
    both = to_ideal + to_anti_ideal
    closeness = np.divide(to_anti_ideal, both, out=np.full_like(both, 0.5), where=both > 0)
    return Topsis(to_ideal, to_anti_ideal, closeness, _first(closeness))


def _preference(differences: Floats, preference: Preference) -> Floats:
    q, p, s = preference.q, preference.p, preference.s
    d = np.maximum(differences, 0.0)
    if preference.kind == "usual":
        found = np.ones_like(d)
    elif preference.kind == "ushape":
        found = (d > q).astype(np.float64)
    elif preference.kind == "vshape":
        found = np.minimum(1.0, d / p) if p > 0 else np.ones_like(d)
    elif preference.kind == "level":
        found = 0.5 * (d > q) + 0.5 * (d > p)
    elif preference.kind == "linear":
        found = np.clip((d - q) / (p - q), 0.0, 1.0) if p > q else (d > q).astype(np.float64)
    elif preference.kind == "gaussian":
        found = -np.expm1(-(d**2) / (2 * s**2)) if s > 0 else np.ones_like(d)
    else:
        raise ScoringInputError(f"no preference function {preference.kind!r}")
    return np.where(differences > 0, found, 0.0)


def _incomparable(positive: Floats, negative: Floats) -> tuple[tuple[int, int], ...]:
    """Pairs in which one has the larger outgoing flow and the other the smaller incoming one."""
    more = positive[:, np.newaxis] - positive[np.newaxis, :]
    worse = negative[:, np.newaxis] - negative[np.newaxis, :]
    apart = ((more > TIE) & (worse > TIE)) | ((more < -TIE) & (worse < -TIE))
    return tuple((int(i), int(k)) for i, k in np.argwhere(np.triu(apart)))


def _vikor(regrets: Floats, v: float) -> Vikor:
    count = regrets.shape[0]
    s = regrets.sum(axis=1)
    r = regrets.max(axis=1, initial=0.0)
    q = v * _scaled(s) + (1.0 - v) * _scaled(r)
    order = np.argsort(q, kind="stable")
    if count < 2:
        everyone = tuple(range(count))
        return Vikor(regrets, s, r, q, True, True, everyone, everyone)
    first, needed = int(order[0]), 1.0 / (count - 1)
    has_advantage = bool(q[order[1]] - q[first] >= needed - TIE)
    is_stable = bool(s[first] <= s.min() + TIE or r[first] <= r.min() + TIE)
    if not has_advantage:
        members = [int(i) for i in order if q[i] - q[first] < needed - TIE]
    elif not is_stable:
        members = [first, int(order[1])]
    else:
        members = [first]
    return Vikor(regrets, s, r, q, has_advantage, is_stable, tuple(members), _first(-q))


def _scaled(numbers: Floats) -> Floats:
    """The numbers from 0 (smallest present) to 1 (largest present); 0 when all are equal."""
    if not numbers.size:
        return numbers
    low, high = float(numbers.min()), float(numbers.max())
    if math.isclose(low, high, rel_tol=0.0, abs_tol=TIE):
        return np.zeros_like(numbers)
    return (numbers - low) / (high - low)


def _first(merits: Floats) -> tuple[int, ...]:
    """Everyone at rank 1."""
    return tuple(int(i) for i in np.flatnonzero(ranks(merits) == 1))
