"""Tells whoever watches the server that it is alive, and whether it can do all of its work."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import cast

from redis.asyncio import Redis
from redis.exceptions import RedisError
from reflex.utils.prerequisites import get_redis
from starlette.requests import Request
from starlette.responses import JSONResponse

from framework_picker.persistence.current import get_database
from framework_picker.persistence.errors import DATABASE, StorageError
from framework_picker.persistence.threads import aside

FRESH_S = 1.0
"""A finding is given again for this long: asking often must not become work for the database."""
PATIENCE_S = 5.0
REDIS = "redis"
NOT_KEPT = {"cache-control": "no-store"}


@dataclass
class _Finding:
    """What is wrong with which part, and when that was found; nothing when all is well."""

    problems: dict[str, str] = field(default_factory=dict)
    found_at: float = -FRESH_S
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)


_last = _Finding()


async def health(request: Request) -> JSONResponse:
    """200 and `{"status": "ok"}`, as long as the process answers at all."""
    return JSONResponse({"status": "ok"}, headers=NOT_KEPT)


async def readiness(request: Request) -> JSONResponse:
    """200, or 503 with the parts that fail: decisions cannot be saved, or sessions not be kept."""
    async with _last.asking:
        if time.monotonic() - _last.found_at >= FRESH_S:
            _last.problems = await _problems()
            _last.found_at = time.monotonic()
    if not _last.problems:
        return JSONResponse({"status": "ok"}, headers=NOT_KEPT)
    answer = {"status": "unavailable", "failing": _last.problems}
    return JSONResponse(answer, status_code=503, headers=NOT_KEPT)


async def _answers(sessions: Redis) -> None:
    await cast("Awaitable[bool]", sessions.ping())


async def _problems() -> dict[str, str]:
    problems = {}
    try:
        await asyncio.wait_for(aside(get_database().check), PATIENCE_S)
    except StorageError as error:
        problems[DATABASE] = str(error)
    except TimeoutError:
        problems[DATABASE] = "The database does not answer in time."
    sessions = get_redis()
    if sessions is not None:
        try:
            await asyncio.wait_for(_answers(sessions), PATIENCE_S)
        except (RedisError, OSError, TimeoutError):
            problems[REDIS] = "Redis does not answer."
    return problems
