"""How often one address may save from the page: the limit of the JSON API, counted beside it."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from functools import cache

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from framework_picker.settings import get_settings

OFF = "off"
PURPOSE = "save"

_window = MovingWindowRateLimiter(MemoryStorage())


def seconds_to_wait(address: str) -> int:
    """Counts one save from this address of the network; 0, or for how long it is too many."""
    for limit in _limits():
        if not _window.hit(limit, PURPOSE, address):
            reset = _window.get_window_stats(limit, PURPOSE, address).reset_time
            return max(1, math.ceil(reset - time.time()))
    return 0


@cache
def _limits() -> Sequence[RateLimitItem]:
    wanted = get_settings().decision_limit
    return [] if wanted == OFF else parse_many(wanted)
