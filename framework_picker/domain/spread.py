"""How the values of a criterion spread over the frameworks, and where its scale reaches."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median

from framework_picker.domain.explain import listing
from framework_picker.domain.model import Catalog, ValueFunction
from framework_picker.domain.value_functions import piecewise_linear
from framework_picker.domain.values import ValueTable
from framework_picker.domain.workings import worth_words

BIN_WIDTH = 2.5
"""Values closer than this stand above each other in the dot plot."""

TICK_VALUES = (0.0, 25.0, 50.0, 75.0, 100.0)


@dataclass(frozen=True, slots=True)
class Spread:
    """The known values of one criterion.

    ``stacks`` holds a position on the scale and how many frameworks stand there; ``sentence`` says
    what there is to see.
    """

    stacks: tuple[tuple[float, int], ...]
    known: int
    sentence: str


def spread(catalog: Catalog, table: ValueTable, criterion: str) -> Spread:
    """How the values of one criterion spread today."""
    is_known = table.is_known[criterion].to_dict()
    values = {
        str(slug): float(value)
        for slug, value in table.values[criterion].to_dict().items()
        if is_known[slug]
    }
    unknown = len(is_known) - len(values)
    if not values:
        return Spread((), 0, "Not verified for any framework yet, so all stand at 50.")
    counts: dict[float, int] = {}
    for value in values.values():
        place = min(100.0, round(value / BIN_WIDTH) * BIN_WIDTH)
        counts[place] = counts.get(place, 0) + 1
    lowest, highest = min(values.values()), max(values.values())
    sentence = (
        f"Lowest {_who(catalog, values, lowest)}, highest {_who(catalog, values, highest)}, "
        f"half of them at {worth_words(median(values.values()))} or above"
    )
    if unknown:
        sentence += f"; not verified for {unknown}"
    return Spread(tuple(sorted(counts.items())), len(values), f"{sentence}.")


def ticks(function: ValueFunction) -> tuple[tuple[float, float], ...]:
    """Raw measures at round values: pairs of value and measure, by value.

    The values are 0, 25, 50, 75 and 100, as far as the scale reaches. A scale with a flat stretch,
    where a value has no single measure, gives its breakpoints.
    """
    is_log = function.scale == "log"
    inverse = sorted((worth, math.log10(raw) if is_log else raw) for raw, worth in function.points)
    if len({worth for worth, _ in inverse}) < len(inverse):
        return tuple(sorted((worth, raw) for raw, worth in function.points))
    found = []
    for worth in TICK_VALUES:
        if inverse[0][0] <= worth <= inverse[-1][0]:
            raw = piecewise_linear(worth, inverse)
            found.append((worth, 10**raw if is_log else raw))
    return tuple(found)


def _who(catalog: Catalog, values: dict[str, float], value: float) -> str:
    names = sorted(
        catalog.alternatives[slug].name for slug, found in values.items() if found == value
    )
    return f"{listing(names, shown=2)} ({worth_words(value)})"
