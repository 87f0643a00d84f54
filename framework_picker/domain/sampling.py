"""Samples of what the answers and the facts may mean (METHOD sections 2, 4, 6 and 13).

Uniform numbers are drawn once, from the versions of method and data, and shared by everybody. An
answer or an override only maps the same numbers anew, so two neighboring sets of answers are
compared on common random numbers and nothing jitters between clicks.

Layout: whatever has samples keeps them last and contiguous in memory, because every step works on
all samples of one criterion or one alternative at a time. Tables of weights and points are shown
samples first (N, n), as is usual; in memory each column is contiguous.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from framework_picker.domain.arrays import Bools, Floats, Samples, table, vector
from framework_picker.domain.errors import ScoringInputError
from framework_picker.domain.value_functions import HIGHEST, LOWEST
from framework_picker.domain.weights import shared_by_rank

SAMPLES = 10_000
SAMPLES_WHILE_MOVING = 1_000
# Rows drawn at a time: keeps the detour through float64 and the other layout small.
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Draws:
    """Uniform numbers in [0, 1), drawn once at start.

    ``questions``: one column per question (N, questions). ``values``: one row of samples per
    criterion and alternative (n, m, N).
    """

    questions: NDArray[np.float32]
    values: NDArray[np.float32]

    def first(self, samples: int) -> Draws:
        """The first so many samples, as views: what is shown while a slider moves."""
        return Draws(self.questions[:samples], self.values[..., :samples])


@dataclass(frozen=True, slots=True)
class Belief:
    """How likely each option of one question is, and the swing points it may stand for.

    ``criteria`` are the columns the question feeds. ``probabilities`` has one entry per option
    and sums to 1. ``lowest`` and ``highest`` are the ends of the cells, one row per option and
    one column per entry of ``criteria``. A belief depends on the question and its answer only, so
    it can be made once and used for every visitor.

    Raises:
        ScoringInputError: probabilities that do not sum to 1, or cells that do not fit, turn
            round or begin below zero.
    """

    criteria: tuple[int, ...]
    probabilities: Floats
    lowest: Floats
    highest: Floats
    _possible: NDArray[np.uint8] = field(init=False, repr=False, compare=False)
    _starts: NDArray[np.float32] = field(init=False, repr=False, compare=False)
    _slopes: NDArray[np.float32] = field(init=False, repr=False, compare=False)
    _offsets: NDArray[np.float32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Checks the belief and prepares what every sample needs of it."""
        shape = (self.probabilities.size, len(self.criteria))
        is_good = (
            self.lowest.shape == self.highest.shape == shape
            and min(self.criteria, default=0) >= 0
            and bool((self.probabilities >= 0).all())
            and abs(float(self.probabilities.sum()) - 1.0) < 1e-6
            and bool(((self.lowest >= 0) & (self.lowest <= self.highest)).all())
            and bool(np.isfinite(self.highest).all())
        )
        if not is_good:
            raise ScoringInputError(
                "belief: expected probabilities that sum to 1, and one cell from zero up per "
                "option and criterion"
            )
        possible = np.flatnonzero(self.probabilities > 0)
        shares = self.probabilities[possible]
        starts = np.concatenate([[0.0], np.cumsum(shares)[:-1]])
        # Inside a cell the points are a straight line in u: slope times u plus offset.
        slopes = (self.highest - self.lowest)[possible] / shares[:, np.newaxis]
        offsets = self.lowest[possible] - slopes * starts[:, np.newaxis]
        for name, prepared in (
            ("_possible", possible.astype(np.uint8)),
            ("_starts", starts.astype(np.float32)),
            ("_slopes", np.ascontiguousarray(slopes.T, dtype=np.float32)),
            ("_offsets", np.ascontiguousarray(offsets.T, dtype=np.float32)),
        ):
            object.__setattr__(self, name, prepared)

    def add(
        self,
        uniforms: NDArray[np.float32],
        points: NDArray[np.float32],
        options: NDArray[np.uint8],
    ) -> None:
        """Adds the question's points to its columns and writes the options drawn."""
        if self._possible.size == 1:
            options[:] = self._possible[0]
            for column, criterion in enumerate(self.criteria):
                points[:, criterion] += (
                    uniforms * self._slopes[column, 0] + self._offsets[column, 0]
                )
            return
        place = (uniforms >= self._starts[1]).view(np.uint8)
        for start in self._starts[2:]:
            place += (uniforms >= start).view(np.uint8)
        which = place.astype(np.intp)
        options[:] = self._possible.take(which)
        for column, criterion in enumerate(self.criteria):
            drawn = self._slopes[column].take(which)
            drawn *= uniforms
            drawn += self._offsets[column].take(which)
            if self.lowest[self._possible[1:], column].min() <= 0:
                # Rounding may leave a hair below zero where a cell begins there.
                np.maximum(drawn, np.float32(0.0), out=drawn)
            points[:, criterion] += drawn


