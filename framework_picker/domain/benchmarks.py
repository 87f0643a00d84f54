"""What a benchmark run says, per cell and entry, and who is level with whom.

Every round is kept, with its spread and its ratio to the bare server. The formulas stand in
``docs/methods.md``.

No best-of, no mean over servers or tests, no composite score. A sample that was disturbed is
counted and never used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

import numpy as np
from numpy.typing import NDArray

from framework_picker.domain.runs import (
    DOCUMENTED_SERVER,
    SAME_SERVER,
    BenchmarkSample,
    Cell,
    Entry,
    Latency,
    Run,
    Start,
    UiSample,
)

SEED = 20261120
RESAMPLES = 2000
CONFIDENCE = 0.95
MICROSECONDS = 1e6
NOISE = 0.07
"""Undisturbed samples repeat within 6.5 % from pass to pass: what is closer is level."""
FEW_SAMPLES = 5
"""Fewer valid samples than this are said beside the figure."""

FLAG_WORDS: Mapping[str, str] = {
    "client-bound": "a lower limit: the load generator was busy, not the server",
    "not-saturated": "the server was not busy all the time",
}


@dataclass(frozen=True, slots=True)
class Interval:
    """A median, and the range that holds it with 95 % confidence."""

    low: float
    median: float
    high: float

    def is_level_with(self, other: Interval) -> bool:
        """Whether the two ranges share a point, or the medians are closer than the noise."""
        return (self.low <= other.high and other.low <= self.high) or max(
            self.median, other.median
        ) <= min(self.median, other.median) * (1 + NOISE)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in one cell. ``points`` are its valid samples with their rounds, by round.

    ``interval`` belongs to what the order is taken from: the ratio to the bare server for requests
    per second, the values themselves elsewhere. ``place`` is that of its group: 1, 1, 3.
    """

    entry: Entry
    points: tuple[tuple[int, float], ...]
    interval: Interval
    place: int = 1
    rejected: int = 0
    reasons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    has_ratio: bool = False

    @property
    def values(self) -> tuple[float, ...]:
        """Every valid sample."""
        return tuple(value for _, value in self.points)

    @property
    def median(self) -> float:
        """The middle of all valid samples."""
        return median(self.values)

    @property
    def low(self) -> float:
        """The smallest valid sample."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The largest valid sample."""
        return max(self.values)


def bootstrap(values: Sequence[float]) -> Interval:
    """The median of values per round, and its percentile bootstrap interval (Efron 1979).

    With one value there is nothing to draw from: the interval is that value. The draws have a
    fixed seed, so equal values give equal intervals.

    Raises:
        ValueError: no value.
    """
    if not values:
        raise ValueError("an interval needs at least one value")
    middle = float(median(values))
    if len(values) == 1:
        return Interval(middle, middle, middle)
    medians = np.sort(np.median(np.asarray(values, dtype=float)[_draws(len(values))], axis=1))
    tail = (1 - CONFIDENCE) / 2
    last = RESAMPLES - 1
    return Interval(
        float(medians[round(tail * last)]), middle, float(medians[round((1 - tail) * last)])
    )


@cache
def _draws(count: int) -> NDArray[np.intp]:
    """Which of the values each draw takes, ``(RESAMPLES, count)``.

    The numbers of Python's ``Random(SEED).choices``, with which the harness draws: its tables and
    our charts agree.
    """
    chance = np.random.RandomState([SEED])  # a list is seeded as Python seeds a number
    return (chance.random_sample((RESAMPLES, count)) * count).astype(np.intp)


def places(intervals: Mapping[str, Interval], *, more_is_better: bool = True) -> dict[str, int]:
    """The place of each: 1 is best, and all that are level with the best of a group share it.

    A group says only that the figures cannot put its members behind its best one; two members of
    it may still differ from each other. Places count on: 1, 1, 3.
    """
    sign = -1 if more_is_better else 1
    left = sorted(intervals, key=lambda name: (sign * intervals[name].median, name))
    found: dict[str, int] = {}
    while left:
        best = intervals[left[0]]
        group = [name for name in left if intervals[name].is_level_with(best)]
        place = len(found) + 1
        found |= dict.fromkeys(group, place)
        left = [name for name in left if name not in found]
    return found


def microseconds(requests_per_second: float) -> float:
    """How long one core works on one request."""
    return MICROSECONDS / requests_per_second


def cells(run: Run) -> tuple[Cell, ...]:
    """Every cell with a sample, in the order of the run's scenarios."""
    order = {name: number for number, name in enumerate(run.scenarios)}
    return tuple(
        sorted(
            {sample.cell for sample in run.samples},
            key=lambda cell: (order.get(cell.scenario, len(order)), cell),
        )
    )


