"""From samples to statements: paired ratios, their intervals, and who is tied with whom."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

SEED = 20261120
RESAMPLES = 2000
CONFIDENCE = 0.95
NOISE = 0.07
"""Undisturbed samples repeat within 6.5 % from pass to pass: what is closer is level."""


@dataclass(frozen=True)
class Interval:
    """A median and the range in which it lies with 95 % confidence."""

    low: float
    median: float
    high: float

    def is_level_with(self, other: "Interval") -> bool:
        """Whether the two ranges share a point, or the medians are closer than the noise."""
        return (self.low <= other.high and other.low <= self.high) or max(
            self.median, other.median
        ) <= min(self.median, other.median) * (1 + NOISE)


def paired_ratios(
    own: Mapping[int, Sequence[float]], baseline: Mapping[int, Sequence[float]]
) -> list[float]:
    """One ratio per round in which both have samples: median own to median baseline.

    Only samples of the same round are compared: they share the machine's mood.

    Args:
        own: Requests per second of an entry, by round.
        baseline: The same for the baseline.
    """
    ratios = []
    for number in sorted(own.keys() & baseline.keys()):
        if own[number] and baseline[number]:
            below = statistics.median(baseline[number])
            if below > 0:
                ratios.append(statistics.median(own[number]) / below)
    return ratios


def bootstrap(values: Sequence[float]) -> Interval:
    """The median and its percentile bootstrap interval (Efron 1979), from values per round.

    With one value there is nothing to draw from: the interval is that value. The draws have a
    fixed seed, and are those of the app that shows the run: same values, same interval.
    """
    if not values:
        raise ValueError("an interval needs at least one value")
    middle = statistics.median(values)
    if len(values) == 1:
        return Interval(middle, middle, middle)
    chance = Random(SEED)
    medians = sorted(
        statistics.median(chance.choices(values, k=len(values))) for _ in range(RESAMPLES)
    )
    tail = (1 - CONFIDENCE) / 2
    last = len(medians) - 1
    return Interval(medians[round(tail * last)], middle, medians[round((1 - tail) * last)])


def tie_groups(intervals: Mapping[str, Interval]) -> list[list[str]]:
    """Who is tied, best group first: the best one left, and all that are level with it.

    Being tied with the best of a group does not make two members equal to each other; a group
    says only that the data cannot put its members behind its best.
    """
    left = sorted(intervals, key=lambda name: (-intervals[name].median, name))
    groups = []
    while left:
        best = left[0]
        group = [name for name in left if intervals[name].is_level_with(intervals[best])]
        groups.append(group)
        left = [name for name in left if name not in group]
    return groups


def ranks(groups: Sequence[Sequence[str]]) -> dict[str, int]:
    """The rank of each: 1 is best, members of a group share a place (1, 1, 3)."""
    found: dict[str, int] = {}
    for group in groups:
        place = len(found) + 1
        found.update(dict.fromkeys(group, place))
    return found


def drift(values: Sequence[float]) -> float:
    """How far the values lie apart, as a share of their median: 0 for fewer than two."""
    if len(values) < 2:
        return 0.0
    return (max(values) - min(values)) / statistics.median(values)