@dataclass(frozen=True, slots=True)
class PointSamples:
    """Sampled swing points (N, n), and the option drawn for each question (N, questions)."""

    points: NDArray[np.float32]
    options: NDArray[np.uint8]


def seed(method_version: str, data_version: str) -> int:
    """The seed that belongs to a version of the method and a version of the data."""
    text = f"{method_version}\n{data_version}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")


def generator(method_version: str, data_version: str) -> np.random.Generator:
    """The one generator everything is drawn from: PCG64DXSM, seeded by the two versions."""
    return np.random.Generator(np.random.PCG64DXSM(seed(method_version, data_version)))


def draws(
    *,
    method_version: str,
    data_version: str,
    questions: int,
    alternatives: int,
    criteria: int,
    samples: int = SAMPLES,
) -> Draws:
    """All uniform numbers of a process: first those of the questions, then those of the values.

    Questions, alternatives and criteria are meant to be sorted by id, so that the order of the
    data files changes nothing.
    """
    source = generator(method_version, data_version)
    for_questions = np.asfortranarray(source.random((samples, questions), dtype=np.float32))
    for_values = np.empty((criteria, alternatives, samples), dtype=np.float32)
    for start in range(0, samples, _CHUNK):
        count = min(_CHUNK, samples - start)
        block = source.random((count, criteria, alternatives), dtype=np.float32)
        for_values[..., start : start + count] = np.moveaxis(block, 0, -1)
    return Draws(for_questions, for_values)


def band(values: ArrayLike, half_widths: ArrayLike) -> tuple[Floats, Floats]:
    """The lowest and the highest value the evidence allows: value ± half-width, within 0..100."""
    middle = np.asarray(values, dtype=np.float64)
    spread = np.asarray(half_widths, dtype=np.float64)
    return np.maximum(LOWEST, middle - spread), np.minimum(HIGHEST, middle + spread)


def triangular(uniforms: Samples, value: ArrayLike, half_width: ArrayLike) -> Floats:
    """Values on a triangle over the evidence band with its tip at the value.

    With ``c = (v - L) / (R - L)``: ``L + sqrt(u (R - L)(v - L))`` below c, otherwise
    ``R - sqrt((1 - u)(R - L)(R - v))``; the value itself where the band has no width. ``value``
    and ``half_width`` may be arrays; a last axis of length one lines them up with the samples.
    """
    u = np.asarray(uniforms, dtype=np.float64)
    tip = np.asarray(value, dtype=np.float64)
    low, high = band(tip, half_width)
    width = high - low
    rising = low + np.sqrt(u * width * (tip - low))
    falling = high - np.sqrt((1.0 - u) * width * (high - tip))
    drawn = np.where(u * width < tip - low, rising, falling)
    return np.asarray(np.clip(drawn, low, high), dtype=np.float64)


def uniform(uniforms: Samples) -> Floats:
    """Values anywhere on 0..100: what an unknown value may be."""
    return LOWEST + (HIGHEST - LOWEST) * np.asarray(uniforms, dtype=np.float64)


def value_samples(
    uniforms: NDArray[np.float32],
    values: ArrayLike,
    half_widths: ArrayLike,
    is_known: NDArray[np.bool_] | Sequence[Sequence[bool]],
) -> NDArray[np.float32]:
    """Sampled values (n, m, N): triangular where the value is known, uniform where it is not.

    ``values``, ``half_widths`` and ``is_known`` have one row per alternative and one column per
    criterion; the value of an unknown cell is not used.

    Raises:
        ScoringInputError: shapes that do not fit, a value outside 0..100, a half-width below
            zero, or a cell that is no finite number, naming it.
    """
    criteria, alternatives, _ = uniforms.shape
    middle = table("values", values, columns=criteria)
    spread = table("half-widths", half_widths, columns=criteria)
    known = np.asarray(is_known, dtype=bool)
    if not middle.shape == spread.shape == known.shape == (alternatives, criteria):
        raise ScoringInputError(
            f"expected {alternatives} alternatives and {criteria} criteria in values, half-widths "
            f"and what is known, got {middle.shape}, {spread.shape} and {known.shape}"
        )
    _refuse("value", middle, (middle < LOWEST) | (middle > HIGHEST), "in 0..100")
    _refuse("half-width", spread, spread < 0, "of zero or more")
    result = np.empty(uniforms.shape, dtype=np.float32)
    for j in range(criteria):
        drawn = triangular(uniforms[j], middle[:, j, np.newaxis], spread[:, j, np.newaxis])
        result[j] = np.where(known[:, j, np.newaxis], drawn, uniform(uniforms[j]))
    return result