def cell_of(
    run: Run, *, matrix: str, scenario: str, database: str = "", mode: str = "keep-alive"
) -> Cell | None:
    """The cell of a test at its main level of load; None where nothing was measured there."""
    found = [
        cell
        for cell in cells(run)
        if (cell.matrix, cell.scenario, cell.database, cell.mode)
        == (matrix, scenario, database, mode)
    ]
    if not found:
        return None
    known = run.scenarios.get(scenario)
    usual = known.connections if known else 0
    return next((cell for cell in found if cell.connections == usual), found[-1])


def ratios(
    samples: Iterable[BenchmarkSample], one: str, other: str
) -> tuple[tuple[int, float], ...]:
    """Round and ratio of two entries, in every round that has valid samples of both.

    Of several samples in a round the median counts. Only samples of one cell may be given.
    """
    by_round: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for sample in samples:
        if sample.is_valid and sample.requests_per_second > 0 and sample.entry in (one, other):
            by_round[sample.round][sample.entry].append(sample.requests_per_second)
    return tuple(
        (number, median(found[one]) / median(found[other]))
        for number, found in sorted(by_round.items())
        if one in found and other in found
    )


def pair_ratio(run: Run, cell: Cell, one: str, other: str) -> Interval | None:
    """How many times the other's requests one entry answered; None without a shared round."""
    found = ratios([sample for sample in run.samples if sample.cell == cell], one, other)
    return bootstrap([ratio for _, ratio in found]) if found else None


def speed_lines(run: Run, cell: Cell) -> tuple[Line, ...]:
    """Requests per second of every entry in a cell, best first.

    The order, its groups and the intervals come from the ratio to the bare server in the same
    round. An entry without a round in common with it is ordered by nothing: it has a place of its
    own, by its requests per second over the bare server's median.
    """
    samples = [sample for sample in run.samples if sample.cell == cell]
    by_entry: dict[str, list[BenchmarkSample]] = defaultdict(list)
    for sample in samples:
        by_entry[sample.entry].append(sample)
    valid = {
        name: [one for one in found if one.is_valid and one.requests_per_second > 0]
        for name, found in by_entry.items()
    }
    intervals: dict[str, Interval] = {}
    with_ratio: set[str] = set()
    for name in valid:
        paired = ratios(samples, name, run.baseline)
        if paired:
            intervals[name] = bootstrap([ratio for _, ratio in paired])
            with_ratio.add(name)
    bare = [one.requests_per_second for one in valid.get(run.baseline, [])]
    for name, found in valid.items():
        if found and name not in intervals:
            unit = median(bare) if bare else 1.0
            intervals[name] = bootstrap([one.requests_per_second / unit for one in found])
    place = places(intervals)
    lines = [
        Line(
            entry=_entry(run, name),
            points=tuple(
                (one.round, one.requests_per_second)
                for one in sorted(valid[name], key=lambda one: one.round)
            ),
            interval=intervals[name],
            place=place[name],
            rejected=len(found) - len(valid[name]),
            reasons=tuple(dict.fromkeys(one.why_rejected for one in found if one.why_rejected)),
            flags=tuple(sorted({flag for one in valid[name] for flag in one.flags})),
            has_ratio=name in with_ratio,
        )
        for name, found in by_entry.items()
        if valid[name]
    ]
    return _in_order(lines)


def unusable(run: Run, cell: Cell) -> tuple[tuple[Entry, int, tuple[str, ...]], ...]:
    """Entries of a cell without a single valid sample: how many were rejected, and why."""
    found: dict[str, list[BenchmarkSample]] = defaultdict(list)
    for sample in run.samples:
        if sample.cell == cell:
            found[sample.entry].append(sample)
    return tuple(
        (
            _entry(run, name),
            len(samples),
            tuple(dict.fromkeys(one.why_rejected for one in samples if one.why_rejected)),
        )
        for name, samples in sorted(found.items())
        if not any(one.is_valid and one.requests_per_second > 0 for one in samples)
    )


START_MEASURES: Mapping[str, Callable[[Start], float]] = {
    "idle-memory": lambda start: start.idle_memory_mb,
    "loaded-memory": lambda start: start.loaded_memory_mb,
    "start-up": lambda start: start.start_ms,
}

LATENCY_MEASURES: Mapping[str, Callable[[Latency], float]] = {
    "p50": lambda one: one.p50_ms,
    "p90": lambda one: one.p90_ms,
    "p99": lambda one: one.p99_ms,
}

UI_MEASURES: Mapping[str, Callable[[UiSample], float]] = {
    "change-p50": lambda one: one.p50_ms,
    "change-p95": lambda one: one.p95_ms,
    "usable": lambda one: one.usable_ms,
    "first-visit": lambda one: one.first_visit_bytes / 1000,
    "ui-memory": lambda one: one.idle_memory_mb,
    "page-memory": lambda one: one.memory_per_page_mb,
}


