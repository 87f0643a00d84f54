"""How sure the ranking is: stochastic multicriteria acceptability analysis (METHOD section 6).

SMAA-2 (Lahdelma and Salminen 2001). The kernel takes samples of weights and of values as they are:
it neither draws nor clips nor normalizes. What is counted is exact for these samples; the share it
estimates has a standard error of sqrt(b (1 - b) / N).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framework_picker.domain.arrays import Counts, Floats, Samples
from framework_picker.domain.errors import ScoringInputError

Sureness = Literal["very robust", "robust", "leaning", "open"]

VERY_ROBUST_FROM = 0.90
ROBUST_FROM = 0.70
LEANING_FROM = 0.50
SHORTLIST_FROM = 0.25
# Differences between shares below this are within what sampling alone may cause.
NOTICEABLE_SHARE = 0.02
_TIE_DECIMALS = 9

Counters = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Places:
    """Who stands where in every sample.

    ``ahead`` counts the alternatives that are strictly better (m, N). ``level`` counts the others
    with exactly the same score, or is None when no sample has a tie. ``wins`` and ``draws`` count,
    for each pair, the samples in which the row beats the column, and in which they tie.
    """

    ahead: Counters
    level: Counters | None
    wins: Counts
    draws: Counts


@dataclass(frozen=True, slots=True)
class Robustness:
    """What the samples say, by position of the alternative.

    ``rank_acceptability``: share of samples with rank 1, 2, ... per row; t tied alternatives from
    rank r on each get 1/t of the ranks r to r + t - 1. ``pairwise_winning``: share of samples in
    which the row beats the column, ties count half, the diagonal is one half.
    ``central_weights``: mean weights of the samples an alternative wins ("people who should pick
    it care like this"); None when it never wins. ``low`` and ``high``: scores at the 5th and the
    95th percentile.
    """

    samples: int
    rank_acceptability: Floats
    pairwise_winning: Floats
    central_weights: tuple[Floats | None, ...]
    low: Floats
    high: Floats

    @property
    def first_place(self) -> Floats:
        """Share of samples each alternative wins."""
        return first_column(self.rank_acceptability)

    @property
    def expected_rank(self) -> Floats:
        """Mean rank over the samples."""
        count = self.rank_acceptability.shape[0]
        return self.rank_acceptability @ np.arange(1.0, count + 1.0)

    @property
    def entropy(self) -> float:
        """How open the first place is, in bits; 0 is settled."""
        return entropy(self.first_place)


def sampled_scores(
    values: Samples,
    weights: Samples,
    *,
    rows: Sequence[int] | None = None,
    overrides: Mapping[tuple[int, int], Samples] | None = None,
) -> Samples:
    """Scores (alternatives, N): the sum over criteria of weight times value, in each sample.

    Args:
        values: sampled values (n, m, N), or one table of certain values (m, n).
        weights: sampled weights (N, n); fastest with contiguous columns, as the sampler gives
            them.
        rows: the alternatives to score, in this order; all when left out.
        overrides: (alternative, criterion) to the samples (N) or the one value that stand in for
            the shared ones.

    Raises:
        ScoringInputError: shapes that do not fit, or a score that is no finite number.
    """
    columns = np.ascontiguousarray(np.asarray(weights).T)
    if columns.ndim != 2 or values.ndim not in (2, 3):
        raise ScoringInputError("expected weights (N, n) and values (n, m, N) or (m, n)")
    count = values.shape[1] if values.ndim == 3 else values.shape[0]
    criteria = values.shape[0] if values.ndim == 3 else values.shape[1]
    if columns.shape[0] != criteria or (values.ndim == 3 and columns.shape[1] != values.shape[2]):
        raise ScoringInputError(f"weights {weights.shape} do not fit values {values.shape}")
    chosen = range(count) if rows is None else rows
    replaced = _by_row(overrides or {})
    result = np.empty((len(chosen), columns.shape[1]), dtype=np.result_type(values, columns))
    for place, i in enumerate(chosen):
        row = values[:, i] if values.ndim == 3 else values[i]
        if i in replaced:
            row = np.broadcast_to(
                row if row.ndim == 2 else row[:, np.newaxis], columns.shape
            ).copy()
            for criterion, samples in replaced[i].items():
                row[criterion] = samples
        # One criterion after the other: alternatives with equal rows get equal scores, bit by bit.
        if row.ndim == 2:
            np.einsum("jk,jk->k", row, columns, out=result[place])
        else:
            np.einsum("j,jk->k", row, columns, out=result[place])
    if not np.isfinite(result).all():
        place, sample = (int(position) for position in np.argwhere(~np.isfinite(result))[0])
        raise ScoringInputError(
            f"alternative {chosen[place] + 1}, sample {sample + 1}: the score is no number"
        )
    return result


def places(scores: Samples) -> Places:
    """Who stands where in every sample, from scores (m, N).

    Scores in float64 are level within about 1e-9, as in the headline, so that rounding does not
    break ties; float32 scores are level when they are equal.
    """
    compared = np.round(scores, _TIE_DECIMALS) if scores.dtype == np.float64 else scores
    count, samples = compared.shape
    counter: type[np.uint8] | type[np.uint16] = np.uint8 if count <= 255 else np.uint16
    ahead: Counters = np.zeros((count, samples), dtype=counter)
    level: Counters | None = None
    wins = np.zeros((count, count), dtype=np.int64)
    draws = np.zeros((count, count), dtype=np.int64)
    better = np.empty((max(count - 1, 0), samples), dtype=bool)
    equal = np.empty_like(better)
    for i in range(count - 1):
        later = count - 1 - i
        np.greater(compared[i], compared[i + 1 :], out=better[:later])
        np.equal(compared[i], compared[i + 1 :], out=equal[:later])
        beaten = better[:later].view(np.uint8)
        ahead[i + 1 :] += beaten
        behind = np.add.reduce(beaten, axis=0, dtype=counter)
        for k in range(later):
            wins[i, i + 1 + k] = np.count_nonzero(better[k])
        if equal[:later].any():
            if level is None:
                level = np.zeros((count, samples), dtype=counter)
            same = equal[:later].view(np.uint8)
            level[i + 1 :] += same
            shared = np.add.reduce(same, axis=0, dtype=counter)
            level[i] += shared
            behind += shared
            draws[i, i + 1 :] = draws[i + 1 :, i] = np.count_nonzero(equal[:later], axis=1)
        ahead[i] += counter(later)
        ahead[i] -= behind
    below = np.tril_indices(count, -1)
    wins[below] = samples - wins.T[below] - draws[below]
    return Places(ahead, level, wins, draws)


def rank_acceptability(standing: Places) -> Floats:
    """Share of samples in which each alternative (row) has rank 1, 2, ... (columns)."""
    count, samples = standing.ahead.shape
    found: Floats = np.zeros((count, count))
    if samples == 0:
        return found
    for i in range(count):
        found[i] = np.bincount(standing.ahead[i], minlength=count)
    if standing.level is not None:
        tied = _tied_samples(standing.level)
        for i in range(count):
            ranks, level = standing.ahead[i, tied], standing.level[i, tied]
            for others in np.unique(level[level > 0]).tolist():
                starts = np.bincount(ranks[level == others], minlength=count)
                # Each of the t ranks from the start on gets 1/t.
                spread = np.convolve(starts, np.full(others + 1, 1.0 / (others + 1)))
                found[i] += spread[:count] - starts
    found /= samples
    return found


def pairwise_winning(standing: Places) -> Floats:
    """Share of samples in which the row beats the column; ties count half, the diagonal is ½."""
    samples = max(standing.ahead.shape[1], 1)
    beats: Floats = (standing.wins + 0.5 * standing.draws) / samples
    np.fill_diagonal(beats, 0.5)
    return beats


def winners(standing: Places) -> NDArray[np.intp]:
    """The alternative at rank 1 in each sample; the first of those that tie."""
    count, samples = standing.ahead.shape
    found = np.zeros(samples, dtype=np.intp)
    for i in range(count - 1, 0, -1):
        np.copyto(found, i, where=standing.ahead[i] == 0)
    if count:
        np.copyto(found, 0, where=standing.ahead[0] == 0)
    return found


def central_weights(standing: Places, weights: Samples) -> tuple[Floats | None, ...]:
    """Mean weights of the samples each alternative wins; None where it never wins.

    A sample that t alternatives win together counts 1/t for each of them.
    """
    count = standing.ahead.shape[0]
    if not standing.ahead.size:
        return tuple(None for _ in range(count))
    first = winners(standing)
    won, sums = _sums_by_winner(first, weights, count)
    if standing.level is not None:
        shared = _tied_samples(standing.level)
        ahead, level = standing.ahead[:, shared], standing.level[:, shared]
        moved = np.where(ahead == 0, 1.0 / (1.0 + level), 0.0)
        moved[first[shared], np.arange(shared.size)] -= 1.0
        won += moved.sum(axis=1)
        for j, column in enumerate(weights[shared].T):
            sums[:, j] += (moved * column).sum(axis=1)
    return tuple(
        np.asarray(sums[i] / won[i], dtype=np.float64) if won[i] > 0 else None for i in range(count)
    )


def score_percentiles(scores: Samples, percents: Sequence[float] = (5.0, 95.0)) -> Floats:
    """The scores at the given percentiles (percentiles, m), linear between samples."""
    # Sorting all is faster here than selecting two places: numpy sorts plain floats in vectors.
    ordered = np.sort(scores, axis=1)
    last = ordered.shape[1] - 1
    found = np.empty((len(percents), ordered.shape[0]))
    for row, percent in enumerate(percents):
        position = last * percent / 100.0
        lower = math.floor(position)
        upper = min(lower + 1, last)
        below = ordered[:, lower].astype(np.float64)
        found[row] = below + (position - lower) * (ordered[:, upper] - below)
    return found


def robustness(
    values: Samples,
    weights: Samples,
    *,
    rows: Sequence[int] | None = None,
    overrides: Mapping[tuple[int, int], Samples] | None = None,
) -> Robustness:
    """Everything the samples say about the alternatives in ``rows``, in that order.

    The arguments are those of ``sampled_scores``; the alternatives that failed a must-have are
    left out by ``rows``.

    Raises:
        ScoringInputError: as in ``sampled_scores``, or no sample at all.
    """
    return summary(sampled_scores(values, weights, rows=rows, overrides=overrides), weights)


def summary(scores: Samples, weights: Samples) -> Robustness:
    """Everything the samples say, from scores (m, N) and the weights (N, n) behind them.

    Raises:
        ScoringInputError: no sample at all.
    """
    if scores.shape[1] == 0:
        raise ScoringInputError("expected at least one sample")
    standing = places(scores)
    low, high = score_percentiles(scores)
    return Robustness(
        samples=scores.shape[1],
        rank_acceptability=rank_acceptability(standing),
        pairwise_winning=pairwise_winning(standing),
        central_weights=central_weights(standing, weights),
        low=low,
        high=high,
    )


def confidence_factors(
    values: Samples, central: Sequence[Floats | None]
) -> tuple[float | None, ...]:
    """Share of value samples in which each alternative wins at its own central weights.

    Ties count 1/t; None where there are no central weights. ``values`` as in ``sampled_scores``.
    """
    found: list[float | None] = []
    samples = values.shape[2] if values.ndim == 3 else 1
    for i, weights in enumerate(central):
        if weights is None:
            found.append(None)
            continue
        fixed = np.broadcast_to(weights.astype(values.dtype), (samples, weights.size))
        scores = sampled_scores(values, fixed)
        if scores.dtype == np.float64:
            scores = np.round(scores, _TIE_DECIMALS)
        best = scores == scores.max(axis=0)
        found.append(float((best[i] / best.sum(axis=0)).mean()))
    return tuple(found)


def first_column(acceptability: Floats) -> Floats:
    """Share of first places; empty when there is no alternative."""
    return acceptability[:, 0] if acceptability.size else np.zeros(0)


def entropy(shares: ArrayLike) -> float:
    """``-Σ p log2 p`` in bits, with 0 log 0 = 0."""
    given = np.asarray(shares, dtype=np.float64)
    positive = given[given > 0]
    # "+ 0.0" turns the -0.0 of a settled case into 0.0.
    return float(-(positive * np.log2(positive)).sum()) + 0.0


def standard_error(share: float, samples: int) -> float:
    """The Monte Carlo standard error of a share of so many samples."""
    return math.sqrt(max(share * (1.0 - share), 0.0) / samples)


def sureness(share: float) -> Sureness:
    """The word for the leader's share of first places."""
    if share >= VERY_ROBUST_FROM:
        return "very robust"
    if share >= ROBUST_FROM:
        return "robust"
    return "leaning" if share >= LEANING_FROM else "open"


def percent_words(share: float) -> str:
    """A sampled share in whole percent; "<1 %" and ">99 %" at the ends, where samples run out."""
    if share < 0.01:
        return "<1 %"
    return ">99 %" if share > 0.99 else f"{round(share * 100)} %"


def shortlist(leader: int, pairwise: Floats) -> tuple[int, ...]:
    """The leader, then all who beat it in at least a quarter of the samples, strongest first."""
    beats_leader = pairwise[:, leader]
    rivals = [
        i for i in range(len(beats_leader)) if i != leader and beats_leader[i] >= SHORTLIST_FROM
    ]
    return (leader, *sorted(rivals, key=lambda i: (-beats_leader[i], i)))


def split_with(leader: int, first_place: Floats) -> int | None:
    """Who is first most often, where that is not the leader; None where it is.

    The leader is best for the answers as given, the other across what they might mean. A lead
    below two points of percentage is not told apart from chance, so it splits nothing.
    """
    other = int(np.argmax(first_place))
    if other == leader or first_place[other] - first_place[leader] < NOTICEABLE_SHARE:
        return None
    return other


def _tied_samples(level: Counters) -> NDArray[np.intp]:
    """The samples in which anybody ties."""
    return np.flatnonzero(np.logical_or.reduce(level, axis=0))


def _sums_by_winner(first: NDArray[np.intp], weights: Samples, count: int) -> tuple[Floats, Floats]:
    """Number of samples and sum of weights per winner (m) and (m, n), in float64."""
    won = np.bincount(first, minlength=count)
    sums = np.zeros((count, weights.shape[1]))
    # Sorted by winner, each one's samples lie side by side and are added in one pass.
    order = np.argsort(first.astype(np.min_scalar_type(count)), kind="stable")
    present = np.flatnonzero(won)
    starts = (np.cumsum(won) - won)[present]
    for j, column in enumerate(weights.T):
        sums[present, j] = np.add.reduceat(column.take(order), starts, dtype=np.float64)
    return won.astype(np.float64), sums


def _by_row(overrides: Mapping[tuple[int, int], Samples]) -> dict[int, dict[int, Samples]]:
    found: dict[int, dict[int, Samples]] = {}
    for (alternative, criterion), samples in overrides.items():
        found.setdefault(alternative, {})[criterion] = samples
    return found
