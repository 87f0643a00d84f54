"""Prints what a click and a step cost the server: handler, everything that follows, and the news.

    python bench/server_time.py [--visitors 40]

No server is needed: simulated visitors answer the questionnaire at random in this process, as the
event loop of the app would do it for them, one event after the other. "cpu" is the time that the
processor spent on it: what the clock would show if nothing else ran.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

# Must be set before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import reflex as rx
from reflex.istate.data import RouterData
from reflex_base.utils.format import json_dumps

from framework_picker import framework_picker as app
from framework_picker.state.answers import NEXT, AnswersState
from framework_picker.state.outlook import cache_use, warm_up

Durations = dict[str, list[tuple[float, float]]]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=40)
    options = parser.parse_args()
    assert app.app is not None  # importing it registers all states
    warm_up()
    durations: Durations = {}
    sizes = asyncio.run(_visited(options.visitors, durations))
    print(f"{'event':<34} {'n':>5} {'p50 cpu':>8} {'p95 cpu':>8} {'p50 wall':>9} {'p95 wall':>9}")
    for name, found in durations.items():
        cpu, wall = (sorted(column) for column in zip(*found, strict=True))
        late = int(len(found) * 0.95)
        print(
            f"{name:<34} {len(found):>5} {statistics.median(cpu):>8.1f} {cpu[late]:>8.1f} "
            f"{statistics.median(wall):>9.1f} {wall[late]:>9.1f}"
        )
    print(f"\nNews after a click: {statistics.median(sizes) / 1000:.1f} kB before compression.")
    return 0


async def _visited(visitors: int, durations: Durations) -> list[int]:
    """Durations by event in milliseconds, and the sizes of what a click sends."""
    picks = Random(20261120)
    sizes = []
    for _ in range(visitors):
        root = rx.State(_reflex_internal_init=True)
        root.router = RouterData.from_router_data({"pathname": "/", "asPath": "/"})
        state = await root.get_state(AnswersState)
        state.open_page()
        await _news(root)
        while not state.is_review and not state.question.is_last:
            question = state.question
            option = picks.choice(question.options).id
            misses = cache_use()["glance"].misses
            began = _now()
            state.choose_option(question.id, state.saved, option)
            sizes.append(await _news(root))
            is_new = cache_use()["glance"].misses > misses
            _book(durations, f"answer, {'new' if is_new else 'seen before'}", began)
            began = _now()
            state.show_view(NEXT, state.saved)
            await _news(root)
            _book(durations, "next question", began)
    return sizes


async def _news(root: Any) -> int:
    """Compute what the browser is told, and write it down; its size in bytes."""
    delta = await root._get_resolved_delta()
    root._clean()
    return len(json_dumps(delta))


def _now() -> tuple[float, float]:
    return time.thread_time(), time.perf_counter()


def _book(durations: Durations, name: str, began: tuple[float, float]) -> None:
    cpu, wall = _now()
    durations.setdefault(name, []).append(((cpu - began[0]) * 1e3, (wall - began[1]) * 1e3))


if __name__ == "__main__":
    sys.exit(main())
