"""Figures for people that still add up."""

from __future__ import annotations

import math
from collections.abc import Sequence


def rounded_parts(parts: Sequence[float], *, decimals: int) -> tuple[list[str], str]:
    """The parts and their total as texts; the parts shown sum to the total shown.

    The total is rounded as usual. Each part is rounded down, and the missing units go to the
    parts with the largest remainders (Hamilton's method); equal remainders go to the first.
    Parts are zero or more.
    """
    scale = 10**decimals
    units = [part * scale for part in parts]
    # A hair upwards, so that 0.3 * 10 does not lose a unit to binary fractions.
    floors = [math.floor(unit + 1e-9) for unit in units]
    total = round(math.fsum(units))
    missing = total - sum(floors)
    by_remainder = sorted(range(len(units)), key=lambda place: floors[place] - units[place])
    for place in by_remainder[: max(missing, 0)]:
        floors[place] += 1
    return [f"{floor / scale:.{decimals}f}" for floor in floors], f"{total / scale:.{decimals}f}"
