"""Database work beside the event loop: a slow database keeps nobody from answering questions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Found = TypeVar("Found")

MOST_THREADS = 4
"""Few: while the database hangs, what waits for it must not pile up."""

_threads = ThreadPoolExecutor(MOST_THREADS, thread_name_prefix="decisions")


async def aside(work: Callable[P, Found], *arguments: P.args, **named: P.kwargs) -> Found:
    """What the work returns; it runs in one of a few threads of its own."""
    return await asyncio.get_running_loop().run_in_executor(
        _threads, lambda: work(*arguments, **named)
    )