def belief_over_levels(
    levels: int, picked: int | None = None, *, is_unsure: bool = False
) -> Floats:
    """How likely each importance level is after an answer.

    Sure: all on the picked level. Not sure: half on it and a quarter on each neighbor, at an end
    two thirds and one third. Nothing picked (don't know, or not answered): all alike.

    Raises:
        ScoringInputError: a level that does not exist.
    """
    if levels < 1 or (picked is not None and not 0 <= picked < levels):
        raise ScoringInputError(f"expected one of {levels} levels, got {picked}")
    if picked is None:
        return np.full(levels, 1.0 / levels)
    shares = np.zeros(levels)
    shares[picked] = 2.0
    if is_unsure:
        for neighbor in (picked - 1, picked + 1):
            if 0 <= neighbor < levels:
                shares[neighbor] = 1.0
    shares /= shares.sum()
    return shares


def cells_around(
    points: ArrayLike, level_points: Sequence[float], level_cells: Sequence[tuple[float, float]]
) -> tuple[Floats, Floats]:
    """The ends of the cell that stands for each number of points.

    A level's points get the level's cell. Points between two levels (an option of an effect
    table may give 5) get ends between theirs, in proportion; points beyond the last level scale
    its cell.

    Raises:
        ScoringInputError: points below zero, or levels that do not rise.
    """
    given = np.asarray(points, dtype=np.float64)
    nominal = vector("level points", level_points, lowest=0.0)
    cells = table("level cells", level_cells, columns=2)
    if cells.shape[0] != nominal.size or nominal.size == 0 or not (np.diff(nominal) > 0).all():
        raise ScoringInputError("expected one cell per level, and levels whose points rise")
    if not (np.isfinite(given) & (given >= 0)).all():
        raise ScoringInputError(f"expected points of zero or more, got {given}")
    beyond = np.ones_like(given)
    if nominal[-1] > 0:
        beyond = np.maximum(1.0, given / nominal[-1])
    return (
        np.interp(given, nominal, cells[:, 0]) * beyond,
        np.interp(given, nominal, cells[:, 1]) * beyond,
    )


def swing_point_samples(
    uniforms: NDArray[np.float32], beliefs: Sequence[Belief], criteria: int
) -> PointSamples:
    """Sampled swing points: one option per question and sample, and a place inside its cell.

    The option is the first whose cumulated probability exceeds u; what is left of u, rescaled to
    [0, 1), is the place inside the cell, the same for every criterion the question feeds. The
    points of a criterion are summed over the questions.

    Raises:
        ScoringInputError: as many beliefs as columns of uniforms are needed, for criteria that
            exist.
    """
    samples, questions = uniforms.shape
    if questions != len(beliefs):
        raise ScoringInputError(f"expected {questions} beliefs, got {len(beliefs)}")
    points = np.zeros((samples, criteria), dtype=np.float32, order="F")
    options = np.zeros((samples, questions), dtype=np.uint8, order="F")
    for position, belief in enumerate(beliefs):
        if max(belief.criteria, default=0) >= criteria:
            raise ScoringInputError(
                f"question {position + 1}: expected {criteria} criteria, got {belief.criteria}"
            )
        belief.add(uniforms[:, position], points, options[:, position])
    return PointSamples(points, options)


def weight_samples(points: Samples) -> Samples:
    """Each sample's points as shares that sum to 1 (N, n); 1/n where all points are zero."""
    total = np.add.reduce(points, axis=1)
    if total.size and total.min() <= 0:
        points = points.copy(order="K")
        points[total <= 0] = 1
        total = np.add.reduce(points, axis=1)
    shares: Samples = points / total[:, np.newaxis]
    return shares


def simplex_samples(uniforms: ArrayLike) -> Floats:
    """Weights spread evenly over all possible weights (N, n): what no information at all means."""
    exponentials = -np.log1p(-np.asarray(uniforms, dtype=np.float64))
    return np.asarray(weight_samples(exponentials), dtype=np.float64)


def ranked_weight_samples(uniforms: ArrayLike, ranks: Sequence[int]) -> Floats:
    """Weights spread evenly over all weights that respect a ranking of the criteria (N, n).

    ``ranks`` has one entry per criterion, 1 for the most important. The mean is the rank-order
    centroid. Equal ranks share the mean of their weights.

    Raises:
        ScoringInputError: as many ranks as columns of uniforms are needed.
    """
    falling = -np.sort(-simplex_samples(uniforms), axis=1)
    count = falling.shape[1]
    # Sharing is linear, so one matrix hands the sorted weights out for all samples.
    hand_out = np.column_stack([shared_by_rank(ranks, list(place)) for place in np.eye(count)])
    return falling @ hand_out.T


def _refuse(name: str, numbers: Floats, is_wrong: Bools, expected: str) -> None:
    if is_wrong.any():
        i, j = (int(position) for position in np.argwhere(is_wrong)[0])
        raise ScoringInputError(
            f"{name}, row {i + 1}, column {j + 1}: "
            f"expected a number {expected}, got {numbers[i, j]:g}"
        )
