"""From one score to another, criterion by criterion: the steps of "why A and not B"."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from framework_picker.domain.explain import number
from framework_picker.domain.scoring import HeadToHead

SHOWN_STEPS = 3
"""So many of the largest differences on each side stand alone; the rest are merged."""

StepKind = Literal["start", "for", "against", "end"]


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the waterfall.

    ``low`` and ``high`` are its ends on the scale of scores; ``points`` is what is shown beside
    it, to one decimal: the whole score for the two ends, signed for the steps between. The steps
    shown add up to the difference of the two scores shown. ``criteria`` lists what is in it.
    """

    label: str
    kind: StepKind
    low: float
    high: float
    points: float
    criteria: tuple[str, ...] = ()


def waterfall(
    duel: HeadToHead,
    *,
    scores: Mapping[str, float],
    names: Mapping[str, str],
    criterion_names: Mapping[str, str],
) -> tuple[Step, ...]:
    """The steps from the score of ``duel.second`` to the score of ``duel.first``.

    First what speaks for the first, largest on top, then what speaks against it. The three largest
    of each side stand alone, the others of that side are one step.
    """
    start, end = scores[duel.second], scores[duel.first]
    steps = [
        *_merged(duel.in_favor, criterion_names),
        *_merged(duel.against, criterion_names),
    ]
    shown_start, shown_end = round(start, 1), round(end, 1)
    shown = adding_up([points for _, points, _ in steps], shown_end - shown_start)
    bars = [Step(names[duel.second], "start", 0.0, start, shown_start)]
    at = start
    for (label, points, criteria), shown_points in zip(steps, shown, strict=True):
        to = at + points
        kind: StepKind = "for" if points > 0 else "against"
        bars.append(Step(label, kind, min(at, to), max(at, to), shown_points, criteria))
        at = to
    bars.append(Step(names[duel.first], "end", 0.0, end, shown_end))
    return tuple(bars)


def _merged(
    side: tuple[tuple[str, float], ...], criterion_names: Mapping[str, str]
) -> list[tuple[str, float, tuple[str, ...]]]:
    # Merging a single one would hide its name and save no line.
    alone = len(side) if len(side) <= SHOWN_STEPS + 1 else SHOWN_STEPS
    steps: list[tuple[str, float, tuple[str, ...]]] = [
        (criterion_names[criterion], points, (criterion,)) for criterion, points in side[:alone]
    ]
    rest = side[alone:]
    if rest:
        steps.append(
            (
                f"{number(len(rest))} smaller",
                math.fsum(points for _, points in rest),
                tuple(criterion for criterion, _ in rest),
            )
        )
    return steps


def adding_up(points: Sequence[float], total: float) -> list[float]:
    """Signed points to one decimal that sum to ``total``, a difference of rounded figures.

    Each is rounded down, then the missing tenths go to those that lost most. The total may differ
    from the exact sum by a tenth, so tenths may also have to be taken back, from those that lost
    least.
    """
    exact = [round(point * 10, 9) for point in points]
    tenths = [math.floor(point) for point in exact]
    missing = round(total * 10) - sum(tenths)
    by_loss = sorted(range(len(tenths)), key=lambda place: tenths[place] - exact[place])
    order = by_loss if missing > 0 else by_loss[::-1]
    for turn in range(abs(missing) if order else 0):
        tenths[order[turn % len(order)]] += 1 if missing > 0 else -1
    return [tenth / 10 for tenth in tenths]
