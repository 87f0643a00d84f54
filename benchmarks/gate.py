"""When a sample may be taken, and when it has to be thrown away."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import cpu

IDLE_BELOW = 0.06
"""Two ticks of a look; a kernel thread alone may use one."""
FOREIGN_LIMIT = 0.10
"""Above what an idle machine charges to nobody while a server is under load: 0.03 to 0.08 core
(packets on the loopback, kernel threads) in the samples of 2026-11-20. With 0.05, two samples of
three were thrown away on a machine where nothing else ran."""
SPECIFIED_FOREIGN_LIMIT = 0.05
STEAL_LIMIT = 0.01
ERROR_LIMIT = 0.001
CLIENT_BOUND_ABOVE = 0.85
SATURATED_FROM = 0.95
LOOK_SECONDS = 0.35
MAY_IDLE = {"upstream"}
"""Scenarios in which the server waits on purpose."""


@dataclass(frozen=True)
class Wait:
    """How long a sample waited for an idle machine, and what it found in the end."""

    seconds: float
    foreign: float
    is_idle: bool


def wait_until_idle(look: Callable[[], float], limit_seconds: float) -> Wait:
    """Wait until nobody else works here, but not longer than the limit.

    Args:
        look: Watches for a moment; returns how many cores others used.
        limit_seconds: After this time the wait ends, idle or not.
    """
    started = time.monotonic()
    while True:
        foreign = look()
        seconds = time.monotonic() - started
        if foreign < IDLE_BELOW or seconds >= limit_seconds:
            return Wait(round(seconds, 2), round(foreign, 3), foreign < IDLE_BELOW)


def foreign_now(server: int, cores: cpu.Cores) -> float:
    """How many cores others use at the moment; the server idles meanwhile."""
    before = cpu.read(server, cores.both)
    time.sleep(LOOK_SECONDS)
    return cpu.shares(before, cpu.read(server, cores.both, is_end=True)).foreign


def why_rejected(shares: cpu.Shares, requests: int, errors: int) -> str:
    """What spoils a sample, as a sentence; empty for a good one."""
    if requests <= 0:
        return "no request was answered"
    if errors / (requests + errors) > ERROR_LIMIT:
        return f"{errors} errors or other statuses in {requests} requests"
    return why_disturbed(shares)


def why_disturbed(shares: cpu.Shares) -> str:
    """Who else used the machine during a sample, as a sentence; empty if nobody."""
    if shares.foreign > FOREIGN_LIMIT:
        return f"others used {shares.foreign:.2f} of a core"
    if shares.steal > STEAL_LIMIT:
        return f"the host took {shares.steal:.1%} of the time"
    return ""


def flags(shares: cpu.Shares, scenario: str, connections: int) -> list[str]:
    """What a reader must know about a good sample.

    One connection keeps no server busy: it waits for the client between two requests.
    """
    found = []
    if shares.client > CLIENT_BOUND_ABOVE:
        found.append("client-bound")
    if shares.server < SATURATED_FROM and scenario not in MAY_IDLE and connections > 1:
        found.append("not-saturated")
    return found