def start_lines(run: Run, matrix: str, measure: str) -> tuple[Line, ...]:
    """Memory or time to start of every entry, smallest first."""
    read = START_MEASURES[measure]
    return _value_lines(
        run,
        [
            (start.entry, start.round, read(start), start.is_valid, "")
            for start in run.starts
            if start.matrix == matrix
        ],
    )


def latencies_at(
    run: Run, *, matrix: str, scenario: str, database: str, rate_kind: str
) -> tuple[Latency, ...]:
    """What was measured of latency in one test at one kind of rate."""
    return tuple(
        one
        for one in run.latencies
        if (one.matrix, one.scenario, one.database, one.rate_kind)
        == (matrix, scenario, database, rate_kind)
    )


def latency_lines(run: Run, latencies: Sequence[Latency], measure: str) -> tuple[Line, ...]:
    """Answer times of every entry, shortest first; ``latencies`` are those of one test and rate."""
    read = LATENCY_MEASURES[measure]
    return _value_lines(
        run,
        [(one.entry, one.round, read(one), one.is_valid, one.why_rejected) for one in latencies],
    )


def unusable_latencies(
    run: Run, latencies: Sequence[Latency]
) -> tuple[tuple[Entry, int, tuple[str, ...]], ...]:
    """Entries without a single valid one: how many were rejected, and why."""
    valid = {one.entry for one in latencies if one.is_valid}
    reasons: dict[str, list[str]] = {}
    for one in latencies:
        if one.entry not in valid:
            reasons.setdefault(one.entry, []).append(one.why_rejected)
    return tuple(
        (_entry(run, name), len(found), tuple(dict.fromkeys(filter(None, found))))
        for name, found in sorted(reasons.items())
    )


def ui_lines(run: Run, measure: str) -> tuple[Line, ...]:
    """One measure of the small page in a browser, smallest first."""
    read = UI_MEASURES[measure]
    return _value_lines(
        run,
        [
            (one.entry, one.round, read(one), one.is_valid, one.why_rejected)
            for one in run.ui_samples
        ],
    )


def line_of(lines: Iterable[Line], slug: str) -> Line | None:
    """The line of a framework; the first where it was measured under several names."""
    return next((line for line in lines if line.entry.slug == slug), None)


def speeds_of(
    run: Run, slugs: Iterable[str], *, scenario: str, database: str = ""
) -> dict[str, tuple[Cell, Line]]:
    """The cell and line of each framework in a test, connections kept open.

    On the kind of server on which most of them were measured, among equals the documented ones;
    where a framework was not measured there, on the other. Frameworks without a valid sample are
    left out.
    """
    wanted = tuple(slugs)
    by_matrix: dict[str, dict[str, tuple[Cell, Line]]] = {}
    for matrix in (SAME_SERVER, DOCUMENTED_SERVER):
        cell = cell_of(run, matrix=matrix, scenario=scenario, database=database)
        lines = speed_lines(run, cell) if cell else ()
        by_matrix[matrix] = {
            slug: (cell, line) for slug in wanted if cell and (line := line_of(lines, slug))
        }
    found: dict[str, tuple[Cell, Line]] = {}
    for there in sorted(by_matrix.values(), key=len):
        found |= there
    return found


def _value_lines(run: Run, found: Sequence[tuple[str, int, float, bool, str]]) -> tuple[Line, ...]:
    by_entry: dict[str, list[tuple[int, float, bool, str]]] = defaultdict(list)
    for name, number, value, is_valid, why in found:
        by_entry[name].append((number, value, is_valid, why))
    valid = {
        name: sorted((number, value) for number, value, is_valid, _ in rows if is_valid)
        for name, rows in by_entry.items()
    }
    intervals = {
        name: bootstrap([value for _, value in points]) for name, points in valid.items() if points
    }
    place = places(intervals, more_is_better=False)
    return _in_order(
        [
            Line(
                entry=_entry(run, name),
                points=tuple(valid[name]),
                interval=intervals[name],
                place=place[name],
                rejected=len(rows) - len(valid[name]),
                reasons=tuple(dict.fromkeys(why for *_, why in rows if why)),
            )
            for name, rows in by_entry.items()
            if valid[name]
        ],
        more_is_better=False,
    )


def _in_order(lines: Iterable[Line], *, more_is_better: bool = True) -> tuple[Line, ...]:
    sign = -1 if more_is_better else 1
    return tuple(
        sorted(lines, key=lambda line: (line.place, sign * line.interval.median, line.entry.id))
    )


def _entry(run: Run, name: str) -> Entry:
    return run.entries.get(name) or Entry(name, "", name)
