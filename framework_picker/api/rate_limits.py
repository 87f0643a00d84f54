"""How often one address may ask for work: evaluations, saved decisions."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from http import HTTPStatus

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request

from framework_picker.api.errors import ApiError

OFF = "off"


class RateLimit:
    """A limit per address of the network, counted in this process."""

    def __init__(self, purpose: str, limit: str) -> None:
        """A limit such as ``300/minute;5000/hour``, or ``off``.

        Raises:
            ValueError: it cannot be read.
        """
        self._purpose = purpose
        self._limits: Sequence[RateLimitItem] = [] if limit == OFF else parse_many(limit)
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def count(self, request: Request) -> None:
        """Count one request.

        Raises:
            ApiError: it is one too many; the header says when to come back.
        """
        address = request.client.host if request.client else "unknown"
        for limit in self._limits:
            if not self._window.hit(limit, self._purpose, address):
                reset = self._window.get_window_stats(limit, self._purpose, address).reset_time
                wait = max(1, math.ceil(reset - time.time()))
                raise ApiError(
                    HTTPStatus.TOO_MANY_REQUESTS,
                    f"At most {limit} from one address; try again in {wait} s.",
                    headers={"retry-after": str(wait)},
                )
