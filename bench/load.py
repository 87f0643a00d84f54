"""Prints how many people one process serves, each with an answer or a step every two seconds.

    python bench/load.py [--address http://127.0.0.1:3000/] [--visitors 50 100 200 300 400]

The app must be running (`make run`). Simulated visitors answer question after question over
websockets, as the page does, and start again when they are through. The clock of an event starts
when it is sent and stops when the server's answer is there; the numbers of visitors are tried one
after the other, until one of them finds the server too slow. The server shares its machine with
this program, so on two cores it has one for itself.

Answers are picked at random with equal chances, which is hard on what the process remembers: real
people answer more alike. How often the process had computed a set of answers before is counted
by going through the same sequence again here.

It talks to this machine alone, and every run ends by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import statistics
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

# Must be set before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from simple_websocket import AioClient, ConnectionClosed

from framework_picker.state.answers import NEXT, AnswersState
from framework_picker.state.outlook import (
    cache_use,
    evaluation_of,
    glance_of,
    next_questions_of,
    warm_up,
)

BAR_MS = 100.0
EVERY_S = 2.0
MOST_VISITORS = 600
LONGEST_STEP_S = 60.0
LATE_S = 10.0
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

STATE = AnswersState.get_full_name()
SUFFIX = "_rx_state_"
HYDRATED = '"is_hydrated_rx_state_":true'
PAGE = {"pathname": "/", "asPath": "/"}
CHANCE_NOT_SURE, CHANCE_SKIP = 0.1, 0.1


@dataclass
class Step:
    """What one number of visitors came to."""

    visitors: int
    durations_ms: list[float] = field(default_factory=list)
    errors: int = 0
    clicks: list[dict[str, str]] = field(default_factory=list)
    """The answers after each event, in the order in which the server saw them."""

    def quantile(self, share: float) -> float:
        """A quantile of the durations."""
        ordered = sorted(self.durations_ms)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    @property
    def is_served(self) -> bool:
        """Whether everybody was answered, and in time."""
        return bool(self.durations_ms) and not self.errors and self.quantile(0.95) < BAR_MS


class Visitor:
    """Somebody who answers one question after the other."""

    def __init__(self, address: str, step: Step) -> None:
        """A visitor with a mind of their own."""
        host = urlsplit(address).netloc
        self.address = f"ws://{host}/_event/?token={uuid.uuid4()}&EIO=4&transport=websocket"
        self.step = step
        self.picks = Random()
        self.seen: dict[str, Any] = {}
        self.has_answered = False

    async def stay(self, starts: float, measures_from: float, ends: float) -> None:
        """Come, answer every two seconds, go."""
        await asyncio.sleep(max(starts - time.monotonic(), 0.0))
        try:
            self.socket = await AioClient.connect(self.address)
            await self._arrive()
            while time.monotonic() < ends:
                began = time.perf_counter()
                name, payload = self._next_event()
                await self._send(name, payload)
                await self._hear()
                took = time.perf_counter() - began
                if time.monotonic() >= measures_from:
                    self.step.durations_ms.append(took * 1e3)
                    self.step.clicks.append(dict(self.seen["answers"]))
                await asyncio.sleep(max(EVERY_S - took, 0.0))
            await self.socket.close()
        except (ConnectionClosed, OSError, TimeoutError, LookupError, ValueError) as error:
            self.step.errors += 1
            print(f"a visitor was lost: {error!r}", file=sys.stderr)

    async def _arrive(self) -> None:
        # Not waiting for the server's greeting: it may already be behind the handshake.
        first = {"name": "reflex___state____state.hydrate_and_load", "payload": {"vars": {}}}
        event = json.dumps({"event": first | {"router_data": PAGE}})
        await self.socket.send(f"40/_event,{event}")
        while HYDRATED not in (message := await self._receive()):
            self._remember(message)

    def _next_event(self) -> tuple[str, dict[str, Any]]:
        """What somebody does now: answer, be unsure, skip, go on, or start again."""
        question, saved = self.seen["question"], self.seen["saved"]
        is_through = question["is_last"] or question["is_settled"]
        if self.seen["is_review"] or (self.has_answered and is_through):
            self.has_answered = False
            return "reset_answers", {"saved": saved}
        if self.has_answered:
            self.has_answered = False
            return "show_view", {"view": NEXT, "saved": saved}
        chance = self.picks.random()
        if chance < CHANCE_SKIP and not is_through:
            return "skip_question", {"question_id": question["id"], "saved": saved}
        self.has_answered = True
        if chance < CHANCE_SKIP + CHANCE_NOT_SURE:
            return "toggle_not_sure", {"question_id": question["id"], "saved": saved}
        others = [option["id"] for option in question["options"] if not option["is_picked"]]
        option = self.picks.choice(others)
        return "choose_option", {"question_id": question["id"], "saved": saved, "option_id": option}

    async def _send(self, name: str, payload: dict[str, Any]) -> None:
        event = {"name": f"{STATE}.{name}", "payload": payload, "router_data": PAGE}
        await self.socket.send(f"42/_event,{json.dumps(['event', event])}")

    async def _hear(self) -> None:
        """Wait for what changes on the page, and remember what the next step needs."""
        while True:
            message = await self._receive()
            if message == "2":  # the server asks whether we are still there
                await self.socket.send("3")
                continue
            if self._remember(message):
                return

    def _remember(self, message: str) -> bool:
        """Whether the message has news about the answers; the visitor knows them then."""
        if not message.startswith("42/_event,"):
            return False
        delta = json.loads(message.partition(",")[2])[1].get("delta") or {}
        news = delta.get(STATE, {})
        self.seen |= {name.removesuffix(SUFFIX): value for name, value in news.items()}
        return bool(news)

    async def _receive(self) -> str:
        message = await self.socket.receive(timeout=LATE_S)
        if message is None:
            raise TimeoutError(f"no answer for {LATE_S:.0f} s")
        return str(message)


def main() -> int:
    """Try one number of visitors after the other; the exit status says whether any was served."""
    options = _options()
    served = 0
    print(
        f"{'visitors':>9} {'events/s':>9} {'p50 ms':>8} {'p95 ms':>8} {'slowest':>8} {'errors':>7}"
    )
    clicks: list[dict[str, str]] = []
    for visitors in options.visitors:
        step = asyncio.run(_tried(options.address, visitors, options.seconds))
        clicks += step.clicks
        if not step.durations_ms:
            print(f"{visitors:>9} nobody was answered")
            break
        print(
            f"{visitors:>9} {len(step.durations_ms) / options.seconds:>9.1f} "
            f"{statistics.median(step.durations_ms):>8.1f} {step.quantile(0.95):>8.1f} "
            f"{max(step.durations_ms):>8.1f} {step.errors:>7}",
            flush=True,
        )
        if not step.is_served:
            break
        served = visitors
    print(f"\nServed with p95 under {BAR_MS:.0f} ms: {served} people.")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    _print_cache_use(clicks)
    return 0 if served else 1


async def _tried(address: str, visitors: int, seconds: float) -> Step:
    """So many visitors, who come within two seconds and stay for the given time after that."""
    step = Step(visitors)
    now = time.monotonic()
    measures_from = now + 2 * EVERY_S
    ends = measures_from + seconds
    people = [Visitor(address, step) for _ in range(visitors)]
    await asyncio.gather(
        *(
            person.stay(now + EVERY_S * seat / visitors, measures_from, ends)
            for seat, person in enumerate(people)
        )
    )
    return step


def _print_cache_use(clicks: list[dict[str, str]]) -> None:
    """Go through the same sequence of answers, with what the process remembers."""
    warm_up()
    before = cache_use()
    for answers in clicks:
        evaluation_of(answers)
        glance_of(answers)
        next_questions_of(answers)
    print(f"{'remembered':<15} {'asked':>7} {'hits':>7} {'hit rate':>9}")
    for name, use in cache_use().items():
        hits = use.hits - before[name].hits
        asked = hits + use.misses - before[name].misses
        if asked:
            print(f"{name:<15} {asked:>7} {hits:>7} {hits / asked:>8.0%}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", default="http://127.0.0.1:3000/")
    parser.add_argument("--visitors", type=int, nargs="+", default=[50, 100, 200, 300, 400])
    parser.add_argument("--seconds", type=float, default=20.0, help="per number of visitors")
    options = parser.parse_args()
    if urlsplit(options.address).hostname not in LOOPBACK:
        parser.error("it talks to this machine alone")
    if not all(0 < visitors <= MOST_VISITORS for visitors in options.visitors):
        parser.error(f"1 to {MOST_VISITORS} visitors")
    if not 0 < options.seconds <= LONGEST_STEP_S:
        parser.error(f"at most {LONGEST_STEP_S:.0f} seconds")
    return options


if __name__ == "__main__":
    sys.exit(main())
